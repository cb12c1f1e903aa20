import { isBlank, normalizeText } from '../shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';

/**
 * What turns say, in one spelling: conversations with the same text teach the same. White space is normalized, and the ids of tool calls are left
 * out, for they are drawn anew in every run.
 */
export function textOfTurns(turns: readonly Message[]): string {
  return turns.map((turn) => [turn.role, normalizeText(turn.content), ...callsOf(turn)].join('\n')).join('\n\n');
}

/** True when some turn of the assistant says or does anything. */
export function hasAssistantTurn(turns: readonly Message[]): boolean {
  return turns.some((turn) => turn.role === 'assistant' && (!isBlank(turn.content) || (turn.tool_calls?.length ?? 0) > 0));
}

function callsOf(turn: Message): string[] {
  return (turn.tool_calls ?? []).map((call) => `${call.name} ${normalizeText(call.arguments)}`);
}
