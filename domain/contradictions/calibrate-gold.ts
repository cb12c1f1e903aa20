import type { GoldCalibration } from '../../schemas/contradiction-report.ts';
import { SMALL_SAMPLE, wilsonInterval } from '../stats/wilson.ts';
import type { PairOutcome } from './pair-outcome.ts';

/** Two texts that people have labelled. */
export interface GoldPair {
  readonly text_a: string;
  readonly text_b: string;
  /** True where they do not go together. */
  readonly contradicts: boolean;
  readonly query?: string;
}

/** Precision and recall of a judge on labelled pairs, by whether it says `contradiction`. Pairs without a verdict are in neither share. */
export function calibrateOnGold(
  pairs: readonly { readonly contradicts: boolean; readonly outcome: PairOutcome | null }[],
): GoldCalibration {
  const judged = pairs.flatMap(({ contradicts, outcome }) =>
    outcome?.state === 'judged' ? [{ contradicts, said: outcome.verdict.verdict === 'contradiction' }] : [],
  );
  const count = (contradicts: boolean, said: boolean): number =>
    judged.filter((each) => each.contradicts === contradicts && each.said === said).length;
  const [truePositive, falsePositive, falseNegative, trueNegative] = [
    count(true, true),
    count(false, true),
    count(true, false),
    count(false, false),
  ];
  const share = (hit: number, total: number) => ({ hit, total, ...wilsonInterval(hit, total) });
  return {
    pairs: pairs.length,
    judged: judged.length,
    errors: pairs.length - judged.length,
    true_positive: truePositive,
    false_positive: falsePositive,
    false_negative: falseNegative,
    true_negative: trueNegative,
    precision: share(truePositive, truePositive + falsePositive),
    recall: share(truePositive, truePositive + falseNegative),
    ...(judged.length < SMALL_SAMPLE ? { small_sample_note: `fewer than ${SMALL_SAMPLE} labelled pairs have a verdict` } : {}),
  };
}
