import { readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { pauseGuardSchema, type PauseGuardBeat } from '../../schemas/pause-guard.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { now, nowMs } from '../clock.ts';
import { isAlive, ownIdentity } from '../process-identity.ts';
import type { GuardPlaces } from './pause-places.ts';

/** A guard that has not given a sign of life for this long hangs. */
export const BEAT_LIMIT_MS = 10_000;

/** Writes this process's sign of life. */
export function writeBeat(places: GuardPlaces, beat: Pick<PauseGuardBeat, 'production_url' | 'token' | 'doing' | 'problem'>): void {
  const { pid, started } = ownIdentity();
  const whole: PauseGuardBeat = { schema: 'pause-guard/1', pid, pid_started: started, host: hostname(), beat_at: now(), ...beat };
  writeJsonAtomically(places.beat, whole, 0o600);
}

/** Takes this process's sign of life away. */
export function removeBeat(places: GuardPlaces): void {
  rmSync(places.beat, { force: true });
}

export type GuardFinding =
  | { readonly state: 'answers'; readonly beat: PauseGuardBeat }
  | { readonly state: 'silent' | 'gone'; readonly beat: PauseGuardBeat | null };

/** Whether the guard answers: its process is there, is the very one that wrote the sign of life, and wrote it just now. */
export function findGuard(places: GuardPlaces): GuardFinding {
  const beat = readBeat(places.beat);
  if (beat === null) return { state: 'gone', beat };
  if (beat.host === hostname() && !isAlive({ pid: beat.pid, started: beat.pid_started })) return { state: 'gone', beat };
  return Math.abs(nowMs() - Date.parse(beat.beat_at)) < BEAT_LIMIT_MS ? { state: 'answers', beat } : { state: 'silent', beat };
}

function readBeat(path: string): PauseGuardBeat | null {
  try {
    return pauseGuardSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
