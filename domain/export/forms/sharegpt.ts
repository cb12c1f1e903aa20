import { canonicalJson } from '../../shared/canonical-json.ts';
import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { isBlank } from '../../shared/text.ts';
import type { Message, ToolCall } from '../../../schemas/evidence.ts';
import type { SftRow } from '../../../schemas/export-rows.ts';
import { callsOf, parseArguments, untilAssistant } from './chat-turns.ts';
import { functionTools } from './function-tools.ts';
import { shaped, unshapable, type Shaped } from './shaped.ts';

/** An SFT row as ShareGPT turns, in which what the model reads and what it writes take turns. `tools` is JSON text, empty where there are none. */
export function sharegptRow({ id, messages, tools }: SftRow): Shaped {
  const { turns, cutTurns } = untilAssistant(messages);
  const system = turns.filter((turn) => turn.role === 'system').map((turn) => turn.content);
  const conversations: JsonObject[] = system.length === 0 ? [] : [says('system', system.join(BETWEEN))];
  for (const group of groupTurns(turns.filter((turn) => turn.role !== 'system'))) {
    const spoken = isReply(group[0]!) ? reply(group) : request(group);
    if (!spoken.ok) return spoken;
    conversations.push(spoken.row);
  }
  const declared = functionTools(tools).map(({ function: declaration }) => withParameters(declaration as JsonObject));
  return shaped({ id, conversations, tools: declared.length === 0 ? '' : canonicalJson(declared) }, cutTurns);
}

/** Between several texts that had to become one. */
const BETWEEN = '\n\n';

/** Runs of turns that stand at one position: what the model is given, or what it answers. */
function groupTurns(turns: readonly Message[]): Message[][] {
  const groups: Message[][] = [];
  for (const turn of turns) {
    const last = groups.at(-1);
    if (last !== undefined && isReply(last[0]!) === isReply(turn)) last.push(turn);
    else groups.push([turn]);
  }
  return groups;
}

function isReply(turn: Message): boolean {
  return turn.role === 'assistant';
}

function request(group: readonly Message[]): Shaped {
  if (group.every((turn) => turn.role === 'user')) return shaped(says('human', joined(group)));
  if (group.some((turn) => turn.role === 'user')) return unshapable('not_alternating', 'a tool result and a user turn follow one another');
  const results = group.map((turn) => turn.content);
  return shaped(says('observation', results.length === 1 ? results[0]! : canonicalJson(results)));
}

function reply(group: readonly Message[]): Shaped {
  const text = joined(group);
  const calls = group.flatMap(callsOf);
  if (calls.length === 0) return shaped(says('gpt', text));
  const written = calls.map(callText);
  const lost = written.indexOf(undefined);
  if (lost !== -1) return unshapable('arguments_not_json', `the call ${calls[lost]!.id}`);
  const value = written.length === 1 ? written[0]! : `[${written.join(', ')}]`;
  return shaped(says('function_call', text === '' ? value : `${text}${CALL_BEGINS}${value}${CALL_ENDS}`));
}

const CALL_BEGINS = '<tool_call>';
const CALL_ENDS = '</tool_call>';

/** A call as JSON text. Marks that its reader looks for in plain text are escaped, which leaves the value as it is. */
function callText(call: ToolCall): string | undefined {
  const value = parseArguments(call.arguments);
  if (value === undefined) return undefined;
  return `{"name": ${canonicalJson(call.name)}, "arguments": ${canonicalJson(value)}}`.replace(/<(?=\/?(?:tool_call|think)>)/g, '\\u003c');
}

function joined(turns: readonly Message[]): string {
  const texts = turns.map((turn) => turn.content);
  return texts.length === 1 ? texts[0]! : texts.filter((text) => !isBlank(text)).join(BETWEEN);
}

function says(from: string, value: string): JsonObject {
  return { from, value };
}

/** Readers of this form list the properties of every tool. */
function withParameters(declaration: JsonObject): JsonValue {
  const { parameters } = declaration;
  const isComplete = isObject(parameters) && isObject(parameters.properties);
  return isComplete
    ? declaration
    : { ...declaration, parameters: { ...(isObject(parameters) ? parameters : {}), type: 'object', properties: {} } };
}
