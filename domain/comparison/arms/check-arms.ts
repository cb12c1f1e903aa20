import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { QuestionRows } from '../../shared/question-rows.ts';
import type { Arm, Refusal } from './arm.ts';

/** An arm as it was read. */
export interface ReadArm {
  readonly name: string;
  readonly record: EvalReadRecord;
  readonly rows: QuestionRows;
}

export interface ArmRules {
  /** Compares the questions that all arms have, where they have others too. */
  readonly isIntersected: boolean;
  /** The records were named: what differs between their configurations is then what is compared. */
  readonly areNamed: boolean;
}

export type CheckedArms =
  | {
      readonly ok: true;
      readonly arms: readonly Arm[];
      /** By arm: questions that another arm lacks. */
      readonly dropped: Readonly<Record<string, number>>;
      readonly notices: readonly string[];
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Whether the arms of a suite answered the same questions of the same data in full; all that speaks against it, or the arms with those questions alone. */
export function checkArms(suite: string, arms: readonly ReadArm[], rules: ArmRules): CheckedArms {
  const alone = arms.flatMap((arm) => checkArm(suite, arm));
  if (alone.length > 0) return { ok: false, refusals: alone };
  const read = arms.flatMap(({ name, record, rows }): Arm[] => (rows.ok ? [{ name, record, questions: rows.questions }] : []));
  const digests = checkDigests(suite, read, rules);
  const isOneData = !digests.some(({ expected }) => expected === ONE_DATASET);
  const { common, lone } = matchQuestions(read);
  const sets = rules.isIntersected && isOneData && common.size > 0 ? [] : checkSets(suite, read, lone);
  if (digests.length + sets.length > 0) return { ok: false, refusals: [...digests, ...sets] };
  const kept = read.map((arm) => ({ ...arm, questions: arm.questions.filter(({ question_id }) => common.has(question_id)) }));
  return {
    ok: true,
    arms: kept,
    dropped: Object.fromEntries([...lone].map(([name, ids]) => [name, ids.length])),
    notices: [...arms.flatMap(tellSuperseded), ...tellDifferences(suite, read)],
  };
}

const ONE_DATASET = 'one dataset';
/** Above this share of errors of the harness a run says nothing about what was searched. */
const MOST_HARNESS_ERRORS = 0.1;

function checkArm(suite: string, { name, record, rows }: ReadArm): Refusal[] {
  const refuse = (expected: string, found: string, remedy: string): Refusal[] => [
    { suite, expected, found: `${found} in ${name} (${record.run_id})`, remedy },
  ];
  if (record.status === 'over_budget') return refuse('runs within their budget', 'a run that its budget ended', RUN_AGAIN);
  if (record.status !== 'completed') return refuse('runs that were completed', `status ${record.status}`, RUN_AGAIN);
  if (!rows.ok) return refuse(rows.expected, rows.found, rows.remedy);
  const { questions } = rows;
  if (questions.length === 0) return refuse('questions', 'none', RUN_AGAIN);
  const unpaid = questions.filter(({ outcome }) => outcome === 'skipped_budget').length;
  if (unpaid > 0) return refuse('every question asked', `${unpaid} of ${questions.length} skipped for the budget`, RUN_AGAIN);
  const errors = questions.filter(({ outcome }) => outcome === 'harness_error').length;
  if (errors > MOST_HARNESS_ERRORS * questions.length)
    return refuse('at most 10 % errors of the harness', `${errors} of ${questions.length}, which makes the run invalid,`, RUN_AGAIN);
  return [];
}

const RUN_AGAIN = 'Run that mode again, or name other runs with --runs.';

function checkDigests(suite: string, arms: readonly Arm[], { areNamed }: ArmRules): Refusal[] {
  const refuse = (expected: string, found: string): Refusal[] => [
    { suite, expected, found, remedy: 'Run all modes again on the same dataset with the same config; `lauter eval run-all` does.' },
  ];
  const datasets = valuesOf(arms, ({ record }) => record.dataset_hash ?? null);
  const configs = valuesOf(arms, ({ record }) => textOf(record, 'config_hash'));
  return [
    ...(datasets.size > 1 ? refuse(ONE_DATASET, tellValues(datasets)) : []),
    ...(configs.size > 1 && !configs.has(null) && !areNamed ? refuse('one config beside the mode', tellValues(configs)) : []),
    ...arms.flatMap((arm) => checkRowDigests(suite, arm)),
  ];
}

/** Rows that say of themselves that they come from elsewhere were put together by somebody. */
function checkRowDigests(suite: string, { name, record, questions }: Arm): Refusal[] {
  return (['dataset_hash', 'config_hash'] as const).flatMap((field) => {
    const own = textOf(record, field);
    const stray = questions.find((question) => own !== null && question[field] !== null && question[field] !== own);
    if (stray === undefined) return [];
    return [
      {
        suite,
        expected: `the ${field} of its record, ${own}, in every row of ${name}`,
        found: `${stray[field]} on question ${stray.question_id}`,
        remedy: RUN_AGAIN,
      },
    ];
  });
}

interface Matched {
  readonly common: ReadonlySet<string>;
  /** By arm: questions that some other arm lacks, in the order of their ids. */
  readonly lone: ReadonlyMap<string, readonly string[]>;
}

function matchQuestions(arms: readonly Arm[]): Matched {
  const sets = arms.map(({ questions }) => new Set(questions.map(({ question_id }) => question_id)));
  const common = new Set([...(sets[0] ?? [])].filter((id) => sets.every((ids) => ids.has(id))));
  const lone = arms.map(({ name }, at) => [name, [...sets[at]!].filter((id) => !common.has(id)).sort(compareCodePoints)] as const);
  return { common, lone: new Map(lone) };
}

function checkSets(suite: string, arms: readonly Arm[], lone: Matched['lone']): Refusal[] {
  const others = [...lone].filter(([, ids]) => ids.length > 0);
  if (others.length > 0) {
    const found = others.map(([name, ids]) => `${ids.length} that not every arm has in ${name} (${firstOf(ids)})`).join(', ');
    return [
      {
        suite,
        expected: 'the same questions in every arm',
        found,
        remedy: 'Run all modes again with the same --limit and --seed, or compare what they share with --intersect.',
      },
    ];
  }
  const sets = valuesOf(arms, ({ record }) => record.question_set_hash ?? null);
  if (sets.size < 2 || sets.has(null)) return [];
  const remedy = 'Run all modes again on the same dataset: ids are the same, and what they ask is not.';
  return [{ suite, expected: 'one question set', found: tellValues(sets), remedy }];
}

const MOST_NAMED = 10;

function firstOf(ids: readonly string[]): string {
  return `${ids.slice(0, MOST_NAMED).join(', ')}${ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : ''}`;
}

/** Which arms say what, in the order in which it is first said. */
function valuesOf(arms: readonly Arm[], read: (arm: Arm) => string | null): ReadonlyMap<string | null, string[]> {
  const values = new Map<string | null, string[]>();
  for (const arm of arms) {
    const value = read(arm);
    values.set(value, [...(values.get(value) ?? []), arm.name]);
  }
  return values;
}

function tellValues(values: ReadonlyMap<string | null, readonly string[]>): string {
  return [...values].map(([value, names]) => `${value ?? 'unknown'} in ${names.join(' and ')}`).join(', ');
}

function textOf(record: EvalReadRecord, field: string): string | null {
  const value = record[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

function tellSuperseded({ name, rows }: ReadArm): string[] {
  if (!rows.ok || rows.superseded === 0) return [];
  return [`${name}: ${rows.superseded} rows of earlier attempts do not count; the last attempt of a question does`];
}

/** What else differs between arms, and so may be why they differ. */
const TOLD = ['commit', 'config_hash', 'corpus_hash', 'lauter_version', 'seed', 'limit', 'price_table'];

function tellDifferences(suite: string, arms: readonly Arm[]): string[] {
  const fields = TOLD.flatMap((field) => {
    const values = valuesOf(arms, ({ record }) => tellField(record[field]));
    return values.size < 2 ? [] : [`${suite}: arms differ in ${field}: ${tellValues(values)}`];
  });
  const models = [...new Set(arms.flatMap(({ record }) => Object.keys(lanesOf(record))))].flatMap((lane) => {
    const values = valuesOf(arms, ({ record }) => tellField(lanesOf(record)[lane]));
    return values.size < 2 ? [] : [`${suite}: arms differ in the model of ${lane}: ${tellValues(values)}`];
  });
  const isUnknown = arms.every(({ record }) => typeof record.dataset_hash !== 'string');
  return [
    ...fields,
    ...models,
    ...(isUnknown ? [`${suite}: no record states the hash of its dataset, so nobody can tell that it was one`] : []),
  ];
}

function lanesOf({ models }: EvalReadRecord): Readonly<Record<string, unknown>> {
  return typeof models === 'object' && models !== null ? (models as Record<string, unknown>) : {};
}

function tellField(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
