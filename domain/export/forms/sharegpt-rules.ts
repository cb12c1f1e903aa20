import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { parseStrictJson, StrictJsonError } from '../../shared/strict-json.ts';
import { isBlank } from '../../shared/text.ts';
import { faultAt, unknownKeys, type FormFault } from './form-fault.ts';

/** Everything in a ShareGPT row that its rules do not allow. */
export function sharegptFaults(row: JsonObject): FormFault[] {
  const { id, conversations, tools } = row;
  if (!Array.isArray(conversations) || conversations.length === 0) return [faultAt('wrong_shape', 'conversations', 'no list of turns')];
  const start = isObject(conversations[0]) && conversations[0].from === 'system' ? 1 : 0;
  const turns = conversations.slice(start);
  return [
    ...unknownKeys(row, ['id', 'conversations', 'tools'], 'the row'),
    ...(typeof id === 'string' ? [] : [faultAt('wrong_shape', 'id', 'no text')]),
    ...conversations.flatMap((turn, index) => valueFaults(turn, `conversations[${index}]`)),
    ...turns.flatMap((turn, index) => positionFaults(turn, index, `conversations[${index + start}]`)),
    ...(turns.length > 0 && turns.length % 2 === 0
      ? []
      : [faultAt('illegal_end', 'conversations', `${turns.length} turns, expected an even number`)]),
    ...(tools === '' || isToolText(tools) ? [] : [faultAt('wrong_shape', 'tools', 'neither nothing nor a JSON list of functions')]),
  ];
}

const READ = ['human', 'observation'];
const WRITTEN = ['gpt', 'function_call'];

function positionFaults(turn: JsonValue, index: number, at: string): FormFault[] {
  const expected = index % 2 === 0 ? READ : WRITTEN;
  const from = isObject(turn) ? turn.from : undefined;
  return expected.includes(String(from)) ? [] : [faultAt('not_alternating', at, `${String(from)}, expected ${expected.join(' or ')}`)];
}

function valueFaults(turn: JsonValue, at: string): FormFault[] {
  if (!isObject(turn) || typeof turn.value !== 'string') return [faultAt('wrong_shape', at, 'no turn with a value')];
  const { from, value } = turn;
  return [
    ...unknownKeys(turn, ['from', 'value'], at),
    // A tool may well answer with nothing.
    ...(isBlank(value) && from !== 'observation' ? [faultAt('blank_turn', at, `a blank ${String(from)} turn`)] : []),
    ...(from === 'function_call' ? callFaults(value, at) : []),
  ];
}

const CALLS = /^([^]*?)<tool_call>([^]*)<\/tool_call>$/;
const CALL_MARK = /<\/?tool_call>/;

/** The calls stand alone, or behind a text and between marks that may then occur nowhere else. */
function callFaults(value: string, at: string): FormFault[] {
  const [, text = '', marked] = CALLS.exec(value) ?? [];
  const calls = marked ?? value;
  if (CALL_MARK.test(text) || CALL_MARK.test(calls)) return [faultAt('reserved_words', at, 'a mark of tool calls inside a text')];
  const parsed = parsedOrNot(calls);
  const list = Array.isArray(parsed) ? parsed : [parsed];
  const isCall = (call: JsonValue | undefined): boolean => isObject(call) && typeof call.name === 'string' && isObject(call.arguments);
  return list.length > 0 && list.every(isCall) ? [] : [faultAt('arguments_not_json', at, 'no JSON object with name and arguments')];
}

function isToolText(tools: JsonValue | undefined): boolean {
  const list = typeof tools === 'string' ? parsedOrNot(tools) : undefined;
  const isTool = (tool: JsonValue): boolean =>
    isObject(tool) && typeof tool.name === 'string' && isObject(tool.parameters) && isObject(tool.parameters.properties);
  return Array.isArray(list) && list.length > 0 && list.every(isTool);
}

function parsedOrNot(text: string): JsonValue | undefined {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}
