import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../../adapters/digest.ts';
import { readQuestion, scanDataset } from '../../../adapters/longmemeval/scan-dataset.ts';
import { stageDataset } from '../../../adapters/longmemeval/stage-dataset.ts';
import { readPages } from '../../../adapters/pages/read-pages.ts';
import { buildHaystack, isAbstention } from '../../../domain/longmemeval/index.ts';
import { readQrels, readQueryTexts, type JudgedQuery } from '../../../domain/measures/index.ts';
import { longMemEvalQuestionSchema, type LongMemEvalQuestion } from '../../../schemas/longmemeval-question.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';

/** Pages that are searched together, and the judged queries that are put to them. */
export interface Body {
  readonly pages: readonly SearchPage[];
  readonly queries: readonly JudgedQuery[];
  /** What the judgments call the page of a slug. */
  readonly docOf: (slug: string) => string;
}

const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const BEIR = { cranfield: 'ir-cranfield/beir', cacm: 'ir-cacm/beir', relational: 'gbrain-evals/derived/relational-145' } as const;
const LONGMEMEVAL = { oracle: 'longmemeval/longmemeval_oracle.json', dev50: 'longmemeval/longmemeval_s_dev50.jsonl.zst' } as const;

export type BodyName = keyof typeof BEIR | keyof typeof LONGMEMEVAL;

/** False where any of the measured data is absent. */
export function hasBodies(): boolean {
  return [...Object.values(BEIR), ...Object.values(LONGMEMEVAL)].every((name) => existsSync(join(DATA, name)));
}

/** The bodies of a data set, one after another. `scratch` is a folder that files may be unpacked into. */
export async function* readBodies(name: BodyName, scratch: string): AsyncIterable<Body> {
  if (name === 'oracle') yield await readOracle();
  else if (name === 'dev50') yield* readQuestionBodies(await stageDataset(join(DATA, LONGMEMEVAL.dev50), join(scratch, 'dev50.jsonl')));
  else yield await readBeir(join(DATA, BEIR[name]));
}

/** All sessions of the oracle file as one body, a page for each text, and the questions that have an answer. */
export async function readOracle(): Promise<Body> {
  const questions: LongMemEvalQuestion[] = [];
  for await (const question of readQuestions(join(DATA, LONGMEMEVAL.oracle))) questions.push(question);
  const { pages, rawIds } = buildHaystack(
    {
      ...questions[0]!,
      question_id: 'oracle',
      haystack_sessions: questions.flatMap((question) => question.haystack_sessions),
      haystack_session_ids: questions.flatMap((question) => question.haystack_session_ids ?? []),
      haystack_dates: questions.flatMap((question) => question.haystack_dates ?? []),
    },
    sha256,
  );
  return { pages, queries: questions.filter(hasAnswer).map(judgedQuery), docOf: (slug) => rawIds.get(slug)! };
}

async function* readQuestionBodies(path: string): AsyncIterable<Body> {
  for await (const question of readQuestions(path)) {
    const { pages, rawIds } = buildHaystack(question, sha256);
    if (hasAnswer(question)) yield { pages, queries: [judgedQuery(question)], docOf: (slug) => rawIds.get(slug)! };
  }
}

async function* readQuestions(path: string): AsyncIterable<LongMemEvalQuestion> {
  for await (const entry of scanDataset(path)) yield longMemEvalQuestionSchema.parse(readQuestion(path, entry));
}

function hasAnswer({ question_id: id }: LongMemEvalQuestion): boolean {
  return !isAbstention(id);
}

function judgedQuery({ question_id: id, question: query, answer_session_ids: gold }: LongMemEvalQuestion): JudgedQuery {
  return { id, query, label: null, embeddingDim: null, grades: new Map(gold.map((session) => [session, 1])), expectedTop1: null };
}

async function readBeir(folder: string): Promise<Body> {
  const pages: SearchPage[] = [];
  for await (const reading of readPages(join(folder, 'corpus.jsonl'))) if ('page' in reading) pages.push(reading.page);
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const texts = readQueryTexts(text('queries.jsonl'), 'queries.jsonl');
  const { queries } = readQrels(text('qrels/test.tsv'), 'test.tsv');
  return { pages, queries: queries.map((query) => ({ ...query, query: texts.get(query.id)! })), docOf: (slug) => slug };
}
