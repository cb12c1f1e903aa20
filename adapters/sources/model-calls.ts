import { normalizeText } from '../../domain/shared/text.ts';
import type { Message, ToolCall } from '../../schemas/evidence.ts';

/** One call of a model as a trace recorded it: what it was given and what it said. */
export interface ModelCall {
  readonly input: readonly Message[];
  readonly output: readonly Message[];
  /** How many agents stand between the call and the root of its trace: a sub-agent's calls lie deeper. */
  readonly depth: number;
}

/** A conversation and the calls that it was put together from, in time order. */
export interface Conversation<Call extends ModelCall> {
  readonly messages: readonly Message[];
  readonly calls: readonly Call[];
}

/**
 * Puts calls in time order together to conversations. A call mostly repeats the whole history, or its last turns: what is known already is not said
 * twice. One that brings nothing but results of tools continues the conversation that asked for them; any other begins a conversation of its own.
 */
export function conversationsOf<Call extends ModelCall>(calls: readonly Call[]): Conversation<Call>[] {
  const threads: Thread<Call>[] = [];
  for (const call of calls) {
    const found = threads.map((thread) => ({ thread, known: knownTurns(thread, call) })).filter(isContinued);
    const best = found.reduce<(typeof found)[number] | undefined>(
      (left, right) => (left && left.known > right.known ? left : right),
      undefined,
    );
    if (best === undefined) {
      threads.push({ messages: [...call.input, ...call.output], calls: [call], depth: call.depth });
      continue;
    }
    best.thread.messages.push(...withoutSystem(call.input).slice(best.known), ...call.output);
    best.thread.calls.push(call);
  }
  return threads;
}

/**
 * The conversation that the trace is about: not a sub-agent's, ending in the trace's own answer where that is known, else the one with the most turns,
 * else the last.
 */
export function mainConversation<Call extends ModelCall>(
  conversations: readonly Conversation<Call>[],
  answer: string | undefined,
): Conversation<Call> | undefined {
  const depthOf = ({ calls }: Conversation<Call>): number => Math.min(...calls.map(({ depth }) => depth));
  const top = Math.min(...conversations.map(depthOf));
  const candidates = conversations.filter((conversation) => depthOf(conversation) === top);
  const wanted = answer === undefined ? '' : normalizeText(answer);
  const answering = wanted === '' ? [] : candidates.filter(({ messages }) => normalizeText(messages.at(-1)?.content ?? '') === wanted);
  return (answering.length > 0 ? answering : candidates).reduce<Conversation<Call> | undefined>(
    (best, next) => (best !== undefined && best.messages.length > next.messages.length ? best : next),
    undefined,
  );
}

interface Thread<Call extends ModelCall> {
  readonly messages: Message[];
  readonly calls: Call[];
  readonly depth: number;
}

function isContinued<Found extends { readonly known: number | undefined }>(found: Found): found is Found & { readonly known: number } {
  return found.known !== undefined;
}

/** How many of the call's leading turns the conversation holds already; undefined when the call does not continue it. System turns do not count. */
function knownTurns(thread: Thread<ModelCall>, call: ModelCall): number | undefined {
  const told = withoutSystem(call.input).map(turnKey);
  const held = withoutSystem(thread.messages).map(turnKey);
  for (let known = Math.min(told.length, held.length); known > 0; known -= 1) {
    const from = held.length - known;
    if (told.slice(0, known).every((turn, index) => turn === held[from + index])) return known;
  }
  const asksForTools = thread.messages.at(-1)?.tool_calls !== undefined;
  const bringsResults = call.input.length > 0 && call.input.every(({ role }) => role === 'tool');
  return asksForTools && bringsResults && thread.depth === call.depth ? 0 : undefined;
}

function withoutSystem(messages: readonly Message[]): Message[] {
  return messages.filter(({ role }) => role !== 'system');
}

/** Two recordings of one turn agree in this: ids and the spelling of arguments may differ from one to the other. */
function turnKey({ role, content, tool_calls: calls = [] }: Message): string {
  return JSON.stringify([role, normalizeText(content), calls.map(({ name }) => name)]);
}

/** What a tool gave back, as its own span recorded it. */
export interface ToolResult {
  readonly callId: string | undefined;
  readonly name: string | undefined;
  readonly text: string;
}

/**
 * The conversation with its tool calls answered: results without an id belong to the calls before them, in order, and calls that the messages leave
 * unanswered take the result of the tool's own span, by id, else by name in order of time.
 */
export function answerCalls(messages: readonly Message[], results: readonly ToolResult[]): Message[] {
  const answered = new Set(messages.flatMap(({ role, tool_call_id: id }) => (role === 'tool' && id !== undefined ? [id] : [])));
  const spare = new Set(results);
  const told: Message[] = [];
  let waiting: ToolCall[] = [];
  const settle = (): void => {
    for (const call of waiting) {
      const result = resultOf(call, spare);
      if (result === undefined) continue;
      spare.delete(result);
      told.push({ role: 'tool', content: result.text, tool_call_id: call.id });
    }
    waiting = [];
  };
  for (const message of messages) {
    if (message.role !== 'tool') {
      settle();
      told.push(message);
      waiting = (message.tool_calls ?? []).filter(({ id }) => !answered.has(id));
      continue;
    }
    const at =
      message.tool_call_id !== undefined ? -1 : waiting.findIndex(({ name }) => message.name === undefined || message.name === name);
    const [call] = at === -1 ? [] : waiting.splice(at, 1);
    told.push(call === undefined ? message : { ...message, tool_call_id: call.id });
    const id = call?.id ?? message.tool_call_id;
    const repeated = id === undefined ? undefined : resultOf({ id, name: call?.name ?? nameOf(id, messages) }, spare);
    if (repeated !== undefined) spare.delete(repeated);
  }
  settle();
  return told;
}

function nameOf(callId: string, messages: readonly Message[]): string | undefined {
  return messages.flatMap(({ tool_calls: calls = [] }) => calls).find(({ id }) => id === callId)?.name;
}

function resultOf(
  call: { readonly id: string; readonly name: string | undefined },
  spare: ReadonlySet<ToolResult>,
): ToolResult | undefined {
  const results = [...spare];
  return results.find(({ callId }) => callId === call.id) ?? results.find(({ callId, name }) => callId === undefined && name === call.name);
}
