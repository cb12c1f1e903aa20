import { asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message } from '../../schemas/evidence.ts';
import { noUnnamedCalls } from './chat-messages.ts';
import { eventTurns } from './otel-genai-events.ts';
import { partsText, readTurns, textOf, type FoundTurns, type ReadTurns } from './trace-turns.ts';
import { openInferenceTurns, rawTurns } from './otel-genai-openinference.ts';
import { structured, unflattened } from './otlp-json.ts';
import type { Span } from './otlp-spans.ts';

/** What a span says about one call of a model, in whichever convention. */
export interface SpanContent {
  readonly input: readonly Message[];
  readonly output: readonly Message[];
  readonly tools: readonly JsonValue[] | undefined;
  readonly finishReasons: readonly string[];
  readonly reasoningParts: number;
  /** Answers beyond the first, where the model was asked for several. */
  readonly otherChoices: number;
}

/**
 * The messages of a span: attributes of the pinned conventions go first, then the events of the older ones, indexed attributes (OpenInference, and
 * `gen_ai.prompt.0…`), and at last the raw input and output. A text that says what is wrong where one of them cannot be read.
 */
export function contentOf(span: Span): SpanContent | string {
  const attributes = { ...detailsOf(span), ...span.attributes };
  const unnamed = noUnnamedCalls();
  const given = inputTurns(span, attributes);
  const said = outputTurns(span, attributes);
  const input = read(span, given, unnamed);
  const output = typeof input === 'string' ? input : read(span, said, unnamed);
  if (typeof input === 'string' || typeof output === 'string') return typeof input === 'string' ? input : String(output);
  const instructions = partsText(structured(attributes['gen_ai.system_instructions']) ?? attributes['gen_ai.system_instructions']);
  const opening: Message[] = instructions === '' ? [] : [{ role: 'system', content: instructions }];
  const [answer, ...others] = choices(said, output.messages);
  return {
    input: [...opening, ...input.messages],
    output: answer === undefined ? [] : [answer],
    tools: toolsOf(attributes),
    finishReasons: finishReasonsOf(attributes, said.turns),
    reasoningParts: output.reasoningParts,
    otherChoices: others.length,
  };
}

const NOTHING: FoundTurns = { turns: [], field: '' };

/** The newer conventions put the details of a call into one event of its span, where attributes may be structured. */
function detailsOf(span: Span): JsonObject {
  return span.events.find(({ name }) => name === 'gen_ai.client.inference.operation.details')?.attributes ?? {};
}

function inputTurns(span: Span, attributes: JsonObject): FoundTurns {
  return (
    attributeTurns(attributes, 'gen_ai.input.messages') ??
    eventTurns(span.events, 'input') ??
    openInferenceTurns(attributes, 'input') ??
    indexedTurns(attributes, 'gen_ai.prompt') ??
    rawTurns(attributes, 'input') ??
    NOTHING
  );
}

function outputTurns(span: Span, attributes: JsonObject): FoundTurns {
  return (
    attributeTurns(attributes, 'gen_ai.output.messages') ??
    eventTurns(span.events, 'output') ??
    openInferenceTurns(attributes, 'output') ??
    indexedTurns(attributes, 'gen_ai.completion') ??
    rawTurns(attributes, 'output') ??
    NOTHING
  );
}

function attributeTurns(attributes: JsonObject, field: string): FoundTurns | undefined {
  const given = attributes[field];
  if (given === undefined || given === null || given === '') return undefined;
  return { turns: structured(given) ?? given, field };
}

function indexedTurns(attributes: JsonObject, field: string): FoundTurns | undefined {
  const turns = unflattened(attributes, field);
  return turns && { turns, field };
}

function read(span: Span, { turns, field }: FoundTurns, unnamed: ReturnType<typeof noUnnamedCalls>): ReadTurns | string {
  const found = readTurns(turns, field, unnamed);
  return typeof found === 'string' ? `span ${span.id}, ${found}` : found;
}

/** One message is one choice in the conventions; raw output may hold the whole of an answer in several turns, of which the last one speaks. */
function choices(said: FoundTurns, messages: readonly Message[]): Message[] {
  const spoken = messages.filter(({ role }) => role === 'assistant');
  return said.field === 'output.value' ? spoken.slice(-1) : [...spoken];
}

function finishReasonsOf(attributes: JsonObject, said: JsonValue | undefined): string[] {
  const stated =
    structured(attributes['gen_ai.response.finish_reasons']) ??
    attributes['llm.finish_reason'] ??
    attributes['gen_ai.response.finish_reasons'];
  const reasons = (Array.isArray(stated) ? stated : [stated]).flatMap((reason) => asString(reason) ?? []);
  if (reasons.length > 0) return reasons;
  return (Array.isArray(said) ? said : []).flatMap((turn) => (isObject(turn) ? (asString(turn.finish_reason) ?? []) : []));
}

/** Declared tools in the shape of the chat API. */
function toolsOf(attributes: JsonObject): JsonValue[] | undefined {
  const declared = structured(attributes['gen_ai.tool.definitions']);
  const listed = Array.isArray(declared) ? declared : unflattened(attributes, 'llm.tools')?.map(schemaOf);
  const tools = (listed ?? []).filter(isObject).map((tool) => {
    const { type, ...declaration } = tool;
    return 'function' in tool || asString(tool.name) === undefined || (type !== undefined && type !== 'function')
      ? tool
      : { type: 'function', function: declaration };
  });
  return tools.length > 0 ? tools : undefined;
}

function schemaOf(entry: JsonValue): JsonValue {
  const tool = isObject(entry) && isObject(entry.tool) ? entry.tool : {};
  return structured(tool.json_schema) ?? null;
}

/** The text that a tool's span says the tool gave back, or undefined. */
export function toolOutputOf({ attributes, events }: Span): string | undefined {
  const told = attributes['gen_ai.tool.call.result'] ?? attributes['output.value'] ?? attributes['traceloop.entity.output'];
  const event = events.find(({ name }) => name === 'gen_ai.tool.message');
  const given = told ?? (event && (isObject(event.body) ? event.body.content : event.attributes.content));
  return given === undefined || given === null ? undefined : textOf(given);
}

/** A count of tokens or a price that a span states under one of several names. */
export function numberUnder(attributes: JsonObject, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = asNumber(attributes[name]);
    if (value !== undefined && value >= 0) return value;
  }
  return undefined;
}
