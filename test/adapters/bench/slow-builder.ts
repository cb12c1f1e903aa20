import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { replaceFolder } from '../../../adapters/bench/replace-folder.ts';

/** Fills a new folder for a place, says so, and never comes to the swap. */
const [place = ''] = process.argv.slice(2);
await replaceFolder(place, async (folder) => {
  writeFileSync(join(folder, 'log'), 'clear sky');
  console.error('filled');
  await sleep(600_000);
});
