import { isBlank } from '../shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { hasAssistantTurn } from './turn-text.ts';

/** A conversation fit for training, or why it is not. `cutTurns`: trailing user turns that nobody answered and that were left out. */
export type CheckedConversation =
  | { readonly ok: true; readonly messages: readonly Message[]; readonly cutTurns: number }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly detail: string };

/**
 * Checks the turns of a conversation: system turns first, then a non-empty user turn, every tool call answered, every tool result asked for,
 * and an assistant turn or an answered tool call at the end.
 */
export function checkConversation(messages: readonly Message[]): CheckedConversation {
  const firstTurn = messages.findIndex((message) => message.role !== 'system');
  const first = messages[firstTurn];
  if (first === undefined) return refuse('no_prompt', 'there is no turn but the system prompt');
  if (!messages.some((message) => message.role === 'user')) return refuse('no_prompt', 'there is no user turn');
  if (!hasAssistantTurn(messages)) return refuse('no_assistant_turn', 'there is no assistant turn that says or does anything');
  if (first.role !== 'user') return refuse('illegal_role_order', `the conversation begins with ${first.role}, expected user`);
  if (isBlank(first.content)) return refuse('no_prompt', 'the first user turn is empty');
  const lateSystem = messages.findIndex((message, index) => index > firstTurn && message.role === 'system');
  if (lateSystem !== -1) return refuse('illegal_role_order', `turn ${lateSystem} is a system turn amid the conversation`);
  const end = messages.findLastIndex((message) => message.role !== 'user') + 1;
  const kept = messages.slice(0, end);
  const fault = findToolFault(kept);
  return fault ?? { ok: true, messages: kept, cutTurns: messages.length - end };
}

function findToolFault(messages: readonly Message[]): (CheckedConversation & { ok: false }) | undefined {
  const open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (message.tool_call_id === undefined || !open.delete(message.tool_call_id)) {
        return refuse('orphan_tool_result', `turn ${index} answers no open tool call`);
      }
      continue;
    }
    if (open.size > 0) return refuse('unanswered_tool_call', `a tool call before turn ${index} has no result`);
    for (const call of message.tool_calls ?? []) open.add(call.id);
  }
  return open.size > 0 ? refuse('unanswered_tool_call', 'the last tool call has no result') : undefined;
}

function refuse(reason: QuarantineReason, detail: string): CheckedConversation & { ok: false } {
  return { ok: false, reason, detail };
}
