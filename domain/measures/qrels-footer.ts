import type { QrelsReport } from '../../schemas/qrels-report.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';
import { makeFooter, type SearchOrigin } from '../reproducibility/index.ts';
import type { ArmResult } from './measure-arm.ts';

/** What the figures of a measurement by judgments were made from. `run_path` counts as a dataset of its own. */
export function qrelsFooter(meta: QrelsReport['meta'], arms: readonly ArmResult[], origin: SearchOrigin): Reproducibility {
  return makeFooter({
    commit: meta.commit,
    lauter_version: meta.lauter_version,
    datasets: [
      { suite: 'judgments', name: meta.qrels_path, sha256: meta.qrels_sha256 },
      ...(meta.run_path === null ? [] : [{ suite: 'rankings', name: meta.run_path, sha256: meta.run_sha256 }]),
    ],
    question_set_hash: meta.question_set_hash,
    seed: meta.seed,
    resamples: meta.resamples,
    arms: arms.map(({ arm }) => ({ arm: arm.name, knob_hash: arm.knob_hash })),
    corpus_hash: meta.corpus_hash,
    started_at: meta.started_at,
    finished_at: meta.finished_at,
    degraded: meta.degraded,
    errored: arms.reduce((sum, { arm }) => sum + arm.outcomes.system_failure + arm.outcomes.harness_error, 0),
    ...origin,
  });
}
