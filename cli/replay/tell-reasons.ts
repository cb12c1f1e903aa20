import { REPLAY_REASONS, type ReplayReason } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';

/** Why the gate refused, or why nobody answered, in words. */
export function tellReasons(reasons: readonly string[]): string {
  return reasons.map((reason) => plain(REPLAY_REASONS[reason as ReplayReason] ?? reason)).join('; ');
}
