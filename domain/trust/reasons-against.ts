import type { DeterminismModel, DeterminismReport } from '../../schemas/determinism-report.ts';
import { RUNS_OF_BT29 } from '../determinism/index.ts';
import type { RunFacts } from './run-facts.ts';

/**
 * Why a verdict may not stand in the ledger; empty when it may. PASS and FAIL alike need three finished runs of one whole comparability key,
 * measured on questions that belong to their corpus; a PASS also the card of the model that was served, without which nothing could be matched with it.
 */
export function reasonsAgainst(report: DeterminismReport, model: DeterminismModel, runs: readonly RunFacts[]): string[] {
  const { status } = report.comparability;
  const early = runs.find(({ endReason }) => endReason !== null);
  return [
    ...(report.required_runs < RUNS_OF_BT29 ? [`${RUNS_OF_BT29} runs or more are needed, ${report.required_runs} were given`] : []),
    ...(model.n_runs < report.required_runs ? [`the model stands in ${model.n_runs} of ${report.required_runs} runs`] : []),
    ...(status === 'comparable'
      ? []
      : [status === 'partial' ? 'comparability is partial: older files do not record all of it' : 'the runs are not comparable']),
    ...(runs.some(({ hasAllowedMismatch }) => hasAllowedMismatch)
      ? ['a run was made on questions whose hashes differ from the files in use']
      : []),
    ...(early === undefined ? [] : [`a run ended early (${early.endReason})`]),
    ...(model.verdict === 'PASS' && runs.some(({ cardDigest }) => cardDigest === null)
      ? ['a run does not record the served model card']
      : []),
  ];
}
