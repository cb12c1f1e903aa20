import { asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { cut, isBlank } from '../../domain/shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import { langfuseOptionsSchema, type LangfuseOptions } from '../../schemas/trace-options.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, refuse } from './drafts.ts';
import { callOf, observationsOf, readInputOutput, toolResultsOf, type GenerationCall, type Observation } from './langfuse-observations.ts';
import { scoresOf } from './langfuse-scores.ts';
import { usageOf } from './langfuse-usage.ts';
import { answerCalls, conversationsOf, mainConversation } from './model-calls.ts';
import type { Detection, Draft, FileSample, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';
import { optionsReader } from './trace-options.ts';
import { truthOfScores } from './trace-scores.ts';

/**
 * Traces of Langfuse with their observations and scores: one a line, in an array, or as its public API answers (one trace, or a page with `data`). A
 * trace is an attempt. Scores of annotators are a human's word, those of evaluators a judge's, and those of the API whatever the options say.
 */
export const langfuse: SourceAdapter = { name: 'langfuse', version: 1, detect, normalize };

const optionsOf = optionsReader<LangfuseOptions>('langfuse', langfuseOptionsSchema);

function detect({ firstElement, lines, document, leadingNoise }: FileSample): Detection | undefined {
  if (firstElement?.container === 'array')
    return isTrace(firstElement.value) ? { layout: 'elements', confidence: 0.95, reason: 'an array of Langfuse traces' } : undefined;
  const page = isObject(document) ? document.data : firstElement?.key === 'data' ? firstElement.value : undefined;
  if (Array.isArray(page) && page.length > 0 && isTrace(page[0]))
    return { layout: 'document', confidence: 0.95, reason: 'a page of Langfuse traces under data' };
  const told = lines.filter(isTrace).length;
  if (told > 0 && told * 2 >= lines.length && leadingNoise === 0)
    return {
      layout: 'lines',
      confidence: told === lines.length ? 0.95 : 0.6,
      reason: `${told} of the first ${lines.length} lines are Langfuse traces`,
    };
  return isTrace(document) ? { layout: 'document', confidence: 0.95, reason: 'one Langfuse trace' } : undefined;
}

function isTrace(value: JsonValue | undefined): boolean {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.timestamp !== 'string') return false;
  return Array.isArray(value.observations) || (Array.isArray(value.scores) && 'input' in value) || 'htmlPath' in value;
}

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const options = optionsOf(context);
  const { value } = record;
  if (!isObject(value)) return [refuse(record, 'not_an_object', `trace: expected an object, found ${describeValue(value)}`)];
  if (!Array.isArray(value.data) || typeof value.id === 'string') return [draftOfTrace(value, record, options)];
  if (value.data.length === 0) return [refuse(record, 'missing_field', 'data: expected traces, found none')];
  return value.data.map((trace, index) => {
    const place = { ...record, locator: { ...record.locator, pointer: `${record.locator.pointer ?? ''}/data/${index}` } };
    if (!isObject(trace)) return refuse(place, 'not_an_object', `trace: expected an object, found ${describeValue(trace)}`);
    return draftOfTrace(trace, place, options);
  });
}

function draftOfTrace(trace: JsonObject, record: RawRecord, options: LangfuseOptions): Draft {
  if (typeof trace.id !== 'string') return refuse(record, 'missing_field', `id: expected text, found ${describeValue(trace.id)}`);
  const observations = observationsOf(trace.observations);
  if (typeof observations === 'string') return refuse(record, 'missing_field', observations);
  const attempt = observations.filter(({ isEvaluation }) => !isEvaluation);
  const generations = attempt.filter(({ type }) => type === 'GENERATION');
  const calls = generations.map(callOf);
  const around = [trace, ...attempt.filter(({ type, isRoot }) => isRoot && type !== 'GENERATION').map(({ value }) => value)].map((holder) =>
    readInputOutput(holder, holder === trace ? 'trace' : 'root'),
  );
  const problem = [...calls, ...around].find((call) => typeof call === 'string');
  if (problem !== undefined) return refuse(record, 'missing_field', problem);
  const said = calls.filter((call) => typeof call !== 'string');
  const outer = around.filter((call) => typeof call !== 'string');
  const outermost = outer.find(({ input, output }) => input.length + output.length > 0);
  const conversations = conversationsOf(said.filter(isSpeaking));
  const main = mainConversation(conversations, outermost?.output.at(-1)?.content);
  // Where the models' own words were not recorded, the input and output of the whole are all there is.
  const messages =
    main === undefined ? [...(outermost?.input ?? []), ...(outermost?.output ?? [])] : answerCalls(main.messages, toolResultsOf(attempt));
  const told = main?.calls ?? [];
  const heard = new Set([...told.map(({ observation }) => observation.id), ...attempt.filter(({ isRoot }) => isRoot).map(({ id }) => id)]);
  const scores = scoresOf(trace.scores, heard, options.api_scores);
  if (typeof scores === 'string') return refuse(record, 'missing_field', scores);
  const { outcome, signals } = truthOfScores(scores, options.scores);
  const error = errorOf(attempt, told);
  const tools = told.findLast((call) => call.tools !== undefined)?.tools;
  const counts = {
    masked_fields: [...said, ...(main === undefined ? outer : [])].reduce((sum, { maskedFields }) => sum + maskedFields, 0),
    reasoning_parts: told.reduce((sum, { reasoningParts }) => sum + reasoningParts, 0),
    side_conversations: conversations.length - 1,
    errored_observations: attempt.filter(({ value }) => value.level === 'ERROR').length,
  };
  return draftOf(record, {
    signed: trace,
    task: taskOf(trace, messages, options),
    messages,
    ...(tools !== undefined && { tools: [...tools] }),
    outcome,
    signals: {
      ...signals,
      ...(error !== undefined && { error }),
      truncated: isCutShort(told.at(-1)?.observation.value),
      proxies: { ...signals.proxies, ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) },
    },
    recordedAt: parseTimestamp(trace.timestamp),
    model: modelOf(told.length > 0 ? told.map(({ observation }) => observation) : generations),
    usage: usageOf(
      trace,
      generations.map(({ value }) => value),
    ),
    parent_id: asText(trace.sessionId) ?? null,
  });
}

function isSpeaking({ input, output }: GenerationCall): boolean {
  return input.length + output.length > 0;
}

/** A trace in which nothing can be read is no attempt at the same task as another such trace. */
function taskOf(trace: JsonObject, messages: readonly Message[], options: LangfuseOptions): { id: string | null; text: string } {
  const text = messages.find(({ role, content }) => role === 'user' && !isBlank(content))?.content ?? '';
  const metadata = isObject(trace.metadata) ? trace.metadata : {};
  const id = options.task_id_metadata === undefined ? undefined : asText(metadata[options.task_id_metadata]);
  return { id: id ?? (text === '' ? (asText(trace.id) ?? null) : null), text };
}

/** What went wrong on the way and was made good is counted, but is no error of the attempt: that is one of the whole, or of the last call. */
function errorOf(attempt: readonly Observation[], told: readonly GenerationCall[]): string | undefined {
  const last = told.at(-1)?.observation ?? attempt.findLast(({ type }) => type === 'GENERATION');
  const ended = [
    ...attempt.filter(({ isRoot, type }) => isRoot && type !== 'EVENT' && type !== 'GENERATION'),
    ...(last === undefined ? [] : [last]),
  ];
  const failed = ended.find(({ value }) => value.level === 'ERROR');
  return failed && cut(asString(failed.value.statusMessage) || 'observation of level ERROR', MAX_ERROR_CHARS);
}

const MAX_ERROR_CHARS = 200;

function isCutShort(generation: JsonObject | undefined): boolean {
  const output = isObject(generation?.output) ? generation.output : {};
  const [choice] = Array.isArray(output.choices) ? output.choices : [];
  const metadata = isObject(generation?.metadata) ? generation.metadata : {};
  const reasons = [
    output.finish_reason,
    output.stop_reason,
    isObject(choice) ? choice.finish_reason : null,
    metadata.finish_reason,
    metadata.stop_reason,
  ];
  return reasons.some((reason) => reason === 'length' || reason === 'max_tokens');
}

function modelOf(generations: readonly Observation[]): string | null {
  const models = generations.map(({ value }) => asString(value.model) ?? asString(value.providedModelName));
  return models.findLast((model) => model !== undefined) ?? null;
}
