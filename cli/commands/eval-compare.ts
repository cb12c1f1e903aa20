import { basename, dirname, relative, resolve } from 'node:path';
import { evalLedgerPath } from '../../adapters/files/eval-ledger.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { EvalComparison } from '../../schemas/eval-comparison.ts';
import { keepReport } from '../bench/keep-report.ts';
import { compareLedger, type LedgerComparison } from '../comparison/compare-ledger.ts';
import { comparisonFiles } from '../comparison/comparison-files.ts';
import { tellRefusals } from '../comparison/tell-refusals.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface EvalCompareOptions extends PlaceOptions, Omit<LedgerComparison, 'input' | 'inputName' | 'isIntersected' | 'arePicked'> {
  readonly input?: string;
  readonly intersect?: boolean;
  readonly html?: string;
  readonly output?: string;
  readonly md?: boolean;
  readonly json?: boolean;
  readonly glossary?: boolean;
}

/** `lauter eval compare`: arms of an evaluation side by side, question by question; 2 when they cannot be compared. */
export async function evalCompare(io: Io, options: EvalCompareOptions): Promise<ExitCode> {
  const place = options.input === undefined ? ledgerOf(workspaceFolder(io, options)) : { input: options.input };
  const { comparison, refusals } = await compareLedger(io, { ...options, ...place, isIntersected: options.intersect });
  if (comparison === null || refusals.length > 0) throw new CollectionError(...tellRefusals(refusals));
  if (options.output !== undefined || options.html !== undefined) await writeFiles(io, comparison, options);
  io.out(options.json === true ? JSON.stringify(comparison, null, 2) : await tellComparison(comparison, options));
  return EXIT.accepted;
}

function ledgerOf(workspace: string): Pick<LedgerComparison, 'input' | 'inputName'> {
  const input = evalLedgerPath(workspace);
  return { input, inputName: relative(workspace, input) };
}

async function tellComparison(comparison: EvalComparison, { glossary }: EvalCompareOptions): Promise<string> {
  const { writeEvalComparison } = await import('../../reports/comparison/render-eval-comparison.ts');
  return writeEvalComparison(comparison, { hasGlossary: glossary === true });
}

/** The page of --html has what it links to beside it, as that of --output has. */
async function writeFiles(io: Io, comparison: EvalComparison, { output, html }: EvalCompareOptions): Promise<void> {
  const files = await comparisonFiles(comparison);
  if (output !== undefined) {
    const folder = resolve(io.cwd, output);
    keepReport(folder, files);
    io.err(`written to ${plain(folder)}: README.md, comparison.json, the tables as CSV and comparison.html`);
  }
  if (html === undefined) return;
  const path = resolve(io.cwd, html);
  const beside = files.filter(({ name }) => name !== 'README.md');
  keepReport(
    dirname(path),
    beside.map((file) => (file.name === 'comparison.html' ? { ...file, name: basename(path) } : file)),
  );
  io.err(`written: ${plain(path)}, with comparison.json and its tables as CSV beside it`);
}
