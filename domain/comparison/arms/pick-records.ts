import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { UsageError } from '../../shared/errors.ts';
import { uidOf, type Refusal } from './arm.ts';
import { compareTimes, nameArms, orderRecords } from './order-arms.ts';

/** What people ask to see. */
export interface Wanted {
  /** Run ids or uids. Without them, the newest record of each suite and mode counts. */
  readonly runs?: readonly string[] | undefined;
  readonly modes?: readonly string[] | undefined;
  readonly suite?: string | undefined;
}

/** The records of a suite that are to be compared, in order, with a name for each. */
export interface PickedSuite {
  readonly suite: string;
  readonly arms: readonly { readonly name: string; readonly record: EvalReadRecord }[];
  /** Modes without a record that can be compared, each with why. */
  readonly missing: Readonly<Record<string, string>>;
}

export interface PickedRecords {
  readonly suites: readonly PickedSuite[];
  /** The newest record without a mode, of each suite. */
  readonly withoutMode: readonly EvalReadRecord[];
  readonly refusals: readonly Refusal[];
  readonly notices: readonly string[];
}

const NO_MODE = 'n/a';

/**
 * Picks what is compared: the records that are named, or the newest of each suite and mode. A mode that was skipped, or that another suite was run in, is
 * missing; a suite that lacks a mode that was asked for, or has fewer than two, is refused, or only told of where others are left and nobody named it.
 * UsageError for a run or suite that the ledger does not know.
 */
export function pickRecords(records: readonly EvalReadRecord[], wanted: Wanted): PickedRecords {
  const { runs, modes, suite } = wanted;
  const notices: string[] = [];
  const named = runs === undefined ? records : runs.map((run) => findRun(records, run, notices));
  const ofSuite = suite === undefined ? named : requireSuite(named, suite);
  const known = ofSuite.filter(({ mode }) => mode !== NO_MODE);
  const asked = modes === undefined ? known : known.filter(({ mode }) => modes.includes(mode));
  const counted = runs === undefined ? newestOf(asked) : [...new Map(asked.map((record) => [uidOf(record), record])).values()];
  const names = suite === undefined ? known.map((record) => record.suite) : [suite];
  const expectedIn = (name: string): readonly string[] =>
    modes ?? counted.filter((record) => runs === undefined || record.suite === name).map(({ mode }) => mode);
  const picked = [...new Set(names)].sort(compareCodePoints).map((name) => pickSuite(name, counted, new Set(expectedIn(name))));
  const isNamed = (one: PickedSuite): boolean => suite !== undefined || modes !== undefined || one.arms.length >= 2;
  const isWhole = (one: PickedSuite): boolean => one.arms.length >= 2 && (modes === undefined || Object.keys(one.missing).length === 0);
  const suites = picked.filter(isWhole);
  const others = picked.filter((one) => !isWhole(one));
  const refused = suites.length === 0 ? others : others.filter(isNamed);
  for (const one of [...suites, ...others.filter((other) => !refused.includes(other))]) notices.push(...tellMissing(one));
  return {
    suites,
    withoutMode: newestOf(ofSuite.filter(({ mode }) => mode === NO_MODE)),
    refusals: refused.map((one) => refuse(one, modes)),
    notices,
  };
}

function findRun(records: readonly EvalReadRecord[], run: string, notices: string[]): EvalReadRecord {
  const byUid = records.filter((record) => record.run_uid === run);
  const found = byUid.length > 0 ? byUid : records.filter(({ run_id }) => run_id === run);
  const newest = [...found].sort(compareTimes).at(-1);
  if (newest === undefined) {
    const last = [...records].sort(compareTimes).slice(-MOST_NAMED).map(uidOf);
    throw new UsageError(
      `comparing runs, on --runs ${run}: expected a run_id or run_uid of the ledger, found none of that name.`,
      `Name runs that it has; the newest are ${last.join(', ') || 'none'}.`,
      { flag: '--runs', value: run },
    );
  }
  if (found.length > 1) notices.push(`${run} names ${found.length} records; the newest counts, ${uidOf(newest)} of ${newest.ran_at}`);
  return newest;
}

const MOST_NAMED = 10;

function requireSuite(records: readonly EvalReadRecord[], suite: string): EvalReadRecord[] {
  const found = records.filter((record) => record.suite === suite);
  if (found.length > 0) return found;
  const known = [...new Set(records.map((record) => record.suite))].sort(compareCodePoints);
  throw new UsageError(
    `comparing records, on --suite ${suite}: expected a suite of the ledger, found none of that name.`,
    `Name one of ${known.join(', ') || 'none: the ledger is empty'}.`,
    { flag: '--suite', value: suite },
  );
}

function newestOf(records: readonly EvalReadRecord[]): EvalReadRecord[] {
  const byCell = new Map<string, EvalReadRecord>();
  for (const record of [...records].sort(compareTimes)) byCell.set(JSON.stringify([record.suite, record.mode]), record);
  return [...byCell.values()];
}

function pickSuite(suite: string, counted: readonly EvalReadRecord[], expected: ReadonlySet<string>): PickedSuite {
  const records = orderRecords(counted.filter((record) => record.suite === suite));
  const ran = records.filter(({ status }) => status !== 'skipped');
  const names = nameArms(ran);
  const missing = [...expected].filter((mode) => !ran.some((record) => record.mode === mode));
  return {
    suite,
    arms: ran.map((record, at) => ({ name: names[at]!, record })),
    missing: Object.fromEntries(missing.map((mode) => [mode, whyMissing(records.find((record) => record.mode === mode))])),
  };
}

function whyMissing(record: EvalReadRecord | undefined): string {
  if (record === undefined) return 'no record';
  return `skipped${typeof record.error === 'string' ? `: ${record.error}` : ''}`;
}

function tellMissing({ suite, arms, missing }: PickedSuite): string[] {
  const gaps = Object.entries(missing).map(([mode, why]) => `${suite} has nothing of ${mode}: ${why}`);
  return arms.length >= 2 ? gaps : [...gaps, `${suite} is not compared: it has ${tellArms(arms)}, and two are needed`];
}

function refuse({ suite, arms, missing }: PickedSuite, modes: readonly string[] | undefined): Refusal {
  const gaps = Object.entries(missing).map(([mode, why]) => `nothing of ${mode} (${why})`);
  return {
    suite,
    expected: modes === undefined || modes.length < 2 ? 'at least two arms' : `a record of each of ${modes.join(', ')}`,
    found: [tellArms(arms), ...gaps].join(', '),
    remedy: 'Run the suite in the other modes with `lauter eval run-all`, or name modes or runs that are there with --modes or --runs.',
  };
}

function tellArms(arms: PickedSuite['arms']): string {
  return arms.length === 0 ? 'no arm' : `${arms.length === 1 ? 'only ' : ''}${arms.map(({ name }) => name).join(', ')}`;
}
