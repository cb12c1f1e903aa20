import type { JsonObject, JsonValue } from '../shared/json.ts';
import type { Random } from '../shared/random.ts';
import { laterBy } from './moments.ts';

/** Writes the lines of one coding-agent session: each line knows its parent, its time and its session. */
export interface SessionWriter {
  readonly sessionId: string;
  readonly lines: readonly JsonObject[];
  /** uuid of the newest message; new messages become its children. */
  readonly head: string | null;
  say(text: string): void;
  think(text: string): void;
  user(text: string): void;
  /** A tool call with its result; `isPlain` writes the result as text and not as parts. */
  tool(name: string, input: JsonObject, result: string, isPlain?: boolean): void;
  /** What the program writes in the model's place when a request failed for good. */
  fail(text: string): void;
  /** A line that is no message: a snapshot, a summary, a queue entry. */
  note(line: JsonObject): void;
  /** A message of a kind that is neither user nor assistant but has its place in the chain. */
  system(fields: JsonObject): void;
  /** Goes back to an earlier message, so that the next one starts another branch. */
  goTo(uuid: string | null): void;
}

export interface SessionStart {
  readonly at: string;
  readonly sessionId?: string;
  /** Set for a sub-agent, whose lines carry the session of the agent that started it. */
  readonly agentId?: string;
}

export function createSession(random: Random, start: SessionStart): SessionWriter {
  const sessionId = start.sessionId ?? makeUuid(random);
  const lines: JsonObject[] = [];
  let head: string | null = null;
  let at = start.at;

  function chain(type: string, fields: JsonObject): void {
    at = laterBy(at, 2 + random.int(20));
    const uuid = makeUuid(random);
    const agent = start.agentId === undefined ? {} : { agentId: start.agentId };
    const place = {
      parentUuid: head,
      isSidechain: start.agentId !== undefined,
      userType: 'external',
      cwd: '/home/dev/booking-site',
      sessionId,
      version: '2.1.15',
      gitBranch: 'main',
    };
    lines.push({ ...place, ...agent, type, ...fields, uuid, timestamp: at });
    head = uuid;
  }

  function assistant(content: JsonValue): void {
    const usage = {
      input_tokens: 4 + random.int(9),
      cache_read_input_tokens: 9000 + random.int(9000),
      output_tokens: 20 + random.int(400),
      service_tier: 'standard',
    };
    chain('assistant', {
      message: {
        model: 'harbor-large-1',
        id: `msg_${makeUuid(random).slice(0, 8)}`,
        type: 'message',
        role: 'assistant',
        content: [content],
        stop_reason: null,
        usage,
      },
      requestId: `req_${makeUuid(random).slice(0, 8)}`,
    });
  }

  return {
    sessionId,
    lines,
    get head() {
      return head;
    },
    say: (text) => assistant({ type: 'text', text }),
    think: (thinking) => assistant({ type: 'thinking', thinking, signature: makeUuid(random) }),
    user: (content) => chain('user', { message: { role: 'user', content } }),
    tool(name, input, result, isPlain = true) {
      const id = `toolu_${makeUuid(random).replaceAll('-', '').slice(0, 22)}`;
      assistant({ type: 'tool_use', id, name, input });
      const content = isPlain ? result : [{ type: 'text', text: result }];
      chain('user', { message: { role: 'user', content: [{ tool_use_id: id, type: 'tool_result', content }] } });
    },
    fail: (text) =>
      chain('assistant', {
        isApiErrorMessage: true,
        message: { model: '<synthetic>', role: 'assistant', content: [{ type: 'text', text }] },
      }),
    note: (line) => void lines.push(line),
    system: (fields) => chain('system', fields),
    goTo(uuid) {
      head = uuid;
    },
  };
}

/** A version 4 identifier drawn from `random`. */
function makeUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, (_, at) =>
    at === 12 ? '4' : at === 16 ? '89ab'[random.int(4)] : random.int(16).toString(16),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
