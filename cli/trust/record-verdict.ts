import { now } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/digest.ts';
import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import type { RunFile } from '../../domain/shared/run-file.ts';
import { isRecorded, makeTrustRow, readRunFacts, reasonsAgainst, type RunFacts } from '../../domain/trust/index.ts';
import type { DeterminismModel, DeterminismReport } from '../../schemas/determinism-report.ts';
import type { TrustRow } from '../../schemas/trust-ledger.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { VERSION } from '../version.ts';
import { refuseBroken } from './refuse-broken.ts';

/** A verdict with the files it rests on, and the text of its report, whose hash the row names. */
export interface RecordableVerdict {
  readonly report: DeterminismReport;
  readonly files: readonly RunFile[];
  readonly reportText: string;
}

/**
 * Appends a row to the trust ledger for each compared model that may stand there, and says of the others why not. The exit code is that of the verdict;
 * a PASS that could not be recorded is refused.
 */
export function recordVerdict(io: Io, options: PlaceOptions, verdict: RecordableVerdict): Promise<ExitCode> {
  const { report, files, reportText } = verdict;
  const models = report.models.map((model) => ({ model, runs: factsOf(model, files) }));
  const judged = models.map(({ model, runs }) => ({ model, runs, against: reasonsAgainst(report, model, runs) }));
  if (judged.length === 0) io.err('nothing recorded: no model was compared');
  for (const { model, against } of judged) {
    if (against.length > 0) io.err(plain(`nothing recorded for ${model.model_id}: ${against.join('; ')}`));
  }
  const context = { recordedAt: now(), reportSha256: sha256(reportText) };
  const rows = judged
    .filter(({ against }) => against.length === 0)
    .map(({ model, runs }) => makeTrustRow(report, model, { ...context, runs }));
  const isRefused = rows.length < judged.length || judged.length === 0;
  const code = report.exit_code === EXIT.accepted && isRefused ? EXIT.refused : report.exit_code;
  if (rows.length === 0) return Promise.resolve(code);
  return refuseBroken(io, async () => {
    await appendRows(io, workspaceFolder(io, options), rows);
    return code;
  });
}

/** In the order of the model's `run_ids`. */
function factsOf({ model_id, run_ids }: DeterminismModel, files: readonly RunFile[]): RunFacts[] {
  return run_ids.flatMap((id) => files.filter(({ runId }) => runId === id).map((file) => readRunFacts(file, model_id)));
}

async function appendRows(io: Io, root: string, rows: readonly TrustRow[]): Promise<void> {
  const workspace = openWorkspace(root, VERSION);
  try {
    const ledger = openTrustLedger(root);
    for (const made of rows) {
      const { row, isNew } = await ledger.append(made, (known) => isRecorded([known], made));
      io.err(plain(`${isNew ? 'recorded' : 'recorded before'}: row ${row.seq} of the trust ledger, ${row.model_id}, ${row.verdict}`));
    }
  } finally {
    workspace.close();
  }
}
