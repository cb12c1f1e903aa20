import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import type { KnobValue } from '../../schemas/search-knobs.ts';
import type { BudgetLane } from '../../schemas/vocabulary.ts';
import { SESSION_CAP } from '../fencing/index.ts';
import { resolveKnobs } from '../search/index.ts';
import { estimateTokens } from '../shared/text.ts';
import { JUDGE_MAX_TOKENS, judgeMessages } from './judge-prompt.ts';
import { readerMessages, type Message } from './reader-prompt.ts';

/** What a run is expected to ask of one served model, over all its questions. */
export interface ExpectedCalls {
  readonly lane: BudgetLane;
  /** As the server knows it. */
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** How much there is to do. */
export interface WorkAhead {
  readonly questions: number;
  /** Of the questions with their haystacks, as they stand in the dataset. */
  readonly characters: number;
}

/**
 * The calls of served models that a run is expected to make, lane by lane: four characters count as a token. A reader gets as many sessions as passages
 * are retrieved, each up to its cap, and the question; a judge the question, both answers and its rules; each may write all that it is allowed to. Vectors
 * are made of all haystacks, and what the workspace has made of them before is not taken off.
 */
export function expectCalls(settings: LongMemEvalSettings, { questions, characters }: WorkAhead): ExpectedCalls[] {
  const { reader, judge, retrieval } = settings;
  const calls: (ExpectedCalls | null)[] = [
    ...expectRetrieval(retrieval, { questions, characters }),
    reader === null
      ? null
      : {
          lane: 'reader',
          model: reader.model,
          inputTokens:
            questions * (estimateTokens(charactersOf(emptyReading(reader.mode)) + retrieval.top_k * SESSION_CAP) + QUESTION_TOKENS),
          outputTokens: questions * reader.max_tokens,
        },
    judge === null
      ? null
      : {
          lane: 'judge',
          model: judge.model,
          inputTokens: questions * (estimateTokens(charactersOf(EMPTY_JUDGEMENT)) + 2 * QUESTION_TOKENS + (reader?.max_tokens ?? 0)),
          outputTokens: questions * JUDGE_MAX_TOKENS,
        },
  ];
  return calls.filter((one) => one !== null);
}

/** As many as a question, or a right answer, usually has. */
const QUESTION_TOKENS = 50;
const CHUNK_TOKENS = 400;
const EXPANSION_TOKENS = { input: 500, output: 200 };

/** Our own engine alone: what others call is their own affair. */
function expectRetrieval(
  { retriever, strategy, mode, knobs: perCall, search }: LongMemEvalSettings['retrieval'],
  { questions, characters }: WorkAhead,
): (ExpectedCalls | null)[] {
  if (retriever !== 'builtin') return [];
  const { knobs } = resolveKnobs({ settings: search, mode: mode ?? undefined, perCall: perCall as Record<string, KnobValue>, strategy });
  const embedder = Object.hasOwn(search.embedders, search.embedder) ? search.embedders[search.embedder] : undefined;
  const { expansion_model: expander, reranker } = search;
  return [
    embedder?.kind === 'openai' && strategy !== 'keyword'
      ? { lane: 'embedding', model: embedder.model, inputTokens: estimateTokens(characters) + questions * QUESTION_TOKENS, outputTokens: 0 }
      : null,
    knobs.expansion && expander !== undefined
      ? {
          lane: 'expansion',
          model: expander.model,
          inputTokens: questions * EXPANSION_TOKENS.input,
          outputTokens: questions * EXPANSION_TOKENS.output,
        }
      : null,
    knobs.reranker && reranker !== undefined
      ? {
          lane: 'reranking',
          model: reranker.model,
          inputTokens: questions * knobs.rerank_top_n_in * (CHUNK_TOKENS + QUESTION_TOKENS),
          outputTokens: 0,
        }
      : null,
  ];
}

function emptyReading(mode: NonNullable<LongMemEvalSettings['reader']>['mode']): readonly Message[] {
  return readerMessages({ question: '', questionDate: '2023/06/23 (Fri) 07:31', blocks: [] }, mode);
}

const EMPTY_JUDGEMENT = judgeMessages({
  questionId: '',
  questionType: 'single-session-preference',
  question: '',
  answer: '',
  hypothesis: '',
});

function charactersOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + content.length, 0);
}
