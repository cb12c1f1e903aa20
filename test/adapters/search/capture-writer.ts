import { once } from 'node:events';
import { openCaptureStore } from '../../../adapters/search/capture-store.ts';
import { newCapturedRow } from '../../support/answered-search.ts';

// Waits for a word, then captures as many searches as it was told, one after the other, and says of each that it is kept.
const [workspace = '', name = '', count = '0'] = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const store = openCaptureStore(workspace);
for (let row = 1; row <= Number(count); row += 1) {
  await store.append(newCapturedRow({ query: `${name} ${row}` }));
  process.stdout.write('kept\n');
}
process.exit(0);
