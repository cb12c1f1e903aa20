import type { Message } from '../../schemas/evidence.ts';

/**
 * The text of a conversation by which copies are told: what the user and the assistant say and which calls the assistant makes. The system prompt is left
 * out, because all conversations of one desk share it, and so are the results of tools, which the row does not teach and which many rows repeat.
 */
export function dedupTextOf(messages: readonly Message[]): string {
  return messages
    .filter(({ role }) => role === 'user' || role === 'assistant')
    .flatMap(({ content, tool_calls: calls }) => [content, ...(calls ?? []).map((call) => `${call.name} ${call.arguments}`)])
    .join('\n');
}
