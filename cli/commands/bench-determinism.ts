import { resolve } from 'node:path';
import { readRunFile } from '../../adapters/bench/read-run-file.ts';
import { judgeDeterminism } from '../../domain/determinism/index.ts';
import type { RunFile } from '../../domain/shared/run-file.ts';
import { writeDeterminismMarkdown } from '../../reports/determinism/determinism-markdown.ts';
import { determinismTables } from '../../reports/determinism/determinism-tables.ts';
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
  if (options.report !== undefined) {
    const folder = resolve(io.cwd, options.report);
    // Loaded when a page is asked for: its charts take longer than the verdict.
    const { renderDeterminism } = await import('../../reports/determinism/render-determinism.ts');
    keepReport(folder, renderDeterminism(report).files);
    io.err(`written to ${folder}: determinism.md, determinism.json, determinism.html`);
  }
  io.out(
    options.json === true ? JSON.stringify(report, null, 2) : writeDeterminismMarkdown(report, determinismTables(report, 'determinism')),
  );
  for (const line of tellDifferences(report)) io.err(plain(line));
  if (options.record !== true) return report.exit_code;
  return recordVerdict(io, options, { report, files, reportText: jsonOf(report) });
}

/** The report as it is written to disk, which is what a row of the ledger names by its hash. */
function jsonOf(report: DeterminismReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
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
