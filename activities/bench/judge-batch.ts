import {
  callKey,
  gatesOfFailedCall,
  JUDGE_REPLY_SCHEMA,
  judgeMessages,
  judgePromptHash,
  startJudging,
  takeJudgeReply,
  type JudgedEvent,
  type Judging,
} from '../../domain/bench/index.ts';
import { isWorthRetrying } from '../../domain/shared/call-retry.ts';
import { CALLS_PER_BATCH } from '../../domain/bench-steps/index.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { BatchInput, BatchResult, ModelInput } from '../bench-contract.ts';
import { isLastAttempt, throwIfCancelled, tryAgain, type FailedCall } from './retrying.ts';
import { attemptRecord } from './attempt-record.ts';
import { holdSlot } from './hold-slot.ts';
import { forgetCall, noteCall } from './note-call.ts';
import { judgedEvents, type AskedEvent } from './planned-calls.ts';
import type { BenchWorld, ChatAnswer, ModelCall } from './world.ts';

/** Has the judge score the answers of a batch; an unreadable reply is asked for once more. What is finished already is not asked again. */
export async function judgeBatch(world: BenchWorld, input: BatchInput): Promise<BatchResult> {
  const { run, model, batch } = input;
  const { settings } = run;
  const judge = settings.judge!;
  const items = (await judgedAnswers(world, { run, model })).slice(batch * CALLS_PER_BATCH, (batch + 1) * CALLS_PER_BATCH);
  const server = world.inference(settings, 'judge');
  return holdSlot(world, run, async (slot) => {
    const done: BenchAttempt[] = [];
    const again: FailedCall[] = [];
    for (const item of items) {
      const replayed = replay(world, { run, model }, item);
      let { judging, next } = replayed;
      // Committed by an attempt that died before it could append them.
      done.push(...replayed.calls.map((known) => ({ ...known, reused: true })));
      while (judging.state === 'asking') {
        throwIfCancelled();
        slot.assertCurrent();
        const key = keyOf(world, { run, model }, item.event.event_id, next);
        const messages = judgeMessages({ ...item.event, raw_output: item.output! });
        const outcome = await noteCall(world, { run, model, key }, () =>
          server.chat(
            {
              model: judge.model,
              messages,
              temperature: 0,
              top_p: null,
              max_tokens: null,
              replySchema: { name: 'scores', schema: JUDGE_REPLY_SCHEMA },
              isStreamed: false,
            },
            { timeoutMs: settings.call_timeout_ms, signal: slot.signal, requestId: key },
          ),
        );
        if (outcome.state === 'failed' && isWorthRetrying(outcome.kind) && !isLastAttempt()) {
          forgetCall(world, { run, model });
          again.push(outcome);
          break;
        }
        slot.assertCurrent();
        judging = takeJudgeReply(judging, outcome.state === 'answered' ? outcome.value.text : null);
        const attempt = attemptOf(world, { run, model }, item, { key, next, outcome, isReadable: judging.state === 'scored' });
        world.runs.commitCall(attempt);
        done.push(attempt);
        next += 1;
      }
    }
    world.runs.appendAttempts(run.run_id, model, done);
    if (again.length > 0) throw tryAgain(again);
    return {
      calls: done.length,
      failed: done.filter(({ call_error_kind: kind }) => kind !== null).length,
      reused: done.filter(({ reused }) => reused).length,
    };
  });
}

/** An answer that is to be judged, or a canary. */
export interface JudgedAnswer {
  readonly event: AskedEvent;
  readonly isCanary: boolean;
  /** Null when the model gave none. */
  readonly output: string | null;
}

/** The answers that the judge reads, in their order. */
export async function judgedAnswers(world: BenchWorld, { run, model }: ModelInput): Promise<JudgedAnswer[]> {
  const corpus = await world.corpus(run.settings.corpus_version);
  const outputs = new Map(
    world.runs
      .readAttempts(run.run_id, model)
      .filter(({ purpose, stratum }) => purpose === 'main' && stratum === 'base')
      .map(({ event, raw_output }) => [event.event_id, raw_output]),
  );
  return judgedEvents(run, corpus, world.sha256).map(({ event, canary }) => ({
    event,
    isCanary: canary !== null,
    output: canary ?? outputs.get(event.event_id) ?? null,
  }));
}

/** How far the judging of each answer has come, by the calls that are finished. */
export async function judgingSoFar(
  world: BenchWorld,
  input: ModelInput,
): Promise<{ readonly sample: JudgedEvent[]; readonly canaries: JudgedEvent[] }> {
  const all = (await judgedAnswers(world, input)).map((item) => ({ item, judging: replay(world, input, item).judging }));
  const told = (isCanary: boolean): JudgedEvent[] =>
    all.filter(({ item }) => item.isCanary === isCanary).map(({ item, judging }) => ({ event_id: item.event.event_id, judging }));
  return { sample: told(false), canaries: told(true) };
}

interface Replayed {
  readonly judging: Judging;
  /** Number of the next call. */
  readonly next: number;
  readonly calls: readonly BenchAttempt[];
}

function replay(world: BenchWorld, input: ModelInput, { event, output }: JudgedAnswer): Replayed {
  let judging = startJudging(output);
  const calls: BenchAttempt[] = [];
  for (let next = 0; ; next += 1) {
    const known = judging.state === 'asking' ? world.runs.findCall(input.run.run_id, keyOf(world, input, event.event_id, next)) : undefined;
    if (known === undefined) return { judging, next, calls };
    judging = takeJudgeReply(judging, known.raw_output);
    calls.push(known);
  }
}

function keyOf({ sha256 }: BenchWorld, { run, model }: ModelInput, eventId: string, attempt: number): string {
  const identity = { run_id: run.run_id, model_id: model, event_id: eventId, purpose: 'judge' as const, attempt_idx: attempt };
  const sampling = { temperature: 0, top_p: null, max_tokens: null, seed: null };
  return callKey({ ...identity, prompt_hash: judgePromptHash(sha256), sampling }, sha256);
}

function attemptOf(
  world: BenchWorld,
  input: ModelInput,
  { event }: JudgedAnswer,
  { key, next, outcome, isReadable }: { key: string; next: number; outcome: ModelCall<ChatAnswer>; isReadable: boolean },
): BenchAttempt {
  const call_error = outcome.state === 'failed' ? outcome.detail : null;
  return attemptRecord(world, input, { event, stratum: 'base', purpose: 'judge', attemptIdx: next, key, outcome }, () => ({
    parsed_output: null,
    // A judge's reply is held against nothing but its own schema.
    gates: { ...gatesOfFailedCall(''), schema_valid: isReadable, call_error },
  }));
}
