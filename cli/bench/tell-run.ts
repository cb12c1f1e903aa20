import type { BenchRunResult, BenchSweepResult } from '../../activities/bench-contract.ts';
import { readRunFile } from '../../adapters/bench/read-run-file.ts';
import { openBenchRuns } from '../../adapters/bench/run-store.ts';
import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { openBenchSweeps } from '../../adapters/bench/sweep-store.ts';
import { summarizeRun } from '../../domain/bench/index.ts';
import { bt29StateOf } from '../../domain/trust/index.ts';
import { plain } from '../io.ts';
import { tellSummary } from './tell-summary.ts';
import { isInconclusive, resultOf } from './unfinished.ts';

/** How a run ended: its table when models were measured, and in any case why it ended as it did. */
export async function tellRun(root: string, { run_id, reason, verdicts, run_file, detail }: BenchRunResult): Promise<string> {
  const lines = Object.keys(verdicts).length === 0 ? [] : [await tableOf(root, run_file), ''];
  const verdict = reason ?? (Object.values(verdicts).every((word) => word === 'PASS') ? 'PASS' : Object.values(verdicts).join(', '));
  return [
    ...lines,
    `${run_id}: ${verdict}`,
    ...(detail === undefined ? [] : [plain(detail)]),
    `run file ${run_file}`,
    ...(reason === null || reason === 'dry_run' ? [] : [`\`lauter bench resume ${run_id}\` goes on with it.`]),
  ].join('\n');
}

/** How a sweep ended: its report, the row of the ledger, or why there is none. */
export async function tellSweep(root: string, { sweep_id, overall, ledger_seq, detail, run_ids }: BenchSweepResult): Promise<string> {
  const folder = openBenchSweeps(root).folder(sweep_id);
  const runs = openBenchRuns(root);
  return [
    `${sweep_id}: ${overall ?? 'no verdict'}${detail === '' ? '' : ` (${plain(detail)})`}`,
    ...run_ids.map(
      (id, at) => `run ${at + 1}  ${id}: ${runs.has(id, 'result') ? tellVerdicts(runs.read<BenchRunResult>(id, 'result')) : 'not begun'}`,
    ),
    ledger_seq === null ? 'no row in the trust ledger' : `row ${ledger_seq} of the trust ledger`,
    ...(overall !== null
      ? [`report ${folder}/determinism.html`]
      : run_ids.some((id) => isInconclusive(resultOf(runs, id)))
        ? ['A run that comes to no verdict ends its sweep. Mend what it lacked, and begin a new one.']
        : [`\`lauter bench resume ${sweep_id}\` goes on with it.`]),
  ].join('\n');
}

function tellVerdicts({ reason, verdicts }: BenchRunResult): string {
  return reason ?? Object.values(verdicts).join(', ');
}

async function tableOf(root: string, path: string): Promise<string> {
  const file = await readRunFile(path);
  const rows = await openTrustLedger(root).all();
  return tellSummary(summarizeRun(file, (subject) => bt29StateOf(rows, subject)));
}
