import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import type { Bt29State, TrustLedgerRow } from '../../../schemas/trust-ledger.ts';
import type { TrustBest } from '../../../schemas/trust-reports.ts';
import type { BenchMode, ModelVerdict } from '../../../schemas/vocabulary.ts';
import { SourceError } from '../../shared/errors.ts';
import { judgeBest } from '../../trust/index.ts';
import { compareMetric } from './compare-metric.ts';
import { meanItems } from './mean-items.ts';
import { pairItems } from '../pair-items.ts';

/** One of the two models, with its questions in one mode over all the runs that count. */
export interface BestSide {
  readonly modelId: string;
  readonly runIds: readonly string[];
  readonly verdicts: readonly ModelVerdict[];
  readonly items: readonly BenchRetrievalRow[];
  readonly bt29: Bt29State;
}

export interface BestSettings {
  readonly mode: BenchMode;
  readonly comparabilityKey: string;
  readonly seed: number;
}

/**
 * Whether a challenger is better than the last other model that passed, question by question, each question with its mean over the runs of a side.
 * SourceError when a side has no questions, or one that the other lacks.
 */
export function weighBest(
  challenger: BestSide,
  reference: BestSide & { readonly row: TrustLedgerRow },
  { mode, comparabilityKey, seed }: BestSettings,
): TrustBest {
  const { pairs, onlyInA, onlyInB } = pairItems(meanItems(reference.items), meanItems(challenger.items));
  if (pairs.length === 0 || onlyInA.length + onlyInB.length > 0) {
    throw new SourceError(
      `comparing ${challenger.modelId} with ${reference.modelId}, on the questions of mode ${mode}: expected the same ones on both sides, found ${pairs.length} in common, ${onlyInB.length} only of the first and ${onlyInA.length} only of the second.`,
      'Measure the challenger again on the questions of the reference.',
    );
  }
  const names = { seed, suite: 'best', armA: reference.modelId, armB: challenger.modelId };
  const compare = (metric: 'mrr' | 'hit_at_1', field: 'rr' | 'hit_at_1') =>
    compareMetric(
      pairs.map(({ id, a, b }) => ({ id, a: a[field], b: b[field] })),
      { ...names, metric },
    );
  const metrics = { mrr: compare('mrr', 'rr'), hit_at_1: compare('hit_at_1', 'hit_at_1') };
  return {
    schema: 'trust-best/1',
    answer: judgeBest(metrics.mrr),
    mode,
    comparability_key: comparabilityKey,
    challenger: showSide(challenger),
    reference: { ...showSide(reference), seq: reference.row.seq },
    n: pairs.length,
    metrics,
  };
}

function showSide({ modelId, runIds, verdicts, bt29 }: BestSide): TrustBest['challenger'] {
  return { model_id: modelId, run_ids: [...runIds], verdicts: [...verdicts], bt29 };
}
