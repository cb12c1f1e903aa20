import { canonicalJson } from '../shared/canonical-json.ts';
import { digestOf } from './digest.ts';
import { endIdentity, inJudgedOrder } from './end-identity.ts';
import { JUDGE_PROMPT_HASH } from './judge-prompt.ts';
import type { JudgeQuestion } from './judge-question.ts';
import { truncationPolicy } from './truncate.ts';

/** How long a verdict is kept, in days. */
export const VERDICT_TTL_DAYS = 30;

/** The judge that was asked. */
export interface JudgeIdentity {
  readonly model: string;
  /** As the server names what answers; null where it does not say. */
  readonly snapshot: string | null;
}

/**
 * What a verdict is kept under: the sha256 of everything that decides it. It is the digests of both whole texts, sorted, each with its date, where
 * that comes from, and its holder; the query; how much of a text is shown; model, snapshot and the hash of the prompt.
 */
export function verdictKey({ query, a, b, maxPairChars }: JudgeQuestion, { model, snapshot }: JudgeIdentity): string {
  return digestOf(
    canonicalJson({
      ends: inJudgedOrder(a, b).map(endIdentity),
      query,
      max_pair_chars: maxPairChars,
      truncation_policy: truncationPolicy(maxPairChars),
      model,
      snapshot,
      prompt_hash: JUDGE_PROMPT_HASH,
    }),
  );
}
