import { judgeFailedPause, judgeResume, type ResumeVerdict } from '../../domain/pause/index.ts';
import { LeaseLostError } from '../../domain/shared/errors.ts';
import type { PauseEnd } from '../../schemas/vocabulary.ts';
import { closeLease, markLease } from './leases.ts';
import type { PauseWorld } from './world.ts';

export interface PauseToEnd {
  readonly production_url: string;
  /** Null where the marker tells of none. */
  readonly token: number | null;
  readonly why: PauseEnd;
}

/**
 * One attempt to end a pause: resume, look whether it worked, and only then take the marker away. LeaseLostError when the marker is of another
 * lease: that one's production is not ours to resume.
 */
export async function endPause(world: PauseWorld, { production_url, token, why }: PauseToEnd): Promise<ResumeVerdict> {
  refuseForeignLease(world, token);
  const production = world.production(production_url);
  // The words in the marker are for people. A full disk or a lock that hangs must not keep production paused.
  await leaveWord(world, token, 'resuming');
  const resume = await production.resume();
  const health = await production.health();
  const verdict = why === 'pause_failed' ? judgeFailedPause(health) : judgeResume(resume, health);
  if (verdict.verdict === 'verified') await closeLease(world.leases, token, world.clock.now());
  else await leaveWord(world, token, 'resume_pending');
  return verdict;
}

function refuseForeignLease({ leases }: PauseWorld, token: number | null): void {
  const marker = leases.read();
  if (marker.kind !== 'lease' || marker.lease.token === token) return;
  throw new LeaseLostError(
    `resuming production, on ${leases.path}: expected ${token === null ? 'no lease' : `token ${token}`}, found token ${marker.lease.token} of ${marker.lease.owner}.`,
    'The newer lease is resumed by its own guard.',
    { token: token ?? 0 },
  );
}

async function leaveWord({ leases }: PauseWorld, token: number | null, state: 'resuming' | 'resume_pending'): Promise<void> {
  if (token === null || leases.read().kind !== 'lease') return;
  await markLease(leases, token, state).catch(() => undefined);
}
