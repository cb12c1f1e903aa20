import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layLines } from '../lay.ts';
import { NO, trap, UNKNOWN, YES, type Attempt, type Stream, type Told } from '../telling.ts';

/** A run of the model bench: gates of the main pass are the truth, warm-ups are no attempts, repetitions count for nothing. */
export function tellBench(leaks: Leaks): Stream {
  const manifest = {
    record_type: 'run_manifest',
    run_id: 'run-1',
    schema: 'lauter.run/1',
    gate_thresholds: { echo_similarity_max: 0.4, entity_sanity_min: 0.9 },
    started_at_iso: '2026-05-06T12:00:00Z',
  };
  const lines: Told[] = [
    { value: manifest, attempts: [] },
    attempt('warmup', 'slip-1', 'warm', {}),
    attempt('main', 'slip-1', 'The reader returned two books.', {}, YES),
    attempt(
      'main',
      'slip-2',
      `The reader left a note: ${leaks.say('email', 'raw output of a bench')}`,
      { echo_similarity: 0.45 },
      trap(NO, 'leak'),
    ),
    attempt('main', 'slip-3', 'Two books.', { schema_valid: false }, NO),
    attempt('self_consistency', 'slip-1', 'Two books came back.', {}, trap(UNKNOWN, 'several_purposes')),
    { value: { record_type: 'model_summary', run_id: 'run-1', model: { id: 'fen-7b' }, errors: [] }, attempts: [] },
    { value: { record_type: 'run_end', run_id: 'run-1', reason: null }, attempts: [] },
  ];
  return { name: 'bench', adapter: 'bench-run', isLabelled: true, paths: ['bench/*'], files: [layLines('bench/fen-7b.jsonl', lines)] };
}

function attempt(purpose: string, event: string, output: string, gates: JsonObject, ...attempts: Attempt[]): Told {
  return {
    value: {
      record_type: 'attempt',
      run_id: 'run-1',
      purpose,
      stratum: 'base',
      attempt_idx: 0,
      event: { event_id: event, source: 'shell', content_hash: `${event}-hash` },
      model: { id: 'fen-7b' },
      raw_output: output,
      finish_reason: 'stop',
      gates: { schema_valid: true, refusal_detected: false, echo_similarity: 0.1, entity_type_sanity: {}, call_error: null, ...gates },
      timeout: false,
      timestamps: { start_ts_ms: 1778068800000, ttft_ms: 100, total_ms: 900 },
    },
    attempts,
  };
}
