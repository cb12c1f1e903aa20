import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { WORKSPACE_FORMAT, readWorkspace } from '../../adapters/files/workspace.ts';
import { isHeld, readLock } from '../../adapters/lock-file.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { commandFor } from '../command-line.ts';
import { quoted } from '../../domain/shared/quoted.ts';
import { VERSION } from '../version.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

/** The workspace is there, of our layout, and can be written to. */
export function checkWorkspace({ root, options }: Pick<Patient, 'root' | 'options'>): DoctorCheck {
  const expected = `layout ${WORKSPACE_FORMAT}, writable`;
  try {
    const workspace = readWorkspace(root);
    if (workspace === undefined) return warn('workspace', `no workspace.json in ${root}`, expected, commandFor('init', options));
    const closed = ['.', 'lake', 'exports', 'reports', 'locks', 'temporal']
      .map((name) => join(root, name))
      .filter((path) => !isWritable(path));
    if (closed.length > 0)
      return fail('workspace', `${closed.join(', ')} cannot be written to`, expected, `chmod -R u+rwX ${quoted(root)}`);
    return ok('workspace', `${root} (${workspace.id}), layout ${workspace.format}`, expected);
  } catch (error) {
    if (error instanceof LauterError) return fail('workspace', error.message, expected, error.remedy);
    throw error;
  }
}

/** No lock keeps us out, and none is left of a process that is gone. */
export function checkLocks({ root }: Pick<Patient, 'root'>): DoctorCheck {
  const expected = `only locks of living processes of lauter ${VERSION} on ${hostname()}`;
  const dead: string[] = [];
  for (const path of lockFiles(root)) {
    const [holder, problem] = readHolder(path);
    if (problem !== null) return fail('locks', problem, expected, `rm ${quoted(path)}`);
    if (holder === null) continue;
    if (!isHeld(holder)) dead.push(path);
    else if (path.startsWith(usersFolder(root)) && (holder.host !== hostname() || holder.version !== VERSION)) {
      const found = `${path}, held by process ${holder.pid} of lauter ${holder.version} on ${holder.host}`;
      return fail('locks', found, expected, `Stop that process. If it is gone for good: \`rm ${quoted(path)}\``);
    }
  }
  if (dead.length === 0) return ok('locks', 'none left behind', expected);
  return warn('locks', `${formatAmount(dead.length, 'lock')} of processes that are gone`, expected, `rm ${dead.map(quoted).join(' ')}`);
}

function usersFolder(root: string): string {
  return join(root, 'locks', 'users');
}

function lockFiles(root: string): string[] {
  // The server's own locks are taken over by its next start.
  const folder = join(root, 'locks');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.lock')).map((name) => join(folder, name));
}

function readHolder(path: string): [ReturnType<typeof readLock>, string | null] {
  try {
    return [readLock(path), null];
  } catch (error) {
    if (error instanceof LauterError) return [null, error.message];
    throw error;
  }
}

/** A folder that is not made yet is no obstacle. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
