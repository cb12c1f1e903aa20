import {
  answerOf,
  configHashes,
  findLeakInText,
  JUDGE_MAX_TOKENS,
  JUDGE_PROMPT_VERSION,
  judgeMessages,
  neutralizeMarks,
  NO_ANSWER,
  READER_PROMPT_VERSION,
  readerContext,
  readerMessages,
  readerSystemPrompt,
  readJudgeVerdict,
  type AnswerFields,
  type Haystack,
  type Message,
} from '../../domain/longmemeval/index.ts';
import type { LongMemEvalQuestion } from '../../schemas/longmemeval-question.ts';
import { sumUsd } from '../../domain/cost/index.ts';
import type { SearchHit } from '../../schemas/search-response.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { PaidCall, UnansweredCall } from '../ask-paid.ts';
import { callModel } from './call-model.ts';
import { leakError } from './leak-error.ts';
import type { LongMemEvalWorld } from './world.ts';

export interface FoundForQuestion {
  readonly question: LongMemEvalQuestion;
  readonly haystack: Haystack;
  readonly hits: readonly SearchHit[];
  /** Runs that were left before this one; what they paid for is not paid again. */
  readonly earlier: readonly string[];
}

/** Has a reader answer from what was found, and a judge compare that with the right answer. Rejects when the reader gives no answer, with an OverBudgetError when one of both may not be paid for. */
export async function answerQuestion(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  found: FoundForQuestion,
  signal: AbortSignal,
): Promise<AnswerFields> {
  const { reader } = run.settings;
  if (reader === null) return NO_ANSWER;
  const { question, haystack, hits, earlier } = found;
  const hashes = configHashes(run.settings, world.sha256);
  const context = readerContext(haystack, hits);
  const messages = readerMessages(
    { question: question.question, questionDate: question.question_date ?? null, blocks: context.blocks },
    reader.mode,
  );
  refuseLeak(found, messages);
  const key = world.sha256([run.dataset.sha256, hashes.retrieval, hashes.reader, question.question_id, 'reader'].join('\n'));
  const server = { ...reader, role: 'reader' } as const;
  const call = await callModel(world, run, { server, messages, maxTokens: reader.max_tokens, key }, { earlier, signal });
  if (call.state === 'failed') throw new Error(`the reader gave no answer: ${call.detail}`);
  const hypothesis = answerOf(call.text, reader.mode);
  const judged = await judgeAnswer(world, run, found, hypothesis, signal);
  return {
    ...NO_ANSWER,
    ...judged.fields,
    hypothesis,
    prompt_hash: world.sha256(messages.map(({ content }) => content).join('\n')),
    reader_model: reader.model,
    reader_model_snapshot: call.snapshot,
    reader_mode: reader.mode,
    reader_prompt_version: READER_PROMPT_VERSION,
    reader_prompt_sha: world.sha256(readerSystemPrompt(reader.mode)),
    reader_max_tokens: reader.max_tokens,
    reader_config_hash: hashes.reader,
    reader_finish_reason: call.finishReason,
    reader_context_chars: context.chars,
    reader_context_sessions: context.sessions,
    reader_sessions_truncated: context.truncated,
    usage: {
      input_tokens: sum(call.usage?.prompt_tokens, usageOf(judged.call)?.prompt_tokens),
      output_tokens: sum(call.usage?.completion_tokens, usageOf(judged.call)?.completion_tokens),
    },
    cost_usd: sumUsd([call.cost_usd, judged.call?.cost_usd ?? 0]),
  };
}

type JudgeFields = Partial<AnswerFields>;

async function judgeAnswer(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  found: FoundForQuestion,
  hypothesis: string,
  signal: AbortSignal,
): Promise<{ readonly fields: JudgeFields; readonly call: PaidCall | UnansweredCall | null }> {
  const { judge } = run.settings;
  const { question } = found;
  if (judge === null) return { fields: {}, call: null };
  const { reader, retrieval, judge: config } = configHashes(run.settings, world.sha256);
  const made: JudgeFields = { judge_model: judge.model, judge_prompt_version: JUDGE_PROMPT_VERSION, judge_config_hash: config };
  const { answer } = question;
  if (answer === null || answer === undefined) return { fields: { ...made, judge_skipped: 'the dataset states no answer' }, call: null };
  const messages = judgeMessages({
    questionId: question.question_id,
    questionType: question.question_type,
    question: question.question,
    answer,
    hypothesis: neutralizeMarks(hypothesis, new Set(idsOf(found))),
  });
  refuseLeak(found, messages);
  const key = world.sha256([run.dataset.sha256, retrieval, reader, config, question.question_id, 'judge'].join('\n'));
  const server = { ...judge, role: 'judge' } as const;
  const call = await callModel(world, run, { server, messages, maxTokens: JUDGE_MAX_TOKENS, key }, { earlier: found.earlier, signal });
  const cost = { judge_attempts: call.attempts, judge_cost_usd: call.cost_usd };
  if (call.state === 'failed') return { fields: { ...made, ...cost, judge_error: call.detail }, call };
  const verdict = readJudgeVerdict(call.text);
  return {
    call,
    fields: {
      ...made,
      judge_model_snapshot: call.snapshot,
      judge_correct: verdict,
      judge_error: verdict === null ? 'the reply holds no verdict' : null,
      judge_raw: call.text,
      ...cost,
    },
  };
}

function refuseLeak(found: FoundForQuestion, messages: readonly Message[]): void {
  const leak = findLeakInText('prompt', messages.map(({ content }) => content).join('\n'), idsOf(found));
  if (leak !== undefined) throw leakError(found.question.question_id, leak);
}

function idsOf({ question, haystack }: FoundForQuestion): string[] {
  return [...haystack.rawIds.values(), ...question.answer_session_ids];
}

function usageOf(call: PaidCall | UnansweredCall | null): PaidCall['usage'] {
  return call?.state === 'answered' ? call.usage : null;
}

function sum(left: number | null | undefined, right: number | null | undefined): number | null {
  return left === null || left === undefined ? (right ?? null) : left + (right ?? 0);
}
