import { canonicalJson } from '../../shared/canonical-json.ts';
import { asArray, asString, isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { parseRecord } from '../../shared/parse-record.ts';
import type { SourceEvent } from './read-event.ts';

/** What the lake says of an attempt; `messages` is JSON text. */
export interface EvidenceForEvent {
  readonly id: string;
  readonly recorded_at: string;
  readonly messages: string;
}

/**
 * An attempt of the lake as an event of an agent's session, with the payload of the source `claude`: the prompts of the user, the tool calls, and
 * the last words of the assistant as its summary.
 */
export function evidenceEvent({ id, recorded_at: recordedAt, messages: json }: EvidenceForEvent): SourceEvent {
  const parsed = parseRecord(json);
  const messages = (parsed.ok ? (asArray(parsed.value) ?? []) : []).filter(isObject);
  return {
    eventId: `claude-${id}`,
    source: 'claude',
    atMs: Date.parse(recordedAt),
    isProbe: false,
    payload: parsed.ok
      ? {
          message_count: messages.length,
          session_id: id,
          summary_text: wordsOf(messages, 'assistant').at(-1) ?? '',
          tool_calls_json: canonicalJson(messages.flatMap(callsOf)),
          user_prompts_json: canonicalJson(wordsOf(messages, 'user')),
        }
      : undefined,
  };
}

function wordsOf(messages: readonly JsonObject[], role: string): string[] {
  return messages
    .filter((message) => message.role === role)
    .flatMap(({ content }) => asString(content) ?? [])
    .filter((text) => text !== '');
}

function callsOf({ tool_calls: calls }: JsonObject): JsonValue[] {
  return (asArray(calls) ?? []).filter(isObject).map(({ name = null, arguments: given = null }) => ({ arguments: given, name }));
}
