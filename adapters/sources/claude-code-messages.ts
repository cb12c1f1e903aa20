import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message, ToolCall } from '../../schemas/evidence.ts';
import type { SessionLine } from './claude-code-lines.ts';
import { describeValue } from './describe-value.ts';
import { contentText } from './drafts.ts';

/** A conversation, and how many blocks of thinking and turns of the tool's own making were left out of it. */
interface SessionMessages {
  readonly messages: readonly Message[];
  readonly thinkingBlocks: number;
  readonly syntheticTurns: number;
}

/** A line whose message is not of the format's shape. */
interface MalformedLine {
  readonly line: SessionLine;
  readonly problem: string;
}

/**
 * The conversation of a branch. Pieces of one streamed message become one turn, tool results turns of their own; what the program told the model in the
 * user's name (meta lines, summaries of a compacted context) stays, because the model answered to it. Turns that the program put into the assistant's
 * mouth (failed requests) are left out.
 */
export function sessionMessages(lines: readonly SessionLine[]): SessionMessages | MalformedLine {
  const messages: Message[] = [];
  let thinkingBlocks = 0;
  let syntheticTurns = 0;
  let streamed: { id: string; message: Message } | undefined;
  for (const line of lines) {
    if (line.kind === 'link') continue;
    const content = isObject(line.value.message) ? line.value.message.content : undefined;
    if (line.kind === 'user') {
      const turns = userTurns(content);
      if (typeof turns === 'string') return { line, problem: turns };
      if (turns.some(({ role }) => role === 'user')) streamed = undefined;
      for (const turn of turns) messages.push(turn);
    } else if (isSynthetic(line.value)) syntheticTurns += 1;
    else {
      const said = spoken(content);
      if (typeof said === 'string') return { line, problem: said };
      thinkingBlocks += said.thinkingBlocks;
      if (streamed === undefined || streamed.id !== line.messageId) {
        const message: Message = { role: 'assistant', content: '' };
        streamed = line.messageId === undefined ? undefined : { id: line.messageId, message };
        messages.push(message);
        append(message, said);
      } else append(streamed.message, said);
    }
  }
  return { messages: messages.filter(saysSomething), thinkingBlocks, syntheticTurns };
}

/** True for an assistant's line that no model wrote: the report of a failed request, or a filler. */
export function isSynthetic(line: JsonObject): boolean {
  return line.isApiErrorMessage === true || (isObject(line.message) && line.message.model === '<synthetic>');
}

/** Results before words: whatever their order in the line, they answer the turn before it. */
function userTurns(content: JsonValue | undefined): Message[] | string {
  if (typeof content === 'string') return [{ role: 'user', content }];
  if (!Array.isArray(content)) return `message.content: expected text or blocks, found ${describeValue(content)}`;
  const results: Message[] = [];
  const words: JsonValue[] = [];
  for (const [index, block] of content.entries()) {
    if (!isObject(block) || block.type !== 'tool_result') words.push(block);
    else {
      const answered = asString(block.tool_use_id);
      const text = contentText(block.content);
      if (answered === undefined || text === undefined)
        return `message.content[${index}]: expected a tool_result with tool_use_id and content`;
      results.push({ role: 'tool', content: text, tool_call_id: answered });
    }
  }
  const text = contentText(words);
  if (text === undefined) return 'message.content: expected blocks with text or a type';
  return words.length === 0 ? results : [...results, { role: 'user', content: text }];
}

interface Spoken {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly thinkingBlocks: number;
}

function spoken(content: JsonValue | undefined): Spoken | string {
  if (typeof content === 'string') return { text: content, calls: [], thinkingBlocks: 0 };
  if (!Array.isArray(content)) return `message.content: expected text or blocks, found ${describeValue(content)}`;
  const words: JsonValue[] = [];
  const calls: ToolCall[] = [];
  let thinkingBlocks = 0;
  for (const [index, block] of content.entries()) {
    const type = isObject(block) ? block.type : undefined;
    if (type === 'thinking' || type === 'redacted_thinking') thinkingBlocks += 1;
    else if (isObject(block) && type === 'tool_use') {
      const id = asString(block.id);
      const name = asString(block.name);
      if (id === undefined || name === undefined) return `message.content[${index}]: expected a tool_use with id and name`;
      calls.push({ id, name, arguments: canonicalJson(block.input ?? {}) });
    } else words.push(block);
  }
  const text = contentText(words);
  return text === undefined ? 'message.content: expected blocks with text or a type' : { text, calls, thinkingBlocks };
}

function append(message: Message, { text, calls }: Spoken): void {
  message.content = message.content === '' || text === '' ? message.content + text : `${message.content}\n${text}`;
  if (calls.length > 0) message.tool_calls = [...(message.tool_calls ?? []), ...calls];
}

/** A message of which only the thinking was written down says nothing to learn from. */
function saysSomething({ role, content, tool_calls: calls }: Message): boolean {
  return role !== 'assistant' || content !== '' || calls !== undefined;
}
