import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishCollection } from '../../../adapters/search/collection-store.ts';
import { generationOf } from './generations.ts';

// Publishes one generation after another and says so, until it is killed. With `stay` it waits inside the writing of the second.
const [workspace = '', behaviour = ''] = process.argv.slice(2);
for (let number = 1; ; number += 1) {
  await publishCollection(workspace, 'tides', async (folder) => {
    const { files, facts } = generationOf(number);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    if (behaviour === 'stay' && number === 2) {
      process.stdout.write('inside\n');
      await new Promise(() => setInterval(() => undefined, 1_000));
    }
    return facts;
  });
  process.stdout.write(`${number}\n`);
}
