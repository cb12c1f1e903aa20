import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceDigest } from '../source-digest.mjs';
import { runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

/** True when dist/ was built from the sources as they are. */
export function isBuilt(root) {
  const stamp = join(root, 'dist', '.lauter-build');
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === sourceDigest(root);
}

/** Builds dist/, with the compiler's messages on the screen. */
export async function build(root) {
  const { ok } = await runProgram(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, show: true });
  if (!ok)
    throw new SetupError('build: expected the sources to compile, found the errors above. Correct them and run the same command again.');
}
