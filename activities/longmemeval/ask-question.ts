import {
  buildHaystack,
  configHashes,
  findLeakInPages,
  findLeakInText,
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
import type { Retriever } from '../search-ports.ts';
import { answerQuestion } from './answer-question.ts';
import { leakError } from './leak-error.ts';
import type { LongMemEvalWorld } from './world.ts';

/** Searches a question in a collection of its own haystack and, where asked for, has it answered and judged. */
export async function askQuestion(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  question: LongMemEvalQuestion,
  retriever: Retriever,
  signal: AbortSignal,
): Promise<LongMemEvalRow> {
  const { retrieval, session_k, reader } = run.settings;
  const haystack = buildHaystack(question, world.sha256);
  refuseLeak(question, haystack);
  if (retriever.index === undefined) throw cannotIndex(retriever.name);
  // In memory the next question takes the place of the last; elsewhere others may be searched at the same time.
  const collection = retriever.name === 'builtin' ? 'longmemeval' : questionCollection(question.question_id, world.sha256);
  await retriever.index(collection, haystack.pages);
  const response = await retriever.search({
    collection,
    query: question.question,
    strategy: retrieval.strategy,
    mode: retrieval.mode ?? undefined,
    knobs: { ...retrieval.knobs, limit: retrieval.top_k } as Record<string, KnobValue>,
    isEvaluation: true,
    signal,
  });
  const answer = reader === null ? NO_ANSWER : await answerQuestion(world, run, { question, haystack, hits: response.results }, signal);
  return writeRow({
    question,
    haystack,
    response,
    answer,
    depths: session_k,
    retrievalConfigHash: configHashes(run.settings, world.sha256).retrieval,
    datasetHash: run.dataset.sha256,
    latencyMs: response.meta.latency_ms,
  });
}

/** LongMemEval needs an engine that can be filled. */
export function cannotIndex(name: string): UsageError {
  return new UsageError(
    `measuring the retriever ${name}: expected one that can make a collection of given pages, found one that cannot.`,
    'Give it `index` (or `can_index`) in the config, or measure another one.',
  );
}

function refuseLeak(question: LongMemEvalQuestion, { pages, rawIds }: Haystack): void {
  const ids = [...rawIds.values(), ...question.answer_session_ids];
  const leak = findLeakInPages(pages, ids) ?? findLeakInText('query', question.question, ids);
  if (leak !== undefined) throw leakError(question.question_id, leak);
}
