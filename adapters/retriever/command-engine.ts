import type { RetrieverError } from '../../domain/shared/errors.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { cut } from '../../domain/shared/text.ts';
import type { RetrieverSettings } from '../../schemas/search-settings.ts';
import { parseJson } from '../parse-json.ts';
import { engineFault, type Engine, type EnginePlace } from './engine.ts';
import { MAX_TOLD_CHARACTERS, startLineProcess } from './line-process.ts';
import { programEnvironment } from './program-environment.ts';
import type { ResultPaths } from './read-results.ts';

type CommandSettings = Extract<RetrieverSettings, { kind: 'command' }>;

interface Waiting {
  readonly resolve: (answer: JsonObject) => void;
  readonly reject: (reason: unknown) => void;
}

/** The fields of a result, as a program writes them. */
const PATHS: ResultPaths = {
  results: '$.results[*]',
  slug: '$.slug',
  source_id: '$.source_id',
  chunk_id: '$.chunk_id',
  title: '$.title',
  text: '$.text',
  score: '$.score',
};

const INDEX_TIMEOUT_MS = 600_000;
const LOOK = 'Run the program by hand and look at what it prints: one JSON object a line, with the id of the request.';

/**
 * An engine that is a program: one JSON request a line in, one JSON answer a line out, told apart by `id`, in any order. An answer that comes too late is
 * dropped. A line that answers nothing that was asked ends the program, and with it every search that is under way or comes after.
 */
export async function openCommandEngine(name: string, settings: CommandSettings, place: EnginePlace): Promise<Engine> {
  const where = `${name} (${settings.command[0]})`;
  const waiting = new Map<number, Waiting>();
  const abandoned = new Set<number>();
  let lastId = 0;
  let ended: RetrieverError | undefined;

  const program = await startLineProcess({
    command: settings.command,
    cwd: place.base,
    env: programEnvironment(place.env, settings.pass_env),
    onLine: (line) => take(line),
    onEnd: (found) => {
      ended = engineFault(where, 'a program that answers', found, LOOK);
      for (const { reject } of waiting.values()) reject(ended);
    },
    tell: (line) => place.tell(`${name}: ${line}`),
  });

  function take(line: string): void {
    if (line.trim() === '') return;
    const answer = parseJson(line);
    if (!isObject(answer)) return program.stop('a line that is no JSON object');
    const id = typeof answer.id === 'number' ? answer.id : Number.NaN;
    if (abandoned.delete(id)) return;
    const asked = waiting.get(id);
    if (asked === undefined) program.stop('an answer with an id that nothing waits for');
    else asked.resolve(answer);
  }

  async function call(request: JsonObject, timeoutMs: number, signal?: AbortSignal): Promise<JsonObject> {
    if (ended !== undefined) throw ended;
    const id = (lastId += 1);
    const limit = AbortSignal.timeout(timeoutMs);
    const slow = (): void =>
      leave(engineFault(where, 'an answer', `none within ${timeoutMs} ms`, 'Make the program faster, or raise timeout_ms.'));
    const breakOff = (): void => leave(signal?.reason);
    const leave = (reason: unknown): void => {
      abandoned.add(id);
      waiting.get(id)?.reject(reason);
    };
    limit.addEventListener('abort', slow);
    signal?.addEventListener('abort', breakOff);
    try {
      return await new Promise<JsonObject>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        program.say(JSON.stringify({ id, ...request }));
      });
    } finally {
      waiting.delete(id);
      limit.removeEventListener('abort', slow);
      signal?.removeEventListener('abort', breakOff);
    }
  }

  /** What the program says of its error is not quoted: it may hold what it was asked. */
  function refuseError(answer: JsonObject): JsonObject {
    if (answer.error === undefined || answer.error === null) return answer;
    place.tell(cut(`${name}: ${typeof answer.error === 'string' ? answer.error : JSON.stringify(answer.error)}`, MAX_TOLD_CHARACTERS));
    throw engineFault(where, 'results', 'an error that it reported', 'Look at what it says of it on standard error.');
  }

  return {
    where,
    paths: PATHS,
    knowsSource: true,
    ask: async (question, signal) =>
      refuseError(await call({ method: 'search', ...question, source: question.source ?? null }, settings.timeout_ms, signal)),
    ...(settings.can_index
      ? {
          index: async (collection, pages) => {
            refuseError(await call({ method: 'index', collection, pages: pages as unknown as JsonValue[] }, INDEX_TIMEOUT_MS));
          },
        }
      : {}),
    close: () => program.close(),
  };
}
