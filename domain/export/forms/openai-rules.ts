import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { isBlank } from '../../shared/text.ts';
import { parseArguments } from './chat-turns.ts';
import { faultAt, unknownKeys, type FormFault } from './form-fault.ts';

/** Everything in a line of a chat fine-tuning file that its rules do not allow. */
export function openaiFaults(row: JsonObject): FormFault[] {
  const { messages } = row;
  if (!Array.isArray(messages) || messages.length === 0) return [faultAt('wrong_shape', 'messages', 'no list of messages')];
  const last = messages.at(-1);
  return [
    ...unknownKeys(row, ['messages', 'tools', 'parallel_tool_calls'], 'the line'),
    ...messages.flatMap((message, index) => messageFaults(message, `messages[${index}]`)),
    ...answerFaults(messages, 'messages'),
    ...(isObject(last) && last.role === 'assistant'
      ? []
      : [faultAt('illegal_end', `messages[${messages.length - 1}]`, 'no assistant turn')]),
    ...toolFaults(row.tools),
  ];
}

/** Everything in a line of a preference fine-tuning file that its rules do not allow. */
export function openaiPairFaults(row: JsonObject): FormFault[] {
  const { input } = row;
  if (!isObject(input) || !Array.isArray(input.messages) || input.messages.length === 0)
    return [faultAt('wrong_shape', 'input.messages', 'no list of messages')];
  const last = input.messages.at(-1);
  return [
    ...unknownKeys(row, ['input', 'preferred_output', 'non_preferred_output'], 'the line'),
    ...unknownKeys(input, ['messages', 'tools', 'parallel_tool_calls'], 'input'),
    ...input.messages.flatMap((message, index) => messageFaults(message, `input.messages[${index}]`)),
    ...answerFaults(input.messages, 'input.messages'),
    ...(isObject(last) && last.role !== 'assistant' ? [] : [faultAt('illegal_end', 'input.messages', 'the assistant speaks last')]),
    ...toolFaults(input.tools),
    ...['preferred_output', 'non_preferred_output'].flatMap((side) => outputFaults(row[side], side)),
  ];
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  system: ['role', 'content', 'name'],
  user: ['role', 'content', 'name'],
  assistant: ['role', 'content', 'name', 'tool_calls', 'weight'],
  tool: ['role', 'content', 'tool_call_id'],
};
const NAME = /^[\w-]{1,64}$/;
const MOST_TOOLS = 128;

function messageFaults(message: JsonValue, at: string): FormFault[] {
  if (!isObject(message)) return [faultAt('wrong_shape', at, 'no object')];
  const { role, content, tool_calls, name, weight } = message;
  const permitted = typeof role === 'string' ? KEYS[role] : undefined;
  if (permitted === undefined) return [faultAt('wrong_shape', `${at}.role`, String(role))];
  const calls = tool_calls !== undefined;
  return [
    ...unknownKeys(message, permitted, at),
    ...(typeof content === 'string' || (calls && content === null) ? [] : [faultAt('wrong_shape', `${at}.content`, 'no text')]),
    ...(typeof content === 'string' && isBlank(content) && role !== 'tool' && !calls
      ? [faultAt('blank_turn', at, `a blank ${String(role)} turn`)]
      : []),
    ...(name === undefined || (typeof name === 'string' && NAME.test(name)) ? [] : [faultAt('wrong_shape', `${at}.name`, String(name))]),
    ...(weight === undefined || weight === 0 || weight === 1 ? [] : [faultAt('wrong_shape', `${at}.weight`, 'neither 0 nor 1')]),
    ...(calls ? callFaults(tool_calls, `${at}.tool_calls`) : []),
  ];
}

function callFaults(calls: JsonValue, at: string): FormFault[] {
  if (!Array.isArray(calls) || calls.length === 0) return [faultAt('wrong_shape', at, 'no list of calls')];
  return calls.flatMap((call) => {
    if (!isObject(call) || typeof call.id !== 'string' || call.type !== 'function' || !isObject(call.function))
      return [faultAt('wrong_shape', at, 'no call of type function with an id')];
    const { name, arguments: args, ...rest } = call.function;
    if (typeof name !== 'string' || typeof args !== 'string') return [faultAt('wrong_shape', at, 'no name, or arguments that are no text')];
    return [
      ...unknownKeys(call, ['id', 'type', 'function'], at),
      ...unknownKeys(rest, [], at),
      ...(NAME.test(name) ? [] : [faultAt('tool_not_allowed', at, `the name ${name}`)]),
      ...(parseArguments(args) === undefined ? [faultAt('arguments_not_json', at, `the call ${call.id}`)] : []),
    ];
  });
}

/** Calls and results must match; the last turn alone may call without waiting for a result. */
function answerFaults(messages: readonly JsonValue[], at: string): FormFault[] {
  let open = new Set<JsonValue>();
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id!))
        return [faultAt('unanswered_call', `${at}[${index}]`, 'a result that no open call asked for')];
      continue;
    }
    if (open.size > 0) return [faultAt('unanswered_call', `${at}[${index}]`, 'an open call before this turn')];
    open = new Set(Array.isArray(message.tool_calls) ? message.tool_calls.map((call) => (isObject(call) ? call.id! : null)) : []);
  }
  return [];
}

function toolFaults(tools: JsonValue | undefined): FormFault[] {
  if (tools === undefined) return [];
  if (!Array.isArray(tools) || tools.length === 0) return [faultAt('wrong_shape', 'tools', 'no list of tools')];
  if (tools.length > MOST_TOOLS) return [faultAt('tool_not_allowed', 'tools', `${tools.length} tools, expected at most ${MOST_TOOLS}`)];
  return tools.flatMap((tool, index) => {
    const at = `tools[${index}]`;
    if (!isObject(tool) || tool.type !== 'function' || !isObject(tool.function))
      return [faultAt('wrong_shape', at, 'no tool of type function')];
    const { name, parameters } = tool.function;
    return [
      ...unknownKeys(tool, ['type', 'function'], at),
      ...unknownKeys(tool.function, ['name', 'description', 'parameters', 'strict'], at),
      ...(typeof name === 'string' && NAME.test(name) ? [] : [faultAt('tool_not_allowed', at, `the name ${String(name)}`)]),
      ...(parameters === undefined || isObject(parameters) ? [] : [faultAt('wrong_shape', `${at}.parameters`, 'no JSON schema')]),
    ];
  });
}

function outputFaults(output: JsonValue | undefined, side: string): FormFault[] {
  const [message] = Array.isArray(output) && output.length === 1 ? output : [];
  if (!isObject(message) || message.role !== 'assistant') return [faultAt('several_turns', side, 'not exactly one assistant turn')];
  if (message.tool_calls !== undefined) return [faultAt('several_turns', side, 'a tool call')];
  return messageFaults(message, `${side}[0]`);
}
