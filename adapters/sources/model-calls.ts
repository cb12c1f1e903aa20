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
    const spoken = withoutSystem(call.input);
    const told = spoken.map(turnKey);
    let best: { readonly thread: Thread<Call>; readonly known: number } | undefined;
    for (const thread of threads) {
      const known = knownTurns(thread, call, told);
      if (known !== undefined && (best === undefined || known >= best.known)) best = { thread, known };
    }
    const thread = best?.thread ?? startThread(call);
    if (best === undefined) threads.push(thread);
    for (const message of best === undefined ? call.input : spoken.slice(best.known)) say(thread, message);
    for (const message of call.output) say(thread, message);
    thread.calls.push(call);
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
  const depths = conversations.map(({ calls }) => smallestOf(calls.map(({ depth }) => depth)));
  const top = smallestOf(depths);
  const candidates = conversations.filter((_, index) => depths[index] === top);
  const wanted = answer === undefined ? '' : normalizeText(answer);
  const answering = wanted === '' ? [] : candidates.filter(({ messages }) => normalizeText(messages.at(-1)?.content ?? '') === wanted);
  return (answering.length > 0 ? answering : candidates).reduce<Conversation<Call> | undefined>(
    (best, next) => (best !== undefined && best.messages.length > next.messages.length ? best : next),
    undefined,
  );
}

interface Thread<Call extends ModelCall> {
  readonly messages: Message[];
  /** Of its messages but those of the system: made once, because every later call is held against them. */
  readonly held: string[];
  readonly calls: Call[];
  readonly depth: number;
}

function startThread<Call extends ModelCall>({ depth }: Call): Thread<Call> {
  return { messages: [], held: [], calls: [], depth };
}

function say(thread: Thread<ModelCall>, message: Message): void {
  thread.messages.push(message);
  if (message.role !== 'system') thread.held.push(turnKey(message));
}

/** Not `Math.min(...)`, which takes no more arguments than the stack has room for. */
function smallestOf(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Infinity);
}

/** How many of the call's leading turns, `told`, the conversation holds already; undefined when the call does not continue it. System turns do not count. */
function knownTurns({ messages, held, depth }: Thread<ModelCall>, call: ModelCall, told: readonly string[]): number | undefined {
  for (let known = Math.min(told.length, held.length); known > 0; known -= 1) {
    const from = held.length - known;
    if (isHeldFrom(from, known, held, told)) return known;
  }
  const asksForTools = messages.at(-1)?.tool_calls !== undefined;
  const bringsResults = call.input.length > 0 && call.input.every(({ role }) => role === 'tool');
  return asksForTools && bringsResults && depth === call.depth ? 0 : undefined;
}

function isHeldFrom(from: number, count: number, held: readonly string[], told: readonly string[]): boolean {
  for (let index = 0; index < count; index += 1) if (told[index] !== held[from + index]) return false;
  return true;
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
  const spare = spareResults(results);
  const names = namesOfCalls(messages);
  const told: Message[] = [];
  let waiting: ToolCall[] = [];
  const settle = (): void => {
    for (const call of waiting) {
      const result = spare(call);
      if (result === undefined) continue;
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
    // The call's own span recorded the same result once more.
    if (id !== undefined) spare({ id, name: call?.name ?? names.get(id) });
  }
  settle();
  return told;
}

function namesOfCalls(messages: readonly Message[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { tool_calls: calls = [] } of messages) for (const { id, name } of calls) if (!names.has(id)) names.set(id, name);
  return names;
}

/** Gives each result once: that of the call's own id, else the next one without an id that has the call's name. */
function spareResults(
  results: readonly ToolResult[],
): (call: { readonly id: string; readonly name: string | undefined }) => ToolResult | undefined {
  const byId = new Map<string, ToolResult[]>();
  const byName = new Map<string | undefined, ToolResult[]>();
  for (const result of results.toReversed()) {
    if (result.callId === undefined) entryOf(byName, result.name).push(result);
    else entryOf(byId, result.callId).push(result);
  }
  return ({ id, name }) => byId.get(id)?.pop() ?? byName.get(name)?.pop();
}

function entryOf<Key>(lists: Map<Key, ToolResult[]>, key: Key): ToolResult[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
