import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, noSignals, refuse } from './drafts.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';

/**
 * Our own log of replay runs, read back as evidence. It is model output: it keeps the origin `replay` and its generation, and knows of the answer only
 * what the gate said.
 */
export const replayLog: SourceAdapter = { name: 'replay-log', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  if (sample.parquet?.schema === 'replay-archive/1')
    return { layout: 'parquet', confidence: 0.98, reason: `an archive of ${sample.parquet.runs} replay runs` };
  const runs = sample.lines.filter(isReplayRun).length;
  if (runs === 0 || runs * 2 < sample.lines.length || sample.leadingNoise > 0) return undefined;
  return { layout: 'lines', confidence: 0.98, reason: `${runs} of the first ${sample.lines.length} lines are replay runs` };
}

/** Of any version, so that a log of another one is named as what it is when its rows are refused. */
function isReplayRun(value: JsonValue): boolean {
  return isObject(value) && typeof value.schema === 'string' && value.schema.startsWith('replay_run/');
}

function normalize(record: RawRecord): readonly Draft[] {
  if (!isObject(record.value))
    return [refuse(record, 'not_an_object', `replay run: expected an object, found ${describeValue(record.value)}`)];
  const parsed = replayRunSchema.safeParse(record.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return [refuse(record, 'missing_field', `${issue?.path.join('.') || 'replay run'}: ${issue?.message ?? 'of another form'}`)];
  }
  const run = parsed.data;
  return [
    draftOf(record, {
      task: { id: null, text: run.task },
      messages: [
        { role: 'user', content: run.task },
        ...(isBlank(run.answer) ? [] : [{ role: 'assistant' as const, content: run.answer }]),
      ],
      signals: { ...noSignals(), proxies: proxiesOf(run) },
      recordedAt: parseTimestamp(run.recorded_at),
      model: run.model,
      usage: run.usage,
      parent_id: run.run_id,
      origin: 'replay',
      generation: run.generation,
    }),
  ];
}

/** The gate is whole only with its grounding check: an answer that passed without it is not known to be grounded, and waits for a human. */
function proxiesOf({ gate, grounding, grounding_mode: mode, escalated }: ReplayRun): EvidenceDraft['signals']['proxies'] {
  const isWhole = mode !== 'off' || !gate.passed;
  return {
    ...(isWhole ? { gate_passed: gate.passed } : { gate_passed_unchecked: true }),
    ...(mode !== 'off' && { grounded: grounding.every(({ grounded }) => grounded) }),
    ...(grounding.length > 0 && { ungrounded: grounding.filter(({ grounded }) => !grounded).length }),
    ...(escalated && { escalated }),
  };
}
