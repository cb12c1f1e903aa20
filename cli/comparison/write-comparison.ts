import { join, relative, resolve } from 'node:path';
import { CollectionError } from '../../domain/shared/errors.ts';
import { keepReport } from '../bench/keep-report.ts';
import type { Io } from '../io.ts';
import { compareLedger } from './compare-ledger.ts';
import { comparisonFiles } from './comparison-files.ts';
import { tellRefusals } from './tell-refusals.ts';

/** The records of one run over suites and modes, and where their comparison goes. */
export interface WrittenComparison {
  readonly workspaceRoot: string;
  readonly ledgerPath: string;
  readonly runUids: readonly string[];
  /** Folder for README.md, comparison.json, the tables as CSV and the page. */
  readonly output: string;
  /** Those that come with the program unless stated. */
  readonly expectationsPath?: string;
  readonly seed: number;
}

/**
 * Writes the comparison of some records and returns the path of its README.md. A suite that cannot be compared stands in its notices; CollectionError
 * when no suite can.
 */
export async function writeComparison(io: Io, given: WrittenComparison): Promise<string> {
  const { workspaceRoot, ledgerPath, runUids, output, expectationsPath, seed } = given;
  const { comparison, refusals } = await compareLedger(io, {
    input: ledgerPath,
    inputName: relative(workspaceRoot, ledgerPath),
    runs: runUids,
    expectations: expectationsPath ?? 'shipped',
    seed,
    arePicked: true,
  });
  if (comparison === null) throw new CollectionError(...tellRefusals(refusals));
  const told = {
    ...comparison,
    notices: [
      ...comparison.notices,
      ...refusals.map(({ suite, expected, found }) => `${suite} is not compared: expected ${expected}, found ${found}`),
    ],
  };
  const folder = resolve(io.cwd, output);
  keepReport(folder, await comparisonFiles(told));
  return join(folder, 'README.md');
}
