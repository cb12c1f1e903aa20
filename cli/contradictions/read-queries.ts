import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openCaptureStore } from '../../adapters/search/capture-store.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { isObject } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';

/** Where queries come from: exactly one of these, or none beside `--entities`. */
export interface QueryOptions {
  readonly queriesFile?: string;
  readonly query?: string;
  readonly fromCapture?: boolean;
  readonly entities?: boolean;
  readonly limit?: number;
}

/** The queries of a run, and lines of their file that are none. */
export interface GivenQueries {
  readonly queries: readonly string[];
  readonly malformed: number;
  /** The file as it was named; null where there is none. */
  readonly name: string | null;
}

/** The queries that the options ask for. UsageError for several sources or none, and for one that holds no query. */
export function readQueries(options: QueryOptions, { cwd, workspace }: { readonly cwd: string; readonly workspace: string }): GivenQueries {
  refuseSeveral(options);
  const { queriesFile, query, fromCapture, limit } = options;
  if (queriesFile !== undefined) return cutTo(readFile(queriesFile, cwd), limit);
  if (query !== undefined) return { queries: [requireQuery(query)], malformed: 0, name: null };
  if (fromCapture === true) return { queries: capturedQueries(workspace, limit ?? Infinity), malformed: 0, name: null };
  return { queries: [], malformed: 0, name: null };
}

function refuseSeveral({ queriesFile, query, fromCapture, entities }: QueryOptions): void {
  const given = Object.entries({ '--queries-file': queriesFile, '--query': query, '--from-capture': fromCapture })
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([flag]) => flag);
  if (given.length === 1 || (given.length === 0 && entities === true)) return;
  throw new UsageError(
    `reading the options: expected exactly one of --queries-file, --query and --from-capture, found ${given.join(' and ') || 'none'}.`,
    given.length === 0 ? 'Name one, or compare the whole collection with --entities.' : 'Leave the others out.',
    { flag: given[1] ?? '--queries-file' },
  );
}

function cutTo({ queries, ...rest }: GivenQueries, limit: number | undefined): GivenQueries {
  return { ...rest, queries: queries.slice(0, limit) };
}

/** A line that begins as a JSON object has to be one, with a query; any other line is a query itself. */
function readFile(given: string, cwd: string): GivenQueries {
  const lines = readText(given, cwd)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => (line.startsWith('{') ? queryIn(line) : line));
  const queries = read.filter((query) => query !== undefined);
  if (queries.length > 0) return { queries, malformed: read.length - queries.length, name: given };
  throw new UsageError(
    `reading --queries-file ${given}: expected at least one query, found ${read.length === 0 ? 'an empty file' : `${read.length} lines that are none`}.`,
    'Write one on each line, as it is or as {"query":"…"}.',
    { flag: '--queries-file', file: given },
  );
}

function readText(given: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, given), 'utf8').replace(/^\ufeff/, '');
  } catch {
    throw new UsageError(
      `reading --queries-file ${given}: expected a file that can be read, found none.`,
      'Name a file of queries, one on each line.',
      {
        flag: '--queries-file',
        file: given,
      },
    );
  }
}

function queryIn(line: string): string | undefined {
  const parsed = parseRecord(line);
  const query = parsed.ok && isObject(parsed.value) ? parsed.value.query : undefined;
  return typeof query === 'string' && query.trim() !== '' ? query.trim() : undefined;
}

function requireQuery(query: string): string {
  if (query.trim() !== '') return query.trim();
  throw new UsageError('reading --query: expected a query, found nothing.', 'Write what somebody would search for.', { flag: '--query' });
}

/** What was searched for, the last first, each once. */
function capturedQueries(workspace: string, limit: number): string[] {
  const queries = new Set<string>();
  for (const { query } of openCaptureStore(workspace).newestFirst()) {
    if (query.trim() !== '') queries.add(query.trim());
    if (queries.size >= limit) break;
  }
  if (queries.size > 0) return [...queries];
  throw new UsageError(
    'reading --from-capture: expected searches that were captured, found none.',
    'Turn eval.capture on and search, or name queries with --queries-file.',
    { flag: '--from-capture' },
  );
}
