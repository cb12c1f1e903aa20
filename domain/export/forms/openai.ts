import type { JsonObject } from '../../shared/json.ts';
import type { Message } from '../../../schemas/evidence.ts';
import type { PreferenceRow, SftRow } from '../../../schemas/export-rows.ts';
import { callsOf, functionCall, untilAssistant } from './chat-turns.ts';
import { functionTools } from './function-tools.ts';
import { shaped, unshapable, type Shaped } from './shaped.ts';

/** An SFT row as a line of a chat fine-tuning file. Only permitted keys, so the way back is the line number and the form's index. */
export function openaiRow(row: SftRow): Shaped {
  const { turns, cutTurns } = untilAssistant(row.messages);
  const tools = functionTools(row.tools);
  return shaped({ messages: turns.map(openaiTurn), ...(tools.length === 0 ? {} : { tools }) }, cutTurns);
}

/** A preference row as a line of a preference fine-tuning file, which knows one answer of one turn on each side. */
export function openaiPair(row: PreferenceRow): Shaped {
  const [chosen, rejected] = [soleText(row.chosen), soleText(row.rejected)];
  if (chosen === undefined) return unshapable('several_turns', `chosen has ${row.chosen.length} turns, or calls a tool`);
  if (rejected === undefined) return unshapable('several_turns', `rejected has ${row.rejected.length} turns, or calls a tool`);
  const messages = row.prompt.filter((turn) => turn.role !== 'system' || turn.content.trim() !== '').map(openaiTurn);
  return shaped({ input: { messages }, preferred_output: [chosen], non_preferred_output: [rejected] });
}

function openaiTurn(message: Message): JsonObject {
  const { role, content } = message;
  if (role === 'tool') return { role, content, ...(message.tool_call_id === undefined ? {} : { tool_call_id: message.tool_call_id }) };
  const name = message.name !== undefined && PARTICIPANT.test(message.name) ? { name: message.name } : {};
  const calls = callsOf(message);
  if (calls.length === 0) return { role, content, ...name };
  const tool_calls = calls.map((call) => functionCall(call, call.arguments));
  return { role, content: content === '' ? null : content, tool_calls, ...name };
}

const PARTICIPANT = /^[\w-]{1,64}$/;

function soleText(turns: readonly Message[]): JsonObject | undefined {
  const [turn] = turns;
  if (turn === undefined || turns.length > 1 || turn.role !== 'assistant' || callsOf(turn).length > 0) return undefined;
  return { role: 'assistant', content: turn.content };
}
