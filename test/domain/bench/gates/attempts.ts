import { gatesOfFailedCall, inspectOutput } from '../../../../domain/bench/gates/inspect-output.ts';
import type { MeasuredAttempt } from '../../../../domain/bench/gates/measure-gates.ts';
import type { CallErrorKind } from '../../../../schemas/vocabulary.ts';
import { shellText } from './outputs.ts';

const EVENT = { source: 'shell', redacted_content: '{"command":"make tides","exit_code":0}' };

/** A main call that came back with this text, valid unless said otherwise. */
export function answered(raw = shellText(), changes: Partial<MeasuredAttempt> = {}): MeasuredAttempt {
  return {
    event: { event_id: 'shell-tides', source: 'shell', content_hash: '0'.repeat(64) },
    purpose: 'main',
    stratum: 'base',
    timestamps: { start_ts_ms: 0, ttft_ms: null, total_ms: 100 },
    gates: inspectOutput(raw, EVENT).gates,
    timeout: false,
    call_error_kind: null,
    ...changes,
  };
}

/** A main call that brought no answer. */
export function failed(kind: CallErrorKind, changes: Partial<MeasuredAttempt> = {}): MeasuredAttempt {
  return {
    ...answered(),
    gates: gatesOfFailedCall(kind),
    timestamps: { start_ts_ms: 0, ttft_ms: null, total_ms: null },
    timeout: kind === 'timeout',
    call_error_kind: kind,
    ...changes,
  };
}

/** So many of them. */
export function times<Item>(count: number, item: Item): Item[] {
  return Array<Item>(count).fill(item);
}
