import { readRunFile } from '../../adapters/bench/read-run-file.ts';
import { compareSides, sideOf, type RunSide } from '../../domain/comparison/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import { renderComparison } from '../../reports/comparison/render-comparison.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { findRunFile } from '../bench/find-run-file.ts';
import { tellComparison } from '../bench/tell-comparison.ts';
import { tellReport } from '../bench/tell-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { stateInLedger } from '../trust/state-in-ledger.ts';

export interface BenchCompareOptions extends PlaceOptions {
  readonly mode: BenchMode;
  readonly modelA?: string;
  readonly modelB?: string;
  readonly seed: number;
  readonly resamples: number;
  readonly report?: string;
  readonly json?: boolean;
}

/** `lauter bench compare`: two runs or models, question by question; 2 when they are not comparable. */
export async function benchCompare(io: Io, givenA: string, givenB: string, options: BenchCompareOptions): Promise<ExitCode> {
  const a = await readSide(io, givenA, options.modelA, options);
  const b = await readSide(io, givenB, options.modelB, options);
  if (a.file.sha256 === b.file.sha256 && a.modelId === b.modelId) {
    throw new SourceError(
      `comparing ${givenA} with ${givenB}: expected two runs or two models, found one run of ${a.modelId} on both sides.`,
      'Name another run file, or two models of the file with --model-a and --model-b.',
    );
  }
  const { mode, seed, resamples } = options;
  const comparison = compareSides(a, b, { mode, seed, resamples, stateOf: await stateInLedger(io, options) });
  if (options.report !== undefined) tellReport(io, options.report, renderComparison(comparison));
  io.out(options.json === true ? JSON.stringify(comparison, null, 2) : tellComparison(comparison));
  if (comparison.comparability.status !== 'not comparable') return EXIT.accepted;
  for (const { field, values } of comparison.comparability.differences) {
    const found = values.map(({ value, run_ids }) => `${value ?? 'not recorded'} in ${run_ids.join(', ')}`).join('; ');
    io.err(plain(`comparing runs, on ${field}: expected the same in both, found ${found}.`));
  }
  io.err('Compare runs of one corpus, one set of questions, one embedding model, one set of prompts and one tuning.');
  return EXIT.impossible;
}

async function readSide(io: Io, given: string, modelId: string | undefined, options: PlaceOptions): Promise<RunSide> {
  const { given: name, path } = await findRunFile(io, given, options);
  return sideOf(await readRunFile(name, path), modelId);
}
