import type { PauseEnd } from '../../schemas/vocabulary.ts';
import type { LeaseCall } from '../pause-contract.ts';
import { endPause } from './end-pause.ts';
import { unexpectedOf } from './unexpected.ts';
import type { PauseWorld } from './world.ts';

/** One attempt to end a pause, as an activity: ProductionError until it is verified. Done at once where somebody was faster. */
export async function resumeProduction(
  world: PauseWorld,
  call: LeaseCall & { readonly why: PauseEnd },
): Promise<{ readonly resumed_at: string }> {
  const known = world.leases.tokens().resumed;
  if (known !== null && known.token >= call.token) return { resumed_at: known.at };
  const verdict = await endPause(world, call);
  if (verdict.verdict === 'verified') return { resumed_at: world.clock.now() };
  throw unexpectedOf('resuming production', 'a resume that health confirms', verdict.found);
}
