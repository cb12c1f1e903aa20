import { asCount, asNumber, asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Usage } from '../../schemas/evidence.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, refuse } from './drafts.ts';
import { eventsOf } from './inspect-events.ts';
import { inspectConversation } from './inspect-messages.ts';
import { inspectSignals } from './inspect-signals.ts';
import { inspectTask } from './inspect-task.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';

/**
 * Logs of Inspect AI evaluations, as JSON and as zip archives (`.eval`): one record for each sample and epoch. What the log says as a whole (the task,
 * the model, how it ended) reaches every sample as its header. What counts as truth is told in inspect-scores.ts.
 */
export const inspect: SourceAdapter = { name: 'inspect', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  const { archive } = sample;
  if (archive !== undefined) {
    if ('fault' in archive || archive.header === undefined || !isEval(archive.header.eval)) return undefined;
    return { layout: 'archive', confidence: 0.95, reason: `a zipped evaluation log, ${countOf(archive.samples)}` };
  }
  const log = sample.document;
  if (log !== undefined) {
    if (!isObject(log) || !isEval(log.eval) || !STATES.has(asString(log.status) ?? '')) return undefined;
    return {
      layout: 'log',
      confidence: 0.95,
      reason: `an evaluation log, ${countOf(Array.isArray(log.samples) ? log.samples.length : 0)}`,
    };
  }
  return looksLikeLog(sample) ? { layout: 'log', confidence: 0.9, reason: 'the beginning of a long evaluation log' } : undefined;
}

const STATES: ReadonlySet<string> = new Set(['started', 'success', 'cancelled', 'error']);

function isEval(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && typeof value.task === 'string' && typeof value.model === 'string';
}

function countOf(samples: number): string {
  return samples === 0 ? 'without samples' : samples === 1 ? 'with one sample' : `with ${samples} samples`;
}

/** By the keys that the text begins with. Inside a string their quotes would stand behind a backslash. */
function looksLikeLog({ head, firstElement }: FileSample): boolean {
  if (/^\ufeff?\s*\{\s*"samples"\s*:\s*\[\s*\{/.test(head)) return /"epoch"\s*:\s*\d/.test(head) && /"target"\s*:/.test(head);
  if (firstElement?.container !== 'object' || !/^(?:version|status|eval)$/.test(firstElement.key)) return false;
  return /"status"\s*:\s*"(?:started|success|cancelled|error)"/.test(head) && /"eval"\s*:\s*\{/.test(head) && /"task"\s*:\s*"/.test(head);
}

function normalize(record: RawRecord): readonly Draft[] {
  const sample = record.value;
  if (!isObject(sample)) return [refuse(record, 'not_an_object', `sample: expected an object, found ${describeValue(sample)}`)];
  const log = record.header ?? {};
  if (!isEval(log.eval)) return [refuse(record, 'missing_field', 'eval: expected task and model in the header of the log')];
  if (asText(sample.id) === undefined)
    return [refuse(record, 'missing_field', `id: expected text or a number, found ${describeValue(sample.id)}`)];
  const conversation = inspectConversation(sample);
  if (typeof conversation === 'string') return [refuse(record, 'missing_field', conversation)];
  const { messages, tools, proxies } = conversation;
  const truth = inspectSignals(sample, log, messages);
  const retries = Array.isArray(sample.error_retries) ? sample.error_retries.length : undefined;
  return [
    draftOf(record, {
      branch: branchOf(log, log.eval),
      recordedAt: timeOf(sample, log.eval),
      task: inspectTask(sample, log.eval),
      messages,
      ...(tools.length > 0 && { tools }),
      outcome: truth.outcome,
      signals: { ...truth.signals, proxies: { ...truth.signals.proxies, ...proxies } },
      ...modelOf(sample, log.eval),
      usage: usageOf(sample, log.eval),
      attempt: retries === undefined ? null : retries + 1,
      trial: asCount(sample.epoch) ?? null,
    }),
  ];
}

/**
 * The header is no part of what is signed. A retry takes finished samples over from the log that broke off, as they are, and there they wait for
 * review while here they count: the same sample under another header is another record.
 */
function branchOf(log: JsonObject, spec: JsonObject): string {
  return [log.status, spec.task, spec.model].map((fact) => asText(fact) ?? '').join('/');
}

/** When the sample began; older samples say so only by their first event, and the leanest not at all. */
function timeOf(sample: JsonObject, spec: JsonObject): string | null {
  const [first] = eventsOf(sample);
  return (
    parseTimestamp(sample.started_at) ??
    parseTimestamp(first?.timestamp) ??
    parseTimestamp(sample.completed_at) ??
    parseTimestamp(spec.created)
  );
}

/** `provider/model` is what was asked for; the output names what answered. */
function modelOf(sample: JsonObject, spec: JsonObject): Pick<EvidenceDraft, 'model' | 'provider'> {
  const asked = asString(spec.model) ?? '';
  const slash = asked.indexOf('/');
  const answered = isObject(sample.output) ? asString(sample.output.model) : undefined;
  const name = answered === undefined || answered === '' || answered === asked ? asked.slice(slash + 1) : answered;
  return { model: name === '' ? null : name, provider: slash > 0 ? asked.slice(0, slash) : null };
}

/** Of the model under evaluation; a grader has an entry of its own, unless it is the same model. */
function usageOf(sample: JsonObject, spec: JsonObject): Usage {
  const byModel = isObject(sample.model_usage) ? sample.model_usage[asString(spec.model) ?? ''] : undefined;
  const ofOutput = isObject(sample.output) ? sample.output.usage : undefined;
  const counted = [byModel, ofOutput].find(isObject) ?? {};
  const sent = asCount(counted.input_tokens);
  const received = asCount(counted.output_tokens);
  const costUsd = asNumber(counted.total_cost);
  const seconds = asNumber(sample.total_time);
  return {
    ...(sent !== undefined && { prompt_tokens: sent }),
    ...(received !== undefined && { completion_tokens: received }),
    ...(costUsd !== undefined && costUsd >= 0 && { cost_usd: costUsd }),
    ...(seconds !== undefined && seconds >= 0 && { latency_ms: Math.round(seconds * 1000) }),
  };
}
