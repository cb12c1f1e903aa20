import { asArray, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { draftOfAttempt, modelOf, type BenchRun } from './bench-run-attempt.ts';
import { describeValue } from './describe-value.ts';
import { refuse } from './drafts.ts';
import type { Detection, Draft, FileSample, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';

/**
 * Run files of `lauter bench` and of hippo-bench. The lines belong together: the manifest holds the thresholds of the gates, the end says whether the run
 * was finished. Attempts of the purposes `main` and `self_consistency` are attempts at the event's task; warm-up and judge calls are not.
 */
export const benchRun: SourceAdapter = { name: 'bench-run', version: 1, detect, normalize };

const RECORD_TYPES: ReadonlySet<JsonValue | undefined> = new Set(['run_manifest', 'attempt', 'model_summary', 'run_end']);

function detect(sample: FileSample): Detection | undefined {
  const types = sample.lines.map((line) => (isObject(line) ? line.record_type : undefined));
  const known = types.filter((type) => RECORD_TYPES.has(type)).length;
  if (known === 0 || known * 2 < types.length || sample.leadingNoise > 0) return undefined;
  if (sample.complete && types.length < SAMPLED_LINES && !types.includes('attempt'))
    return { layout: 'companion', confidence: 0.95, reason: 'a bench run without an attempt' };
  return { layout: 'session', confidence: 0.95, reason: 'lines of a bench run: manifest, attempts, summaries, end' };
}

/** A sample holds no more lines than this, so an attempt may follow those it shows. */
const SAMPLED_LINES = 20;

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const lines = asArray(record.value);
  if (lines === undefined) return [refuse(record, 'not_an_object', `run: expected lines, found ${describeValue(record.value)}`)];
  const run = runOf(lines.filter(isObject), context);
  const drafts = lines.flatMap((value, index) => {
    const line = record.lines?.[index] ?? record.line + index;
    const place: RawRecord = { value, locator: { ...record.locator, line }, line };
    if (!isObject(value)) return [refuse(place, 'not_an_object', `run line: expected an object, found ${describeValue(value)}`)];
    return isTaskAttempt(value) ? [draftOfAttempt(place, value, run)] : [];
  });
  return drafts.length > 0 ? drafts : [refuse(record, 'missing_field', 'run: expected at least one attempt at a task, found none')];
}

function isTaskAttempt(line: JsonObject): boolean {
  return line.record_type === 'attempt' && line.purpose !== 'warmup' && line.purpose !== 'judge';
}

function runOf(lines: readonly JsonObject[], { options }: RecordContext): BenchRun {
  const manifest = lines.find(({ record_type: type }) => type === 'run_manifest');
  const end = lines.findLast(({ record_type: type }) => type === 'run_end');
  const thresholds = isObject(manifest?.gate_thresholds) ? manifest.gate_thresholds : {};
  const summaries = lines.filter(({ record_type: type }) => type === 'model_summary');
  return {
    // What the source's options say outweighs the manifest.
    thresholds: { ...thresholds, ...options },
    // A run whose end was never written was killed, or is still going on.
    isCancelled: end === undefined || (end.reason !== null && end.reason !== undefined),
    errorOf: (model) => errorIn(summaries.findLast((summary) => modelOf(summary) === model)),
    judgeMeanOf: (model, eventId) =>
      judgeMeanIn(
        summaries.findLast((summary) => modelOf(summary) === model),
        eventId,
      ),
  };
}

function errorIn(summary: JsonObject | undefined): string | undefined {
  const [first] = asArray(summary?.errors) ?? [];
  if (first === undefined) return undefined;
  const told = isObject(first) ? [first.step, first.type].filter((part) => typeof part === 'string') : [];
  return `model errored: ${told.length > 0 ? told.join(', ') : 'no step named'}`;
}

/** The mean score a judge gave to a model's answer to an event. */
function judgeMeanIn(summary: JsonObject | undefined, eventId: string): number | undefined {
  const items = isObject(summary?.judge) ? (asArray(summary.judge.per_item) ?? []) : [];
  const item = items.find((candidate) => isObject(candidate) && candidate.event_id === eventId);
  return isObject(item) && typeof item.mean === 'number' ? item.mean : undefined;
}
