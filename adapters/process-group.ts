import type { ChildProcess } from 'node:child_process';

/** Whether a child can be made the first of a process group of its own (`detached`), so that one signal reaches everything that it started. */
export const HAS_PROCESS_GROUPS = process.platform !== 'win32';

/** Signals a child and, where it leads a group, everything that it started; does nothing when all of it has ended. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_PROCESS_GROUPS) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
