import type { CallErrorKind, PairError } from '../../schemas/vocabulary.ts';
import type { CandidatePair } from './pair.ts';
import { readVerdict, type JudgeVerdict } from './read-verdict.ts';

/** What came of asking about a pair. */
export type PairOutcome =
  { readonly state: 'judged'; readonly verdict: JudgeVerdict } | { readonly state: 'error'; readonly error: PairError };

/** A pair with what came of it; null where the cap forbade to ask. */
export interface JudgedPair {
  readonly pair: CandidatePair;
  readonly outcome: PairOutcome | null;
  readonly isCacheHit: boolean;
}

/** A call as it ended. */
export type EndedCall =
  | { readonly state: 'answered'; readonly text: string; readonly finishReason?: string | null }
  | { readonly state: 'failed'; readonly kind: CallErrorKind };

const ERRORS: Partial<Readonly<Record<CallErrorKind, PairError>>> = { timeout: 'timeout', http_5xx: 'http_5xx' };

/** The verdict of a call, or why there is none, by the kind of its failure and never by its words. */
export function outcomeOfCall(call: EndedCall): PairOutcome {
  if (call.state === 'failed') return { state: 'error', error: ERRORS[call.kind] ?? 'unknown' };
  const verdict = readVerdict(call.text);
  if (verdict !== undefined) return { state: 'judged', verdict };
  return { state: 'error', error: call.finishReason === 'content_filter' ? 'refusal' : 'parse_fail' };
}
