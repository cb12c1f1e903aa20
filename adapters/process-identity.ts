import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process for good: operating systems reuse process ids, but not the pair of id and start. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque, of letters, digits, dots and hyphens; empty where the system does not tell when a process started. */
  readonly started: string;
}

/** Who has this process id now; null when nobody has, or only a zombie that waits for its parent. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  if (!exists(pid)) return null;
  const found = startOf(pid);
  return found === 'ended' ? null : { pid, started: found ?? '' };
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, started: identifyProcess(process.pid)?.started ?? '' };
  return own;
}
let own: ProcessIdentity | undefined;

/** True while that very process runs. Where a start time cannot be read, a process with the same id counts as the same. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  const found = identifyProcess(pid);
  return found !== null && (found.started === started || found.started === '' || started === '');
}

/** The identity as one word that may stand in a file name. */
export function identityKey({ pid, started }: ProcessIdentity): string {
  return `${pid}-${started}`;
}

function exists(pid: number): boolean {
  // Zero and below mean groups of processes.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process of another user cannot be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When the process started; 'ended' for a zombie or a process that has just gone; null where the system does not tell. */
function startOf(pid: number): string | 'ended' | null {
  try {
    return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  } catch {
    return exists(pid) ? null : 'ended';
  }
}

function startFromProc(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may itself hold blanks and brackets, so count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticksSinceBoot] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return 'ended';
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${bootId}.${ticksSinceBoot}`;
}
let bootId: string | undefined;

function startFromPs(pid: number): string {
  // A fixed zone and language: the same process must read the same from every shell.
  // oxlint-disable-next-line node/no-process-env -- nothing is read here; `ps` is found and runs as it would in our place
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  const [, state, started] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
  return state === undefined || started === undefined || state.startsWith('Z') ? 'ended' : started.replace(/[^A-Za-z0-9]+/g, '-');
}
