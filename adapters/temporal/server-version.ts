import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The oldest server whose behaviour Lauter relies on. */
export const MINIMUM_SERVER_VERSION = '1.29.1';

/** The server version inside a `temporal` binary, or why it cannot be told. */
export async function askServerVersion(binary: string): Promise<{ version: string } | { problem: string }> {
  try {
    const { stdout } = await promisify(execFile)(binary, ['--version'], { timeout: 20_000 });
    const version = parseServerVersion(stdout);
    return version === null ? { problem: `no server version in its answer "${stdout.trim().slice(0, 100)}"` } : { version };
  } catch (error) {
    return {
      problem: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : String((error as Error).message).split('\n')[0]!,
    };
  }
}

/**
 * The server's version in the answer to `temporal --version`, as in `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`; null without one.
 * The first version of that line is the command line's own and reads 0.0.0-DEV in a build from source.
 */
export function parseServerVersion(answer: string): string | null {
  return /\(Server v?(\d+\.\d+\.\d+[^\s,)]*)/.exec(answer)?.[1] ?? null;
}

/** Negative, zero or positive as `a` is older than, as old as, or newer than `b`; compares the three numbers only. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] || 0) - (right?.[index] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
