import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../support/run-lauter.ts';

/** Folder of the public traces. */
export const DATA = join(PROJECT_ROOT, '../shared/data');

/** False where the traces are absent; says so once for each file of tests. */
export const isPresent = existsSync(DATA);
if (!isPresent) console.log('skipped: real data not present');

/** A file of the traces, parsed by JSON.parse alone; `name` is relative to their folder. */
export function readData<Value>(name: string): Value {
  return JSON.parse(readFileSync(join(DATA, name), 'utf8')) as Value;
}
