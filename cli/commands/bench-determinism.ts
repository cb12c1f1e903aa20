import { resolve } from 'node:path';
import { readRunFile } from '../../adapters/bench/read-run-file.ts';
import { judgeDeterminism } from '../../domain/determinism/index.ts';
import type { RunFile } from '../../domain/shared/run-file.ts';
import { renderDeterminism } from '../../reports/determinism/render-determinism.ts';
import type { DeterminismReport } from '../../schemas/determinism-report.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { keepReport } from '../bench/keep-report.ts';
import { resolveRunPaths, type RunPath } from '../bench/run-paths.ts';
import type { ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { recordVerdict } from '../trust/record-verdict.ts';

export interface DeterminismOptions extends PlaceOptions {
  readonly mode: BenchMode;
  readonly mrrBudget: number;
  readonly hitAt1Budget: number;
  readonly judgeBudget: number;
  readonly report?: string;
  /** Appends the verdict to the trust ledger, where it may stand there. */
  readonly record?: boolean;
  readonly json?: boolean;
}

/** `lauter bench determinism`: whether each model came to the same in all runs, from their files alone. */
export async function benchDeterminism(io: Io, given: readonly string[], options: DeterminismOptions): Promise<ExitCode> {
  const { mode, mrrBudget: mrr, hitAt1Budget: hit_at_1, judgeBudget: judge_mean } = options;
  const files = await readRuns(resolveRunPaths(io.cwd, given));
  const report = judgeDeterminism(files, { mode, budgets: { mrr, hit_at_1, judge_mean } });
  const { markdown, files: rendered } = renderDeterminism(report);
  if (options.report !== undefined) {
    const folder = resolve(io.cwd, options.report);
    keepReport(folder, rendered);
    io.err(`written to ${folder}: determinism.md, determinism.json, determinism.html`);
  }
  io.out(options.json === true ? JSON.stringify(report, null, 2) : markdown);
  for (const line of tellDifferences(report)) io.err(plain(line));
  if (options.record !== true) return report.exit_code;
  return recordVerdict(io, options, { report, files, reportText: jsonOf(rendered) });
}

/** The report as it is written to disk, which is what a row of the ledger names by its hash. */
function jsonOf(rendered: ReturnType<typeof renderDeterminism>['files']): string {
  return rendered.find(({ name }) => name === 'determinism.json')?.text ?? '';
}

/** One after the other: a file may be large, and what is kept of it is small. */
async function readRuns(paths: readonly RunPath[]): Promise<RunFile[]> {
  const files: RunFile[] = [];
  for (const { given, path } of paths) files.push(await readRunFile(given, path));
  return files;
}

function tellDifferences({ comparability }: DeterminismReport): string[] {
  const lines = comparability.differences.map(({ field, values }) => {
    const found = values.map(({ value, run_ids }) => `${value ?? 'not recorded'} in ${run_ids.join(', ')}`);
    return `comparing runs, on ${field}: expected the same in all, found ${found.join('; ')}.`;
  });
  return lines.length === 0
    ? []
    : [...lines, 'Compare runs of one corpus, one set of questions, one embedding model, one set of prompts and one tuning.'];
}
