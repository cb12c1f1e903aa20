import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Prunes, and dies at once when it comes to the given call on a segment: `rmSync 2`, `renameSync 1 after`.
const [workspace = '', cutoffMs = '', name = '', number = '', moment = 'before'] = process.argv.slice(2);

const original = fs[name as 'rmSync' | 'renameSync'] as (...given: unknown[]) => unknown;
let calls = 0;
Object.assign(fs, {
  [name]: (...given: unknown[]) => {
    const isAimedAt = /rows-\d+\.jsonl$/.test(String(given[name === 'renameSync' ? 1 : 0])) && (calls += 1) === Number(number);
    if (isAimedAt && moment === 'before') process.kill(process.pid, 'SIGKILL');
    const result = original(...given);
    if (isAimedAt) process.kill(process.pid, 'SIGKILL');
    return result;
  },
});
syncBuiltinESMExports();

const { openCaptureStore } = await import('../../../adapters/search/capture-store.ts');
process.stdout.write(`${await openCaptureStore(workspace).prune(Number(cutoffMs))}\n`);
