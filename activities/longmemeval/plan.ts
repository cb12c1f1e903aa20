import { configHashes, decideResume, type Resumed } from '../../domain/longmemeval/index.ts';
import { CollectionError, UsageError } from '../../domain/shared/errors.ts';
import { longMemEvalQuestionSchema } from '../../schemas/longmemeval-question.ts';
import { longMemEvalReadRowSchema, type LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalPlan, LongMemEvalRun } from '../eval-contract.ts';
import type { Attempt } from '../ports.ts';
import type { DatasetEntry, LongMemEvalFiles, LongMemEvalWorld, QuestionPlace } from './world.ts';

/** A question that was selected. */
export interface PlannedQuestion extends QuestionPlace {
  readonly question_id: string;
}

/** What a run is to do; lies in its folder as `plan`. */
export interface WrittenPlan {
  /** The dataset, or its unpacked copy. */
  readonly path: string;
  /** Ids of the dataset that are selected, in its order. */
  readonly order: readonly string[];
  readonly pending: readonly PlannedQuestion[];
  readonly reused: number;
  /** Runs that were left before, whose calls are paid for. */
  readonly earlier: readonly string[];
  readonly notices: readonly string[];
}

/** Questions in one batch: what a kill costs at most, in seconds of searching. */
export const QUESTIONS_PER_BATCH = 8;

/** Reads dataset and resumed file, and writes down what is to be done. A plan that is there already holds. */
export async function planLongMemEval(world: LongMemEvalWorld, run: LongMemEvalRun, attempt: Attempt): Promise<LongMemEvalPlan> {
  const { files } = world;
  if (files.has(run.run_id, 'plan')) return sizeOf(files.read<WrittenPlan>(run.run_id, 'plan'));
  const { path, resumed, dataset, pending } = await chooseQuestions(world, run, () => files.stageDataset(run), attempt);
  const plan: WrittenPlan = {
    path,
    order: dataset.questions.map(({ question_id }) => question_id),
    pending,
    reused: resumed.rows.length,
    earlier: run.resume_from === null ? [] : files.runsWithCalls().filter((id) => id !== run.run_id),
    notices: [...resumed.notices, ...dataset.notices],
  };
  const lines = resumed.rows.map(({ text, row }) => withGold(text, row, dataset.questions, (place) => files.readQuestion(path, place)));
  files.writeLines(run.run_id, 'kept', lines);
  if (run.output !== null) {
    files.takeOutput(run.output, run.run_id);
    files.writeHypotheses(run.output, lines);
  }
  files.write(run.run_id, 'plan', plan);
  return sizeOf(plan);
}

/** What decides which questions are asked. */
export type ChosenRun = Pick<LongMemEvalRun, 'dataset' | 'limit' | 'question_ids' | 'resume_from' | 'settings'>;

/** Reads of files that a choice needs. */
export interface ChoiceWorld extends Pick<LongMemEvalWorld, 'sha256'> {
  readonly files: Pick<LongMemEvalFiles, 'scanDataset' | 'readQuestion' | 'readHypotheses'>;
}

/** What is selected of a dataset, what of that is done already, and what is left to do. */
export interface ChosenQuestions {
  readonly path: string;
  readonly resumed: { readonly rows: readonly KeptRow[]; readonly notices: readonly string[] };
  readonly dataset: { readonly questions: readonly PlannedQuestion[]; readonly notices: readonly string[] };
  readonly pending: readonly PlannedQuestion[];
}

/** Chooses the questions of a run; `stage` makes the dataset readable from any place. CollectionError or UsageError for files that cannot be used. */
export async function chooseQuestions(
  world: ChoiceWorld,
  run: ChosenRun,
  stage: () => Promise<string>,
  attempt: Attempt,
): Promise<ChosenQuestions> {
  // First, because unpacking takes its time: what cannot be gone on with is told at once.
  const resumed = readResumed(world, run);
  const path = await stage();
  const dataset = await selectQuestions(world.files, run, path, attempt);
  const kept = new Set(resumed.rows.map(({ row }) => row.question_id));
  return { path, resumed, dataset, pending: dataset.questions.filter(({ question_id }) => !kept.has(question_id)) };
}

function sizeOf({ pending, reused }: WrittenPlan): LongMemEvalPlan {
  return { batches: Math.ceil(pending.length / QUESTIONS_PER_BATCH), questions: pending.length, reused };
}

interface KeptRow {
  readonly text: string;
  readonly row: LongMemEvalReadRow;
}

function readResumed(world: ChoiceWorld, run: ChosenRun): { rows: KeptRow[]; notices: string[] } {
  if (run.resume_from === null) return { rows: [], notices: [] };
  const { lines, isLastCut } = world.files.readHypotheses(run.resume_from);
  const all = lines.flatMap(({ text, value }, at) => (isSummary(value) ? [] : [{ text, row: rowOf(value, at + 1) }]));
  const resumed = decideResume(
    all.map(({ row }) => row),
    { ...configHashes(run.settings, world.sha256), dataset: run.dataset.sha256 },
  );
  if (!run.settings.allow_mixed) refuseMixed(resumed);
  const kept = new Set<LongMemEvalReadRow>(resumed.kept);
  return {
    rows: all.filter(({ row }) => kept.has(row)),
    notices: [
      ...(isLastCut ? ['the last line of the resumed file was cut off; it is dropped, and its question is done again'] : []),
      ...resumed.duplicates.map((id) => `question ${id} has several rows in the resumed file; the first counts`),
      ...(resumed.retried.length === 0 ? [] : [`${resumed.retried.length} questions that failed are done again`]),
      ...Object.keys(resumed.mixed).map((name) => `rows of the resumed file differ from this run in ${name}`),
    ],
  };
}

function isSummary(value: unknown): boolean {
  return (value as { kind?: unknown } | null)?.kind === 'by_type_summary';
}

function rowOf(value: unknown, line: number): LongMemEvalReadRow {
  const { success, data } = longMemEvalReadRowSchema.safeParse(value);
  if (success) return data;
  throw new CollectionError(
    `reading the resumed file, line ${line}: expected the row of a question, found something else.`,
    'Name a file that `lauter eval longmemeval --output` wrote.',
  );
}

function refuseMixed({ mixed }: Resumed): void {
  const names = Object.keys(mixed);
  if (names.length === 0) return;
  throw new UsageError(
    `going on with a hypothesis file: expected rows of this configuration, found rows that differ in ${names.join(', ')}.`,
    'Run it as it was run before, begin a new file, or pass --allow-mixed-run-config to have both in one.',
  );
}

async function selectQuestions(
  files: ChoiceWorld['files'],
  run: ChosenRun,
  path: string,
  attempt: Attempt,
): Promise<{ questions: PlannedQuestion[]; notices: string[] }> {
  const named = run.question_ids === null ? null : new Set(run.question_ids);
  const questions: PlannedQuestion[] = [];
  const seen = new Set<string>();
  const notices: string[] = [];
  for await (const entry of files.scanDataset(path)) {
    attempt.throwIfStopped();
    const question_id = idOf(files, run, path, entry);
    if (seen.has(question_id)) {
      notices.push(`question ${question_id} stands in the dataset more than once; the first counts`);
      continue;
    }
    seen.add(question_id);
    if (named !== null && !named.has(question_id)) continue;
    questions.push({ question_id, start: entry.start, end: entry.end });
    attempt.report(questions.length);
    if (named === null && run.limit !== null && questions.length >= run.limit) break;
  }
  const missing = [...(named ?? [])].filter((id) => !seen.has(id)).length;
  if (missing > 0) notices.push(`${missing} of ${named?.size ?? 0} named questions are not in the dataset`);
  if (questions.length === 0) {
    throw new CollectionError(
      `reading the dataset ${run.dataset.name}: expected questions, found none${named === null ? '' : ' of those that are named'}.`,
      'Name a file of LongMemEval, a JSON array or JSON lines.',
    );
  }
  return { questions: questions.slice(0, run.limit ?? questions.length), notices };
}

function idOf(files: ChoiceWorld['files'], { dataset }: ChosenRun, path: string, entry: DatasetEntry): string {
  if ('fault' in entry) throw damaged(dataset.name, entry.line, entry.fault);
  if (entry.questionId !== null) return entry.questionId;
  const id = (files.readQuestion(path, entry) as { question_id?: unknown } | null | undefined)?.question_id;
  if (typeof id === 'string' && id !== '') return id;
  throw damaged(dataset.name, entry.line, 'an entry without question_id');
}

function damaged(name: string, line: number, found: string): CollectionError {
  return new CollectionError(
    `reading the dataset ${name}, line ${line}: expected a question, found ${found}.`,
    'Name a whole file of LongMemEval, a JSON array or JSON lines.',
  );
}

/** A row of another program may tell only whether any gold session was found; the dataset knows which there are. */
function withGold(
  text: string,
  row: LongMemEvalReadRow,
  questions: readonly PlannedQuestion[],
  read: (place: QuestionPlace) => unknown,
): string {
  if (Array.isArray(row.answer_session_ids) || !Array.isArray(row.retrieved_session_ids)) return text;
  const place = questions.find(({ question_id }) => question_id === row.question_id);
  const { data } = longMemEvalQuestionSchema.safeParse(place === undefined ? undefined : read(place));
  return data === undefined ? text : JSON.stringify({ ...row, answer_session_ids: data.answer_session_ids });
}
