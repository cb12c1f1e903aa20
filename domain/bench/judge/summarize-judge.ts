import type { JudgeResult } from '../../../schemas/bench-model-summary.ts';
import { JUDGE_DIMENSIONS, type JudgeDimension } from '../../../schemas/vocabulary.ts';
import type { Judging } from './judging.ts';
import type { JudgeScores } from './read-reply.ts';

/** One item of the sample, or one canary, as its judging ended. */
export interface JudgedEvent {
  readonly event_id: string;
  readonly judging: Judging;
}

/** Why there is no judge mean: a canary was liked, a canary was not scored, too much of the sample was not, or there was no sample. */
export type NoJudgeMean = 'judge_canary' | 'judge_canary_unscored' | 'judge_unscored' | 'judge_no_sample';

/** A canary with this mean or more shows that the judge does not read. */
const LIKED = 4;

/** What the judge said: an item's mean is that of its dimensions, `mean` is over items. It is null with a reason rather than taken from too little. */
export function summarizeJudge(sample: readonly JudgedEvent[], canaries: readonly JudgedEvent[]): JudgeResult {
  const scores = sample.flatMap(({ judging }) => (judging.state === 'scored' ? [judging.scores] : []));
  const missing = sample.length - scores.length;
  const reason = findReason(sample.length, missing, canaries);
  const isKnown = reason === null;
  return {
    mean: isKnown ? meanOf(scores.map(total), JUDGE_DIMENSIONS.length) : null,
    dimension_means: Object.fromEntries(
      JUDGE_DIMENSIONS.map((dimension: JudgeDimension) => [dimension, isKnown ? meanOf(scores.map((item) => item[dimension])) : null]),
    ),
    scored: scores.length,
    missing,
    per_item: sample.map(({ event_id, judging }) =>
      judging.state === 'scored'
        ? { event_id, scores: judging.scores, mean: total(judging.scores) / JUDGE_DIMENSIONS.length }
        : { event_id, scores: {}, mean: null },
    ),
    reason,
  };
}

function findReason(sampled: number, missing: number, canaries: readonly JudgedEvent[]): NoJudgeMean | null {
  if (sampled === 0) return 'judge_no_sample';
  if (canaries.some(({ judging }) => judging.state === 'scored' && total(judging.scores) >= LIKED * JUDGE_DIMENSIONS.length))
    return 'judge_canary';
  if (canaries.some(({ judging }) => judging.state !== 'scored')) return 'judge_canary_unscored';
  // More than a tenth, in whole numbers.
  return missing * 10 > sampled ? 'judge_unscored' : null;
}

function total(scores: JudgeScores): number {
  return JUDGE_DIMENSIONS.reduce((sum, dimension) => sum + scores[dimension], 0);
}

/** Mean of whole numbers that each are a sum of `parts`: the sum is exact, so no order of the items can change it. */
function meanOf(totals: readonly number[], parts = 1): number {
  return totals.reduce((sum, value) => sum + value, 0) / (totals.length * parts);
}
