import { judgeDeterminism } from '../../domain/determinism/index.ts';
import type { RunFile } from '../../domain/shared/run-file.ts';
import { isRecorded, makeTrustRow, readRunFacts } from '../../domain/trust/index.ts';
import type { DeterminismModel, DeterminismReport } from '../../schemas/determinism-report.ts';
import type { TrustLedgerRow, TrustRow } from '../../schemas/trust-ledger.ts';
import type { BenchActivities, BenchSweepInput, BenchSweepResult } from '../bench-contract.ts';
import type { BenchWorld } from './world.ts';

/** What judging a sweep needs beside what its runs need. */
export interface SweepWorld extends BenchWorld {
  readRunFile(path: string): Promise<RunFile>;
  /** The report of a sweep as files, below `lake/bench/sweeps/<id>` and in the folder that was asked for. Gives the text that the ledger names by its hash. */
  keepSweepReport(sweep: BenchSweepInput, report: DeterminismReport): Promise<{ readonly json: string }>;
  /** Leaves word of how a sweep was started, unless that is known. */
  keepSweepInput(sweep: BenchSweepInput): void;
  keepSweepResult(sweep: BenchSweepInput, result: BenchSweepResult): void;
  appendTrust(row: TrustRow, isKnown: (known: TrustLedgerRow) => boolean): Promise<TrustLedgerRow>;
}

/** The verdict over the runs that were done; fewer than were asked for is a refusal whatever they agree on. */
export async function judgeSweep(world: SweepWorld, sweep: BenchSweepInput): ReturnType<BenchActivities['judgeSweep']> {
  const report = await reportOf(world, sweep);
  await world.keepSweepReport(sweep, report);
  const [model] = report.models;
  const detail =
    model?.reasons.map(({ code, detail: told }) => (told === '' ? code : `${code}: ${told}`)).join('; ') ?? 'nothing was compared';
  return { overall: report.overall, exit_code: report.exit_code, detail };
}

/** Appends the row; one with the same sweep and the same report is found and not written again. */
export async function recordSweep(world: SweepWorld, sweep: BenchSweepInput): Promise<{ readonly seq: number }> {
  const files = await filesOf(world, sweep);
  const report = judge(sweep, files);
  const { json } = await world.keepSweepReport(sweep, report);
  const model = report.models[0] as DeterminismModel;
  const runs = files.map((file) => readRunFacts(file, model.model_id));
  const row = makeTrustRow(report, model, { recordedAt: world.clock.now(), reportSha256: world.sha256(json), runs });
  const { seq } = await world.appendTrust(row, (known) => isRecorded([known], row));
  return { seq };
}

async function reportOf(world: SweepWorld, sweep: BenchSweepInput): Promise<DeterminismReport> {
  return judge(sweep, await filesOf(world, sweep));
}

function judge({ runs, budgets }: BenchSweepInput, files: readonly RunFile[]): DeterminismReport {
  const [first] = runs;
  return judgeDeterminism(files, { mode: first!.settings.mode, budgets, requiredRuns: first!.sweep?.of ?? runs.length });
}

async function filesOf(world: SweepWorld, { runs }: BenchSweepInput): Promise<RunFile[]> {
  const files: RunFile[] = [];
  for (const { run_id } of runs) files.push(await world.readRunFile(world.runs.runFile(run_id)));
  return files;
}
