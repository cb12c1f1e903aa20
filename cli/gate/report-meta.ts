import { now } from '../../adapters/clock.ts';
import { gateMetrics, glossaryBlock, REPLAY_METRICS } from '../../domain/glossary/index.ts';
import { hashQuery, hashSource } from '../../domain/gate/index.ts';
import { makeFooter, type KnownOrigin } from '../../domain/reproducibility/index.ts';
import type { GateReport } from '../../schemas/gate-report.ts';
import type { ReplaySummary } from '../../schemas/replay-report.ts';
import type { ReportMeta } from '../../schemas/report-meta.ts';
import type { Degradation } from '../../schemas/vocabulary.ts';
import { codeCommit } from '../code-commit.ts';
import type { Io } from '../io.ts';
import { datasetOf } from '../reproducibility/dataset-of.ts';
import { VERSION } from '../version.ts';
import type { SearchScene } from './search-scene.ts';

/** What was asked, and what the searches said of themselves. */
export interface AskedQueries {
  readonly queries: readonly string[];
  readonly degraded: readonly (readonly Degradation[])[];
  readonly startedAt: string;
}

/** How the report of a replay ends. */
export async function replayMeta(
  io: Io,
  scene: SearchScene,
  file: string,
  summary: ReplaySummary,
  asked: AskedQueries,
): Promise<ReportMeta> {
  return {
    ...glossaryBlock(REPLAY_METRICS),
    footer: makeFooter({
      ...(await commonOrigin(io, scene, asked)),
      datasets: [await datasetOf(io, 'replay', file)],
      arms: [{ arm: scene.mode, knob_hash: summary.knob_hash }],
      corpus_hash: summary.corpus_hash,
      errored: summary.rows_errored,
    }),
  };
}

/** How the report of the gates ends. */
export async function gateMeta(io: Io, scene: SearchScene, report: Omit<GateReport, '_meta'>, asked: AskedQueries): Promise<ReportMeta> {
  const { regression_gate: regression, correctness_gate: correctness, meta } = report;
  const { baseline_path: baseline, baseline_ref: revision } = regression;
  const { qrels_path: qrels } = correctness;
  return {
    ...glossaryBlock(gateMetrics(report)),
    footer: makeFooter({
      ...(await commonOrigin(io, scene, asked)),
      datasets: [
        ...(baseline === undefined ? [] : [await datasetOf(io, 'baseline', baseline, revision)]),
        ...(qrels === undefined ? [] : [await datasetOf(io, 'judgments', qrels)]),
      ],
      arms: [{ arm: scene.mode, knob_hash: meta.knob_hash }],
      corpus_hash: meta.corpus_hash,
      errored: (regression.summary?.rows_errored ?? 0) + (correctness.summary?.queries_errored ?? 0),
    }),
  };
}

type CommonOrigin = Partial<KnownOrigin> & Pick<KnownOrigin, 'lauter_version'>;

/** Replays and gates compare figures with limits: nothing is drawn by chance. */
async function commonOrigin(
  io: Io,
  { origin, settledUsd }: SearchScene,
  { queries, degraded, startedAt }: AskedQueries,
): Promise<CommonOrigin> {
  return {
    commit: await codeCommit(io.env),
    lauter_version: VERSION,
    question_set_hash: hashSource(queries.map(hashQuery)),
    seed: 'none',
    resamples: 0,
    ...origin,
    cost: { ...origin.cost, settled_usd: await settledUsd() },
    started_at: startedAt,
    finished_at: now(),
    degraded: countEach(degraded.flat()),
  };
}

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
