import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { readUsage, type TokenUsage } from '../token-usage.ts';

/** What a model is asked. Null, or absence, leaves a setting to the server, as it is deployed. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
  readonly temperature: number;
  readonly top_p?: number | null | undefined;
  readonly max_tokens?: number | null | undefined;
  readonly seed?: number | null | undefined;
  /** JSON Schema that the server shall hold the answer to. */
  readonly replySchema?: { readonly name: string; readonly schema: JsonObject } | undefined;
  /** Has the answer sent piece by piece: only then is the time to the first token known. */
  readonly isStreamed?: boolean | undefined;
}

export interface ChatAnswer {
  readonly text: string;
  /** Null when the server does not say. */
  readonly finishReason: string | null;
  readonly usage: TokenUsage | null;
  /** Milliseconds from the start of the call to the first token; null when the answer came as a whole. */
  readonly ttftMs: number | null;
  /** The model as the server names what answered, with its fingerprint; absent where it does not say, or where the answer was streamed. */
  readonly snapshot?: string;
}

/** The body of a request for a chat completion. */
export function writeChatRequest({ model, messages, temperature, top_p, max_tokens, seed, replySchema, isStreamed }: ChatRequest): string {
  return JSON.stringify({
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    temperature,
    ...given({ top_p, max_tokens, seed }),
    ...(replySchema === undefined ? {} : { response_format: { type: 'json_schema', json_schema: { ...replySchema, strict: true } } }),
    ...(isStreamed === true ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
}

/** The answer in a completion that came as a whole, or the sentence that says what it lacks. */
export function readCompletion(reply: JsonValue | undefined): ChatAnswer | string {
  if (!isObject(reply)) return 'the reply is not a JSON object';
  const choice = Array.isArray(reply.choices) ? reply.choices[0] : undefined;
  if (!isObject(choice)) return 'the reply has no choices';
  if (!isObject(choice.message)) return 'the first choice has no message';
  return {
    text: textOf(choice.message),
    finishReason: asString(choice.finish_reason) ?? null,
    usage: readUsage(reply.usage),
    ttftMs: null,
    ...snapshotOf(reply),
  };
}

function snapshotOf({ model, system_fingerprint: fingerprint }: JsonObject): Pick<ChatAnswer, 'snapshot'> {
  const parts = [asString(model), asString(fingerprint)].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { snapshot: parts.join(' ') };
}

/** The text of a message, or of a piece of one. What a model refuses with, some servers put beside the content. */
export function textOf({ content, refusal }: JsonObject): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map((part) => (isObject(part) ? (asString(part.text) ?? '') : '')).join('');
  return asString(refusal) ?? '';
}

function given(settings: Readonly<Record<string, number | null | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(settings).flatMap(([key, value]) => (typeof value === 'number' ? [[key, value] as const] : [])));
}
