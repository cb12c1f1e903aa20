import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Packs the log of a workspace and dies at once behind the given one of the calls that change files for good; says how many there were.
const [workspace = '', fatal = ''] = process.argv.slice(2);

let calls = 0;
for (const name of ['renameSync', 'rmSync', 'ftruncateSync', 'fsyncSync', 'mkdirSync', 'linkSync'] as const) {
  const original = fs[name] as (...given: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...given: unknown[]) => {
      const result = original(...given);
      if ((calls += 1) === Number(fatal)) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  });
}
syncBuiltinESMExports();

const { compactLog } = await import('../../cli/replay/compact-log.ts');
try {
  const { state } = await compactLog(workspace, 0);
  process.stdout.write(`${state} ${calls}\n`);
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
