import { sumUsd } from '../../domain/cost/index.ts';
import {
  buildHaystack,
  configHashes,
  findLeakInPages,
  findLeakInText,
  neutralizeMarks,
  NO_ANSWER,
  questionCollection,
  writeRow,
  type Haystack,
} from '../../domain/longmemeval/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { LongMemEvalQuestion } from '../../schemas/longmemeval-question.ts';
import type { LongMemEvalRow } from '../../schemas/longmemeval-rows.ts';
import type { KnobValue } from '../../schemas/search-knobs.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { IntendedSearch } from '../search-ports.ts';
import { answerQuestion } from './answer-question.ts';
import { leakError } from './leak-error.ts';
import type { RunEngine } from './run-engine.ts';
import type { LongMemEvalWorld } from './world.ts';

/** Where a question is asked. */
export interface QuestionPlace extends RunEngine {
  /** Runs that were left before this one. */
  readonly earlier: readonly string[];
  readonly signal: AbortSignal;
}

/** Searches a question in a collection of its own haystack and, where asked for, has it answered and judged. */
export async function askQuestion(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  question: LongMemEvalQuestion,
  { retriever, takeUsd, earlier, signal }: QuestionPlace,
): Promise<LongMemEvalRow> {
  const { retrieval, session_k, reader } = run.settings;
  takeUsd();
  const haystack = buildHaystack(question, world.sha256);
  const asked = withoutMarks(question, haystack);
  refuseLeak(asked, haystack);
  if (retriever.index === undefined) throw cannotIndex(retriever.name);
  // In memory the next question takes the place of the last; elsewhere others may be searched at the same time.
  const collection = retriever.name === 'builtin' ? 'longmemeval' : questionCollection(question.question_id, world.sha256);
  const how: IntendedSearch = {
    strategy: retrieval.strategy,
    mode: retrieval.mode ?? undefined,
    knobs: { ...retrieval.knobs, limit: retrieval.top_k } as Record<string, KnobValue>,
    signal,
  };
  await retriever.index(collection, haystack.pages, how);
  const response = await retriever.search({ ...how, collection, query: asked.question, isEvaluation: true });
  const retrievalUsd = takeUsd();
  const found = { question: asked, haystack, hits: response.results, earlier };
  const answer = reader === null ? NO_ANSWER : await answerQuestion(world, run, found, signal);
  return writeRow({
    question,
    haystack,
    response,
    answer: { ...answer, cost_usd: withRetrieval(answer.cost_usd, retrievalUsd) },
    depths: session_k,
    retrievalConfigHash: configHashes(run.settings, world.sha256).retrieval,
    datasetHash: run.dataset.sha256,
    latencyMs: response.meta.latency_ms,
  });
}

/** Null where nothing was paid for at all. */
function withRetrieval(answerUsd: number | null, retrievalUsd: number): number | null {
  return answerUsd === null && retrievalUsd === 0 ? null : sumUsd([answerUsd ?? 0, retrievalUsd]);
}

/** LongMemEval needs an engine that can be filled. */
export function cannotIndex(name: string): UsageError {
  return new UsageError(
    `measuring the retriever ${name}: expected one that can make a collection of given pages, found one that cannot.`,
    'Give it `index` (or `can_index`) in the config, or measure another one.',
  );
}

/** The question as an engine and a model get it; the row has it as it is. */
function withoutMarks(question: LongMemEvalQuestion, { rawIds }: Haystack): LongMemEvalQuestion {
  const ids = new Set([...rawIds.values(), ...question.answer_session_ids]);
  const { question: text, answer } = question;
  return {
    ...question,
    question: neutralizeMarks(text, ids),
    ...(typeof answer === 'string' ? { answer: neutralizeMarks(answer, ids) } : {}),
  };
}

function refuseLeak(question: LongMemEvalQuestion, { pages, rawIds }: Haystack): void {
  const ids = [...rawIds.values(), ...question.answer_session_ids];
  const leak = findLeakInPages(pages, ids) ?? findLeakInText('query', question.question, ids);
  if (leak !== undefined) throw leakError(question.question_id, leak);
}
