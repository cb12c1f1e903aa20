import { readRunFile } from '../../adapters/bench/read-run-file.ts';
import { summarizeRun } from '../../domain/bench/index.ts';
import { renderSummary } from '../../reports/bench/render-summary.ts';
import { findRunFile } from '../bench/find-run-file.ts';
import { tellReport } from '../bench/tell-report.ts';
import { tellSummary } from '../bench/tell-summary.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { stateInLedger } from '../trust/state-in-ledger.ts';

export interface BenchSummaryOptions extends PlaceOptions {
  readonly report?: string;
  readonly json?: boolean;
}

/** `lauter bench summary`: what one run says about its models, and what the trust ledger says about them. The newest stored run unless a file is named. */
export async function benchSummary(io: Io, given: string | undefined, options: BenchSummaryOptions): Promise<ExitCode> {
  const { given: name, path } = await findRunFile(io, given, options);
  const file = await readRunFile(name, path);
  const summary = summarizeRun(file, await stateInLedger(io, options));
  if (options.report !== undefined) tellReport(io, options.report, renderSummary(summary));
  io.out(options.json === true ? JSON.stringify(summary, null, 2) : tellSummary(summary));
  return EXIT.accepted;
}
