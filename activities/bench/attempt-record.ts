import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { AttemptPurpose, EventStratum } from '../../schemas/vocabulary.ts';
import type { ModelInput } from '../bench-contract.ts';
import type { AskedEvent } from './planned-calls.ts';
import type { BenchWorld, ChatAnswer, ModelCall } from './world.ts';

/** A call that has ended, one way or another. */
export interface EndedCall {
  readonly event: AskedEvent;
  readonly stratum: EventStratum;
  readonly purpose: AttemptPurpose;
  readonly attemptIdx: number;
  readonly key: string;
  readonly outcome: ModelCall<ChatAnswer>;
}

/** The line of a call, with what was found in its answer. What was not measured is null. */
export function attemptRecord(
  world: BenchWorld,
  { run, model }: ModelInput,
  { event, stratum, purpose, attemptIdx, key, outcome }: EndedCall,
  inspect: (raw: string | null) => Pick<BenchAttempt, 'parsed_output' | 'gates'>,
): BenchAttempt {
  const answer = outcome.state === 'answered' ? outcome.value : null;
  const failure = outcome.state === 'failed' ? outcome : null;
  // Half of a surrogate pair is no text that a file could hold.
  const raw = answer?.text.toWellFormed() ?? null;
  return {
    record_type: 'attempt',
    run_id: run.run_id,
    model: { id: model },
    event: { event_id: event.event_id, source: event.source, content_hash: event.content_sha256 },
    attempt_idx: attemptIdx,
    purpose,
    timestamps: {
      start_ts_ms: outcome.timing.startTsMs,
      ttft_ms: answer?.ttftMs ?? null,
      total_ms: answer === null ? null : outcome.timing.totalMs,
    },
    raw_output: raw,
    ...inspect(raw),
    system_snapshot: world.systemLoad(),
    timeout: failure?.kind === 'timeout',
    idempotency_key: key,
    call_error_kind: failure?.kind ?? null,
    http_status: outcome.status,
    finish_reason: answer?.finishReason ?? null,
    usage: answer?.usage ?? null,
    stratum,
    reused: false,
  };
}
