import {
  callKey,
  enrichmentMessages,
  enrichmentPromptHash,
  enrichmentReplySchema,
  gatesOfFailedCall,
  inspectOutput,
} from '../../domain/bench/index.ts';
import { isWorthRetrying } from '../../domain/shared/call-retry.ts';
import { CALLS_PER_BATCH } from '../../domain/bench-steps/index.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { BatchInput, BatchResult } from '../bench-contract.ts';
import { attemptRecord } from './attempt-record.ts';
import { holdSlot, type HeldSlot } from './hold-slot.ts';
import { judgeBatch } from './judge-batch.ts';
import { forgetCall, noteCall } from './note-call.ts';
import { isLastAttempt, throwIfCancelled, tryAgain, type FailedCall } from './retrying.ts';
import { plannedCalls, type PlannedCall } from './planned-calls.ts';
import type { BenchWorld, ChatAnswer, Inference, ModelCall } from './world.ts';

/** Makes the calls of a batch that are not finished yet. Each is committed before the next one begins, so that a crash repeats one call at most. */
export async function callBatch(world: BenchWorld, input: BatchInput): Promise<BatchResult> {
  const { run, model, purpose, batch } = input;
  if (purpose === 'judge') return judgeBatch(world, input);
  const corpus = await world.corpus(run.settings.corpus_version);
  const calls = plannedCalls(run, corpus, purpose, world.sha256).slice(batch * CALLS_PER_BATCH, (batch + 1) * CALLS_PER_BATCH);
  const server = world.inference(run.settings, 'candidate');
  return holdSlot(world, run, async (slot) => {
    const done: BenchAttempt[] = [];
    const again: FailedCall[] = [];
    for (const call of calls) {
      throwIfCancelled();
      const key = keyOf(world, input, call);
      const known = world.runs.findCall(run.run_id, key);
      if (known !== undefined) {
        done.push({ ...known, reused: true });
        continue;
      }
      slot.assertCurrent();
      const outcome = await noteCall(world, { run, model, key }, () => ask(server, input, call, { key, slot }));
      if (outcome.state === 'failed' && isWorthRetrying(outcome.kind) && !isLastAttempt()) {
        forgetCall(world, { run, model });
        again.push(outcome);
        continue;
      }
      // A late answer of an attempt that is no longer the one at work is thrown away.
      slot.assertCurrent();
      const attempt = attemptOf(world, input, call, { key, outcome });
      world.runs.commitCall(attempt);
      done.push(attempt);
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

type Outcome = ModelCall<ChatAnswer>;

function keyOf(world: BenchWorld, { run, model, purpose }: BatchInput, { event, attempt_idx }: PlannedCall): string {
  const { temperature, top_p, max_tokens } = run.settings;
  const prompt_hash = enrichmentPromptHash(world.sha256);
  const sampling = { temperature, top_p, max_tokens, seed: null };
  return callKey(
    { run_id: run.run_id, model_id: model, event_id: event.event_id, purpose, attempt_idx, prompt_hash, sampling },
    world.sha256,
  );
}

function ask(
  server: Inference,
  { run, model }: BatchInput,
  { event }: PlannedCall,
  { key, slot }: { key: string; slot: HeldSlot },
): Promise<Outcome> {
  const { temperature, top_p, max_tokens, call_timeout_ms: timeoutMs } = run.settings;
  return server.chat(
    {
      model,
      messages: enrichmentMessages(event),
      temperature,
      top_p,
      max_tokens,
      replySchema: { name: 'enrichment', schema: enrichmentReplySchema(event.source) },
      isStreamed: true,
    },
    { timeoutMs, signal: slot.signal, requestId: key },
  );
}

function attemptOf(
  world: BenchWorld,
  input: BatchInput,
  { event, stratum, attempt_idx: attemptIdx }: PlannedCall,
  { key, outcome }: { readonly key: string; readonly outcome: Outcome },
): BenchAttempt {
  const failure = outcome.state === 'failed' ? outcome.detail : 'no answer';
  return attemptRecord(world, input, { event, stratum, purpose: input.purpose, attemptIdx, key, outcome }, (raw) => {
    if (raw === null) return { parsed_output: null, gates: gatesOfFailedCall(failure) };
    const { parsed_output, gates } = inspectOutput(raw, event);
    return { parsed_output: parsed_output as BenchAttempt['parsed_output'], gates };
  });
}
