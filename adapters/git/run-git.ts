import { execFile } from 'node:child_process';
import { UsageError } from '../../domain/shared/errors.ts';

/** What a git command left. */
export interface GitOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git commands in a folder. Arguments are handed over as they are, without a shell. */
export interface Git {
  (...args: readonly string[]): Promise<GitOutcome>;
}

const MOST_OUTPUT_BYTES = 256 << 20;

/**
 * git for one folder. Variables that would lead it to another repository (as in a hook) do not count, nothing of the repository is run while looking
 * at it, and no lock is taken for it. UsageError where there is no git.
 */
export function gitIn(folder: string, env: NodeJS.ProcessEnv): Git {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
  const options = {
    cwd: folder,
    env: { ...own, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    maxBuffer: MOST_OUTPUT_BYTES,
    windowsHide: true,
  };
  return (...args) =>
    new Promise((resolve, reject) => {
      execFile('git', ['-c', 'core.fsmonitor=false', ...args], options, (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(error.code === 'ENOENT' ? noGit() : error);
      });
    });
}

function noGit(): UsageError {
  return new UsageError('looking at the repository: expected a program named git on PATH, found none.', 'Install git.');
}
