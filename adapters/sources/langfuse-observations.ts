import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message } from '../../schemas/evidence.ts';
import { noUnnamedCalls } from './chat-messages.ts';
import { looseTurns } from './loose-turns.ts';
import type { ModelCall, ToolResult } from './model-calls.ts';
import { structured } from './otlp-json.ts';
import { readTurns, textOf } from './trace-turns.ts';

/** A step of a trace at its place in the tree. */
export interface Observation {
  readonly id: string;
  readonly type: string;
  readonly value: JsonObject;
  /** Number of agents above it. */
  readonly depth: number;
  readonly isRoot: boolean;
  /** True for evaluators and guardrails, and for all below them: what models say there is no part of the attempt. */
  readonly isEvaluation: boolean;
}

/** The call of a model that a generation recorded. */
export interface GenerationCall extends ModelCall {
  readonly observation: Observation;
  readonly tools: readonly JsonValue[] | undefined;
  readonly maskedFields: number;
  readonly reasoningParts: number;
}

/** The observations of a trace in order of time, or what is wrong with the first that is none. */
export function observationsOf(given: JsonValue | undefined): Observation[] | string {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return 'observations: expected a list';
  // A list of traces names its observations by their ids alone.
  if (given.every((item) => typeof item === 'string')) return [];
  const values: JsonObject[] = [];
  for (const [index, value] of given.entries()) {
    if (!isObject(value) || typeof value.id !== 'string') return `observations[${index}]: expected an object with an id`;
    values.push(value);
  }
  const byId = new Map(values.map((value) => [value.id, value]));
  return values.toSorted(byTime).map((value) => {
    const above = ancestorsOf(value, byId);
    return {
      id: asString(value.id) ?? '',
      type: typeOf(value),
      value,
      depth: above.filter((ancestor) => typeOf(ancestor) === 'AGENT').length,
      isRoot: above.length === 0,
      isEvaluation: [value, ...above].some((each) => EVALUATIONS.has(typeOf(each))),
    };
  });
}

const EVALUATIONS: ReadonlySet<string> = new Set(['EVALUATOR', 'GUARDRAIL']);

/** What went into a step and what came out, as turns; or what is wrong with them. Masked texts become empty ones. */
export function callOf(observation: Observation): GenerationCall | string {
  const { id, value, depth } = observation;
  const found = readInputOutput(value, `observation ${id}`);
  return typeof found === 'string' ? found : { ...found, depth, observation, tools: toolsIn(value.input) };
}

/** The turns in `input` and `output` of a trace or a step. */
export function readInputOutput(
  holder: JsonObject,
  name: string,
): Pick<GenerationCall, 'input' | 'output' | 'maskedFields' | 'reasoningParts'> | string {
  const unnamed = noUnnamedCalls();
  const input = readTurns(turnsOf(holder.input, 'user'), `${name}, input`, unnamed);
  if (typeof input === 'string') return input;
  const output = readTurns(turnsOf(holder.output, 'assistant'), `${name}, output`, unnamed);
  if (typeof output === 'string') return output;
  // An output that repeats the whole conversation says in its last turn what is new.
  const spoken = output.messages.filter(({ role }) => role === 'assistant').slice(-1);
  return {
    input: input.messages.map(unmasked).filter(saysSomething),
    output: spoken.map(unmasked).filter(saysSomething),
    maskedFields: [...input.messages, ...spoken].filter(({ content }) => isMask(content)).length,
    reasoningParts: output.reasoningParts,
  };
}

/** What steps other than calls of models gave back. */
export function toolResultsOf(observations: readonly Observation[]): ToolResult[] {
  return observations.flatMap(({ type, value }) => {
    const text = type === 'TOOL' || type === 'SPAN' ? textOf(value.output) : '';
    if (text === '' || isMask(text)) return [];
    const metadata = isObject(value.metadata) ? value.metadata : {};
    return [{ callId: asString(metadata.tool_call_id), name: asString(value.name), text }];
  });
}

/** Stands where a text was: what a masking function puts there, the SDK's own words where it failed among them. */
const MASK =
  /^\s*(?:[<[({]+[^<>[\](){}]*(?:redact|mask|hidden|censor|confidential|anonymi)[^<>[\](){}]*[>\])}]+|(?:redacted|masked|censored)\.?|[*•█x]{3,})\s*$/i;

function isMask(text: string): boolean {
  return MASK.test(text);
}

function unmasked(message: Message): Message {
  return isMask(message.content) ? { ...message, content: '' } : message;
}

/** An empty result of a tool is one; an empty turn of anybody else is none. */
function saysSomething({ role, content, tool_calls: calls }: Message): boolean {
  return content !== '' || calls !== undefined || role === 'tool';
}

function turnsOf(given: JsonValue | undefined, role: 'user' | 'assistant'): JsonValue[] {
  if (given === undefined || given === null || given === '') return [];
  if (typeof given !== 'string' || !/^\s*[[{]/.test(given)) return looseTurns(given, role);
  return looseTurns(structured(given) ?? given, role, given);
}

function toolsIn(input: JsonValue | undefined): JsonValue[] | undefined {
  const tools = isObject(input) ? input.tools : undefined;
  return Array.isArray(tools) && tools.length > 0 ? tools : undefined;
}

function typeOf(value: JsonObject): string {
  return (asString(value.type) ?? '').toUpperCase();
}

function byTime(left: JsonObject, right: JsonObject): number {
  const [before, after] = [asString(left.startTime) ?? '', asString(right.startTime) ?? ''];
  return before < after ? -1 : before > after ? 1 : 0;
}

function ancestorsOf(value: JsonObject, byId: ReadonlyMap<JsonValue | undefined, JsonObject>): JsonObject[] {
  const above: JsonObject[] = [];
  const seen = new Set<JsonValue | undefined>([value.id]);
  const parentOf = (child: JsonObject): JsonObject | undefined => byId.get(child.parentObservationId ?? '');
  for (let at = parentOf(value); at !== undefined && !seen.has(at.id); at = parentOf(at)) {
    seen.add(at.id);
    above.push(at);
  }
  return above;
}
