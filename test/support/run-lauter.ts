import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Folder of the clone. */
export const PROJECT_ROOT = join(import.meta.dirname, '../..');

/** The built program; another build can be named for a run of one's own. */
export const LAUTER = process.env.LAUTER_TEST_PROGRAM ?? join(PROJECT_ROOT, 'dist/cli/bin.cjs');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line of the built program to its end. */
export function runLauter(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LAUTER, ...args], {
      cwd: options.cwd ?? PROJECT_ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
