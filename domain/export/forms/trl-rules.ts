import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { faultAt, unknownKeys, type FormFault } from './form-fault.ts';

/** Everything in a conversational row for supervised training that its rules do not allow. */
export function trlFaults(row: JsonObject): FormFault[] {
  const { tools } = row;
  return [
    ...columnFaults(row, ['messages'], ['id', 'tools']),
    ...turnFaults(row.messages, 'messages'),
    ...(tools === null || isToolList(tools) ? [] : [faultAt('wrong_shape', 'tools', 'neither null nor a list of function tools')]),
  ];
}

/** Everything in a preference row with an explicit prompt that its rules do not allow. */
export function trlPairFaults(row: JsonObject): FormFault[] {
  return [
    ...columnFaults(row, ['prompt', 'chosen', 'rejected'], ['id']),
    ...promptFaults(row.prompt),
    ...answers(row, ['chosen', 'rejected']),
  ];
}

/** Everything in an unpaired row that its rules do not allow. */
export function unpairedFaults(row: JsonObject): FormFault[] {
  return [
    ...columnFaults(row, ['prompt', 'completion', 'label'], ['id', 'pair_id']),
    ...promptFaults(row.prompt),
    ...answers(row, ['completion']),
    ...(typeof row.label === 'boolean' ? [] : [faultAt('wrong_shape', 'label', 'neither true nor false')]),
  ];
}

/** The trainer tells the type of a row by the set of these columns, so none may be missing and no other may be there. */
const TELLING = ['messages', 'prompt', 'chosen', 'rejected', 'completion', 'label'];

function columnFaults(row: JsonObject, telling: readonly string[], others: readonly string[]): FormFault[] {
  const missing = [...telling, ...others].filter((column) => row[column] === undefined);
  return [
    ...missing.map((column) => faultAt('wrong_shape', column, 'nothing')),
    ...unknownKeys(row, [...TELLING.filter((column) => telling.includes(column)), ...others], 'the row'),
  ];
}

const ROLES = ['system', 'user', 'assistant', 'tool'];

function turnFaults(turns: JsonValue | undefined, at: string): FormFault[] {
  if (!Array.isArray(turns) || turns.length === 0) return [faultAt('wrong_shape', at, 'no list of turns')];
  return turns.flatMap((turn, index) => {
    const where = `${at}[${index}]`;
    if (!isObject(turn) || !ROLES.includes(String(turn.role))) return [faultAt('wrong_shape', `${where}.role`, 'no known role')];
    return [
      ...unknownKeys(turn, ['role', 'content', 'name', 'tool_calls', 'tool_call_id'], where),
      ...(typeof turn.content === 'string' ? [] : [faultAt('wrong_shape', `${where}.content`, 'no text')]),
      ...(turn.tool_calls === undefined ? [] : callFaults(turn.tool_calls, `${where}.tool_calls`)),
    ];
  });
}

function callFaults(calls: JsonValue, at: string): FormFault[] {
  if (!Array.isArray(calls) || calls.length === 0) return [faultAt('wrong_shape', at, 'no list of calls')];
  return calls.flatMap((call) => {
    if (!isObject(call) || call.type !== 'function' || !isObject(call.function) || typeof call.function.name !== 'string')
      return [faultAt('wrong_shape', at, 'no call of type function')];
    return isObject(call.function.arguments) ? [] : [faultAt('arguments_not_json', at, 'arguments that are no object')];
  });
}

/** A template goes on after a user turn or a tool result with a new turn, after an assistant turn with the same one; after others it cannot. */
function promptFaults(prompt: JsonValue | undefined): FormFault[] {
  const last = Array.isArray(prompt) ? prompt.at(-1) : undefined;
  const isOpen = isObject(last) && last.role !== 'system';
  return [...turnFaults(prompt, 'prompt'), ...(isOpen ? [] : [faultAt('illegal_end', 'prompt', 'no turn that can be answered')])];
}

function answers(row: JsonObject, columns: readonly string[]): FormFault[] {
  return columns.flatMap((column) => {
    const turns = row[column];
    const first = Array.isArray(turns) ? turns[0] : undefined;
    const begins = isObject(first) && first.role === 'assistant';
    return [...turnFaults(turns, column), ...(begins ? [] : [faultAt('wrong_shape', column, 'not the assistant first')])];
  });
}

function isToolList(tools: JsonValue | undefined): boolean {
  return (
    Array.isArray(tools) && tools.length > 0 && tools.every((tool) => isObject(tool) && tool.type === 'function' && isObject(tool.function))
  );
}
