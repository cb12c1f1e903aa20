import { asCount, asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Usage } from '../../schemas/evidence.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import { shortHash } from './short-hash.ts';
import type { Draft, EvidenceDraft, RawRecord } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';

/** What the other lines of a run say about its attempts. */
export interface BenchRun {
  readonly thresholds: JsonObject;
  readonly isCancelled: boolean;
  errorOf(model: string | undefined): string | undefined;
  judgeMeanOf(model: string | undefined, eventId: string): number | undefined;
}

/**
 * The evidence of one attempt. Its gates are the truth only where the bench counts them: in the main pass, over the base stratum, for a call that came
 * back. The event's text is not in the file, so there is an answer and no conversation a model could learn from.
 */
export function draftOfAttempt(record: RawRecord, attempt: JsonObject, run: BenchRun): Draft {
  const event = isObject(attempt.event) ? attempt.event : {};
  const eventId = asString(event.event_id);
  if (eventId === undefined)
    return refuse(record, 'missing_field', `event.event_id: expected text, found ${describeValue(event.event_id)}`);
  const output = attempt.raw_output ?? '';
  if (typeof output !== 'string')
    return refuse(record, 'missing_field', `raw_output: expected text or null, found ${describeValue(output)}`);
  const model = modelOf(attempt);
  const callError = callErrorOf(attempt);
  const passed = gatesPassed(attempt.gates, run.thresholds);
  const isCounted = attempt.purpose === 'main' && attempt.stratum !== 'adversarial' && callError === undefined;
  const truth = isCounted ? passed : undefined;
  const error = callError ?? run.errorOf(model);
  return draftOf(record, {
    task: taskOf(eventId, event),
    messages: [],
    artifacts: isBlank(output) ? [] : [{ kind: 'answer', text: output }],
    outcome: outcomeOf(truth === undefined ? null : Number(truth), 'tests'),
    signals: {
      ...noSignals(),
      ...(truth !== undefined && { tests: { passed: truth } }),
      ...(error !== undefined && { error }),
      cancelled: run.isCancelled,
      truncated: attempt.finish_reason === 'length',
      proxies: {
        ...(truth === undefined && passed !== undefined && { gates_passed: passed }),
        ...proxiesOf(attempt, run.judgeMeanOf(model, eventId)),
      },
    },
    recordedAt: timeOf(attempt.timestamps),
    model: model ?? null,
    usage: callError === undefined ? usageOf(attempt) : {},
    trial: asCount(attempt.attempt_idx) ?? null,
    parent_id: asString(attempt.run_id) ?? null,
  });
}

/** The id of a record's model; older files call it `model_id`. */
export function modelOf({ model }: JsonObject): string | undefined {
  return isObject(model) ? (asString(model.id) ?? asString(model.model_id)) : undefined;
}

/** An event id may stand for another content in another corpus. */
function taskOf(id: string, event: JsonObject): EvidenceDraft['task'] {
  const content = asString(event.content_hash);
  return { id, key: `bench-run/${id}${content === undefined ? '' : `/${shortHash(content)}`}`, text: '' };
}

/** Why the call brought no answer; an answer is then no attempt of the model, and its gates say nothing about it. */
function callErrorOf({ gates, call_error_kind: kind, timeout }: JsonObject): string | undefined {
  const told = isObject(gates) ? gates.call_error : undefined;
  if (typeof kind === 'string' && !isBlank(kind)) return kind;
  if (typeof told === 'string' && !isBlank(told)) return told;
  if (timeout === true) return 'timeout';
  return told === true || isObject(told) ? 'call error' : undefined;
}

/** The defaults of the bench. */
const ECHO_SIMILARITY_MAX = 0.5;
const ENTITY_SANITY_MIN = 0.9;

/**
 * Whether one attempt passes what the gates ask of its answer. One gate that fails decides; a value that was not measured never counts as passed, except
 * for the kinds of entities, which an answer need not have.
 */
function gatesPassed(given: JsonValue | undefined, thresholds: JsonObject): boolean | undefined {
  const gates = isObject(given) ? given : {};
  const echo = asNumber(gates.echo_similarity);
  const sanity = meanRate(gates.entity_type_sanity);
  const words = [
    typeof gates.schema_valid === 'boolean' ? gates.schema_valid : undefined,
    typeof gates.refusal_detected === 'boolean' ? !gates.refusal_detected : undefined,
    echo === undefined ? undefined : echo <= (asNumber(thresholds.echo_similarity_max) ?? ECHO_SIMILARITY_MAX),
    sanity === undefined || sanity >= (asNumber(thresholds.entity_sanity_min) ?? ENTITY_SANITY_MIN),
  ];
  if (words.includes(false)) return false;
  return words.includes(undefined) ? undefined : true;
}

function meanRate(sanity: JsonValue | undefined): number | undefined {
  const rates = isObject(sanity) ? Object.values(sanity).filter((rate) => typeof rate === 'number') : [];
  return rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

function proxiesOf(attempt: JsonObject, judgeMean: number | undefined): EvidenceDraft['signals']['proxies'] {
  const purpose = asString(attempt.purpose);
  const isTrivial = isObject(attempt.gates) && attempt.gates.trivial_summary === true;
  return {
    ...(purpose !== undefined && purpose !== 'main' && { purpose }),
    ...(attempt.stratum === 'adversarial' && { stratum: 'adversarial' }),
    ...(isTrivial && { trivial_summary: true }),
    // The bench sets no mark from which on a judge's score is a yes.
    ...(judgeMean !== undefined && attempt.purpose === 'main' && { judge_mean: judgeMean }),
  };
}

function timeOf(timestamps: JsonValue | undefined): string | null {
  return isObject(timestamps) ? parseTimestamp(timestamps.start_ts_ms ?? timestamps.start_iso) : null;
}

function usageOf({ usage: told, timestamps }: JsonObject): Usage {
  const tokens = isObject(told) ? told : {};
  const prompt = asCount(tokens.prompt_tokens);
  const completion = asCount(tokens.completion_tokens);
  const latencyMs = isObject(timestamps) ? asNumber(timestamps.total_ms) : undefined;
  return {
    ...(prompt !== undefined && { prompt_tokens: prompt }),
    ...(completion !== undefined && { completion_tokens: completion }),
    ...(latencyMs !== undefined && latencyMs >= 0 && { latency_ms: latencyMs }),
  };
}
