import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { searchCallSchema, type SearchCall } from '../../schemas/search-call.ts';
import { writeWhole } from '../atomic-write.ts';

/** Calls after which, and time after which, what was noted is written. */
const FLUSH_CALLS = 100;
const FLUSH_MS = 60_000;
/** Days for which calls are kept: the longest window that anybody can ask for. */
const KEPT_DAYS = 366;
const DAY_MS = 86_400_000;

/** Folder of the files of calls, one for each day of UTC. */
export function telemetryFolder(workspace: string): string {
  return join(workspace, 'lake', 'search-calls');
}

/** Keeps figures of searches. It never fails the search that it is told of: what cannot be written is lost. */
export class SearchTelemetry {
  readonly #folder: string;
  #noted: SearchCall[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(workspace: string) {
    this.#folder = telemetryFolder(workspace);
  }

  /** Keeps a call in memory, and writes all when there are 100 of them or a minute has passed. */
  note(call: SearchCall): void {
    this.#noted.push(call);
    if (this.#noted.length >= FLUSH_CALLS) return this.flush();
    // A process that has nothing else to do does not wait for it: whoever searches closes.
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  /** Writes what was noted. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const calls = this.#noted;
    this.#noted = [];
    try {
      for (const [date, lines] of linesByDate(calls)) appendLines(this.#folder, date, lines);
    } catch {
      // A full or read-only disk is told by what the search itself needs of it.
    }
  }

  /** Writes what was noted, for the last time. */
  close(): void {
    this.flush();
  }
}

/** The calls from a moment on (ISO 8601 in UTC), oldest day first, and how many lines could not be read. */
export function readSearchCalls(workspace: string, since: string): { calls: SearchCall[]; unreadableLines: number } {
  const folder = telemetryFolder(workspace);
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => FILE_NAME.test(name) && name.slice(0, 10) >= since.slice(0, 10))
    : [];
  const lines = names.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  const read = lines.filter((line) => line !== '').map(parseCall);
  const calls = read.filter((call) => call !== undefined);
  return { calls: calls.filter(({ ts }) => ts >= since), unreadableLines: read.length - calls.length };
}

const FILE_NAME = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

function parseCall(line: string): SearchCall | undefined {
  try {
    return searchCallSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function linesByDate(calls: readonly SearchCall[]): Map<string, string> {
  const lines = new Map<string, string>();
  for (const call of calls) {
    const date = call.ts.slice(0, 'YYYY-MM-DD'.length);
    lines.set(date, `${lines.get(date) ?? ''}${JSON.stringify(call)}\n`);
  }
  return lines;
}

/** One write of whole lines: other processes append to the same file. */
function appendLines(folder: string, date: string, lines: string): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${date}.jsonl`);
  if (!existsSync(path)) removeOld(folder, date);
  const file = openSync(path, 'a');
  try {
    writeWhole(file, Buffer.from(lines));
  } finally {
    closeSync(file);
  }
}

function removeOld(folder: string, date: string): void {
  const oldest = new Date(Date.parse(date) - KEPT_DAYS * DAY_MS).toISOString();
  for (const name of readdirSync(folder))
    if (FILE_NAME.test(name) && name < oldest.slice(0, 10)) rmSync(join(folder, name), { force: true });
}
