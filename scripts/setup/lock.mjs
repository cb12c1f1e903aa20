import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Does the work while no other set-up of the same clone does; waits for one that is at it, and says so once. */
export async function withLock(root, say, work) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const lock = join(root, '.cache', 'setup.lock');
  const id = randomUUID();
  for (let announced = false; !take(lock, id);) {
    const holder = readHolder(lock);
    if (holder === null) continue;
    if (!isAlive(holder)) removeDead(lock, holder);
    else if (!announced) {
      say(`waiting for process ${holder.pid}, which is setting up this clone`);
      announced = true;
    }
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    giveBack(lock, id);
  }
}

/** The lock is a folder with its holder inside; renaming it into place succeeds for one process only, as a folder that is not empty is never replaced. */
function take(lock, id) {
  const own = `${lock}.${id}`;
  mkdirSync(own);
  writeFileSync(join(own, 'holder.json'), JSON.stringify({ id, pid: process.pid, started: startOf(process.pid) }));
  return moved(own, lock) || (rmSync(own, { recursive: true, force: true }), false);
}

/** By a rename as well: a folder that is removed in place is empty for a moment, and then another one may already be in its place. */
function giveBack(lock, id) {
  const own = `${lock}.${id}`;
  if (moved(lock, own)) rmSync(own, { recursive: true, force: true });
}

/**
 * Moves the lock of a dead holder to a name made of that lock's id, where it stays. Whoever wants to do the same a moment later, when the lock
 * may already be a living process's, finds that name taken and moves nothing.
 */
function removeDead(lock, { id }) {
  moved(lock, `${lock}.dead-${id}`);
}

function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const isTaken = ['ENOTEMPTY', 'EEXIST'].includes(error.code) || (process.platform === 'win32' && error.code === 'EPERM');
    if (isTaken || error.code === 'ENOENT') return false;
    throw error;
  }
}

function readHolder(lock) {
  try {
    return JSON.parse(readFileSync(join(lock, 'holder.json'), 'utf8'));
  } catch (error) {
    // Given back between our try and this look.
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const found = startOf(pid);
  return found === '' || started === '' || found === started;
}

/** When a process started, to tell a reused process id apart; empty where the system does not tell. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? 'ended' : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}.${fields[19]}`;
    }
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
