import type { DeterminismModel, DeterminismReport, MetricSpread } from '../../schemas/determinism-report.ts';
import type { TrustRow } from '../../schemas/trust-ledger.ts';
import { DETERMINISM_REASONS } from '../../schemas/vocabulary.ts';
import { mean } from '../stats/variance.ts';
import type { RunFacts } from './run-facts.ts';

/** What a row says beside the report. */
export interface RowContext {
  /** ISO 8601 in UTC. */
  readonly recordedAt: string;
  /** sha256 of the bytes of the report. */
  readonly reportSha256: string;
  /** Facts of the runs of the report that record the model, in the order of its `run_ids`. */
  readonly runs: readonly RunFacts[];
}

/**
 * The row of the ledger that a determinism report comes to for one of its models. RangeError when the
 * runs are not comparable as a whole. Numbers are null unless every run has a good one.
 */
export function makeTrustRow(report: DeterminismReport, model: DeterminismModel, { recordedAt, reportSha256, runs }: RowContext): TrustRow {
  const [first] = runs;
  const { corpusContentHash: corpus, promptHash, tuningHash } = first ?? {};
  const { key } = report.comparability;
  if (!first || !key || !corpus || !promptHash || !tuningHash)
    throw new RangeError('making a row of the trust ledger: expected comparable runs that record what their key is made of, found others');
  return {
    schema: 'lauter.ledger/1',
    recorded_at: `${recordedAt.slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`,
    sweep_id: sameOf(runs.map(({ sweepId }) => sweepId)),
    model_id: model.model_id,
    model_card_digest: sameOf(runs.map(({ cardDigest }) => cardDigest)),
    verdict: model.verdict,
    claim: isWhole(model.judge_mean) ? 'full' : 'retrieval_only',
    reasons: model.reasons.map(({ code, detail }) =>
      detail === '' ? DETERMINISM_REASONS[code] : `${DETERMINISM_REASONS[code]}: ${detail}`,
    ),
    mode: report.mode,
    n_runs: model.n_runs,
    scored_count: model.scored_count,
    mrr_mean: meanOf(model.mrr),
    mrr_delta: deltaOf(model.mrr),
    hit_at_1_mean: meanOf(model.hit_at_1),
    hit_at_1_delta: deltaOf(model.hit_at_1),
    judge_mean: meanOf(model.judge_mean),
    judge_mean_delta: deltaOf(model.judge_mean),
    ndcg_at_10_mean: meanOf(model.ndcg_at_10),
    budgets: { mrr: report.budgets.mrr, hit_at_1: report.budgets.hit_at_1, judge_mean: report.budgets.judge_mean },
    mde: { hit_at_1: model.mde.hit_at_1, mrr: model.mde.mrr },
    flips: { hit_at_1: model.flips.hit_at_1, rank: model.flips.rank },
    temperature: sameOf(runs.map(({ temperature }) => temperature)),
    comparability_key: key,
    comparability: {
      corpus_content_hash: corpus,
      qa_content_hash: first.qaContentHash,
      embedding_model: first.embeddingModel,
      prompt_hash: promptHash,
      tuning_hash: tuningHash,
    },
    run_ids: [...model.run_ids],
    run_file_sha256: model.run_ids.map((id) => report.runs.find(({ run_id }) => run_id === id)?.sha256 ?? ''),
    report_sha256: reportSha256,
    git_commit: sameOf(runs.map(({ gitCommit }) => gitCommit)),
  };
}

/** True when every run has a good value. */
function isWhole({ values }: MetricSpread): boolean {
  return values.length > 0 && values.every((value) => value !== null);
}

function meanOf(spread: MetricSpread): number | null {
  return isWhole(spread) ? mean(spread.values as number[]) : null;
}

function deltaOf(spread: MetricSpread): number | null {
  return isWhole(spread) ? spread.delta : null;
}

/** What all runs agree on; null when they differ. */
function sameOf<Value>(values: readonly (Value | null)[]): Value | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}
