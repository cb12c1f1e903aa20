import { asString, isObject, type JsonObject } from '../../domain/shared/json.ts';
import { parseJson } from '../parse-json.ts';
import { readUsage, type TokenUsage } from '../token-usage.ts';
import { textOf, type ChatAnswer } from './chat.ts';

/** Puts an answer together that is sent as server-sent events, and notes when its first token came. */
export class ChatStream {
  #rest = '';
  #text = '';
  #finishReason: string | null = null;
  #usage: TokenUsage | null = null;
  #ttftMs: number | null = null;
  #isDone = false;
  #fault: string | undefined;

  /** Takes the next piece of the body, which may end anywhere. */
  take(piece: string, atMs: number): void {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line.trimEnd(), atMs);
  }

  /** The answer once the body has ended, or the sentence that says why it is none. */
  finish(): ChatAnswer | string {
    this.take('\n', Number.NaN);
    if (this.#fault !== undefined) return this.#fault;
    if (!this.#isDone && this.#finishReason === null) return 'the stream ended before the answer did';
    return { text: this.#text, finishReason: this.#finishReason, usage: this.#usage, ttftMs: this.#ttftMs };
  }

  /** Names of events and comments, by which servers keep a connection open, say nothing. */
  #takeLine(line: string, atMs: number): void {
    if (!line.startsWith('data:') || this.#fault !== undefined) return;
    const data = line.slice('data:'.length).trim();
    if (data === '[DONE]') {
      this.#isDone = true;
      return;
    }
    const chunk = parseJson(data);
    if (!isObject(chunk)) this.#fault = 'a piece of the stream is not a JSON object';
    else if (chunk.error !== undefined && chunk.error !== null) this.#fault = 'the server reported an error within the stream';
    else this.#takeChunk(chunk, atMs);
  }

  #takeChunk(chunk: JsonObject, atMs: number): void {
    this.#usage = readUsage(chunk.usage) ?? this.#usage;
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    if (!isObject(choice)) return;
    this.#finishReason = asString(choice.finish_reason) ?? this.#finishReason;
    if (!isObject(choice.delta)) return;
    const text = textOf(choice.delta);
    // Thinking comes before the answer and is no part of it, but its first word is the model's first token.
    const isToken = text !== '' || [choice.delta.reasoning_content, choice.delta.reasoning].some((thought) => Boolean(asString(thought)));
    if (isToken && Number.isFinite(atMs)) this.#ttftMs ??= atMs;
    this.#text += text;
  }
}
