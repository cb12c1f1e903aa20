import { resolve } from 'node:path';
import { readEvalLedger, type EvalLedger } from '../../adapters/files/read-eval-ledger.ts';
import { compareRecords, pickRecords, type ComparedRecords, type PickedRecords, type ReadSuite } from '../../domain/comparison/index.ts';
import type { EvalReadRecord } from '../../schemas/eval-record.ts';
import type { Io } from '../io.ts';
import { shellWord } from '../search/shell-words.ts';
import { VERSION } from '../version.ts';
import { readExpectations } from './read-expectations.ts';
import { readRows } from './read-rows.ts';

/** What is compared, and how. */
export interface LedgerComparison {
  /** Path of the ledger. */
  readonly input: string;
  /** How it is told; its path unless stated. */
  readonly inputName?: string | undefined;
  readonly runs?: readonly string[] | undefined;
  readonly modes?: readonly string[] | undefined;
  readonly suite?: string | undefined;
  readonly metrics?: readonly string[] | undefined;
  readonly seed: number;
  readonly resamples?: number | undefined;
  readonly alpha?: number | undefined;
  readonly margin?: number | undefined;
  readonly clusterBy?: string | undefined;
  /** File of expectations, or `shipped` for those that come with the program. */
  readonly expectations?: string | undefined;
  readonly isIntersected?: boolean | undefined;
  /** The runs are those of one run over all modes, which share what is not compared. */
  readonly arePicked?: boolean | undefined;
}

/** Reads a ledger with the rows that it names, and compares them. Errors are those of reading; what speaks against comparing comes back as refusals. */
export async function compareLedger(io: Io, given: LedgerComparison): Promise<ComparedRecords> {
  const path = resolve(io.cwd, given.input);
  const expectations = given.expectations === undefined ? null : readExpectations(io, given.expectations);
  const inputName = given.inputName ?? given.input;
  const ledger = await readEvalLedger(path, inputName);
  const picked = pickRecords(ledger.records, given);
  const suites = await Promise.all(picked.suites.map((one) => readSuite(one, path)));
  const { runs, metrics, seed, resamples = 10_000, alpha = 0.05, margin, clusterBy = 'none', isIntersected = false } = given;
  return compareRecords(
    {
      suites,
      withoutMode: picked.withoutMode,
      refusals: picked.refusals,
      notices: [...tellLedger(ledger, inputName), ...picked.notices],
      malformedLines: ledger.malformed.length,
      expectations,
    },
    {
      seed,
      resamples,
      alpha,
      clusterBy,
      metrics,
      isIntersected,
      areNamed: runs !== undefined && given.arePicked !== true,
      lauterVersion: VERSION,
      commands: [...suites.flatMap(({ arms }) => arms.flatMap(({ record }) => commandOf(record))), typed(['lauter', ...(io.args ?? [])])],
      ...(margin === undefined ? {} : { margin }),
    },
  );
}

async function readSuite({ suite, arms, missing }: PickedRecords['suites'][number], ledger: string): Promise<ReadSuite> {
  const read = arms.map(async ({ name, record }) => ({ name, record, rows: await readRows(record, ledger) }));
  return { suite, arms: await Promise.all(read), missing: Object.keys(missing) };
}

const MOST_NAMED = 10;

function tellLedger({ malformed, isChained }: EvalLedger, name: string): string[] {
  const shown = malformed.slice(0, MOST_NAMED).join(', ');
  return [
    ...(malformed.length === 0
      ? []
      : [
          `${malformed.length} ${malformed.length === 1 ? 'line' : 'lines'} of ${name} could not be read as a record and ${malformed.length === 1 ? 'does' : 'do'} not count: ${shown}${malformed.length > MOST_NAMED ? ' and more' : ''}`,
        ]),
    ...(isChained ? [] : [`the rows of ${name} are not chained, so nobody can tell whether one of them was changed`]),
  ];
}

function commandOf({ command }: EvalReadRecord): string[] {
  return Array.isArray(command) && command.every((word) => typeof word === 'string') && command.length > 0 ? [typed(command)] : [];
}

function typed(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
