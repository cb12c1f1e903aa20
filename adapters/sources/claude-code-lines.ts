import { asArray, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** A line of a session that takes part in the chain of parent links. */
export interface SessionLine {
  readonly value: JsonObject;
  /** 0-based place among the lines that were handed over. */
  readonly index: number;
  /** A user's or the assistant's line, or anything else (progress, system) that only links others. */
  readonly kind: 'user' | 'assistant' | 'link';
  readonly uuid: string | undefined;
  /** The parent's uuid; null where the line says that it has none, undefined where it says nothing. */
  readonly parent: string | null | undefined;
  /** Lines of one stream follow each other: the session's own, or those of one sub-agent. */
  readonly stream: string;
  /** Assistant lines with the same one are pieces of one streamed message. */
  readonly messageId: string | undefined;
  /** Ids of the tool calls that the line makes. */
  readonly calls: readonly string[];
  /** Ids of the tool calls whose results the line brings. */
  readonly answers: readonly string[];
}

/** The line as a member of the chain, or undefined for a note beside it (summary, queue operation, file snapshot). */
export function sessionLineOf(value: JsonObject, index: number): SessionLine | undefined {
  const kind = value.type === 'user' || value.type === 'assistant' ? value.type : 'link';
  const uuid = asString(value.uuid);
  if (kind === 'link' && uuid === undefined) return undefined;
  const message = isObject(value.message) ? value.message : {};
  const blocks = (asArray(message.content) ?? []).filter(isObject);
  return {
    value,
    index,
    kind,
    uuid,
    parent: value.parentUuid === null ? null : asString(value.parentUuid),
    stream: JSON.stringify([sessionOf(value) ?? null, subAgentOf(value) ?? null]),
    messageId: kind === 'assistant' ? asString(message.id) : undefined,
    calls: kind === 'assistant' ? idsIn(blocks, 'tool_use', 'id') : [],
    answers: kind === 'user' ? idsIn(blocks, 'tool_result', 'tool_use_id') : [],
  };
}

/** The id of the session that a line belongs to. */
export function sessionOf(line: JsonObject): string | undefined {
  return asString(line.sessionId) ?? asString(line.session_id);
}

/** What names the sub-agent that wrote a line; undefined for the session's own lines. */
export function subAgentOf(line: JsonObject): string | undefined {
  return asString(line.agentId) ?? asString(line.parent_tool_use_id) ?? (line.isSidechain === true ? 'sidechain' : undefined);
}

function idsIn(blocks: readonly JsonObject[], type: JsonValue, field: string): string[] {
  return blocks.flatMap((block) => (block.type === type && typeof block[field] === 'string' ? [block[field]] : []));
}
