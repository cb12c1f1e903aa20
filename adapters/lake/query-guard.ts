import { UsageError } from '../../domain/shared/errors.ts';
import { cut } from '../../domain/shared/text.ts';
import type { Database } from './database.ts';

/**
 * Table functions that a query may call. Everything else is refused: among DuckDB's own are some that write files, print, follow pointers or
 * run SQL from a string, and later versions will bring more.
 */
export const TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'unnest',
  'range',
  'generate_series',
  'repeat',
  'repeat_row',
  'json_each',
  'json_tree',
  'summary',
  'test_all_types',
  'duckdb_columns',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_tables',
  'duckdb_types',
  'duckdb_views',
  'pragma_table_info',
  'pragma_version',
]);

/**
 * Lets through one statement that only reads: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW, or EXPLAIN of one of these. DuckDB parses
 * the text and says what it is. Anything else is a UsageError; nothing of the text has been run by then.
 */
export async function requireReading(database: Database, sql: string): Promise<void> {
  const explained = EXPLAIN.exec(sql)?.[0] ?? '';
  for (const name of tableFunctions(await parse(database, sql.slice(explained.length)))) {
    if (!TABLE_FUNCTIONS.has(name)) throw refusal(`the table function ${name}`);
  }
  const types = await database.statements(sql);
  const expected = explained === '' ? 'SELECT' : 'EXPLAIN';
  if (types.length !== 1 || types[0] !== expected) throw refusal(types.join(', '));
}

/**
 * EXPLAIN ANALYZE runs what follows it, so what follows is judged like a query of its own. Only this plain form is known: with a comment or
 * with options before the statement, DuckDB's parser of queries sees something that is none.
 */
const EXPLAIN = /^[ \t\r\n]*EXPLAIN[ \t\r\n]+(?:ANALYZE[ \t\r\n]+)?/i;

interface ParsedSql {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly statements?: readonly unknown[];
}

/** DuckDB writes constants of a query that JSON cannot hold as they are. In a string this changes a constant, too, but no name that is looked for. */
const NO_JSON = /([:,[])-?(?:Infinity|NaN)\b/g;

/** The tree of exactly one query, as DuckDB's parser sees it. */
async function parse(database: Database, sql: string): Promise<unknown> {
  const [row] = await database.rows<{ tree: string }>('SELECT json_serialize_sql($sql::VARCHAR) AS tree', { sql });
  const parsed = JSON.parse((row?.tree ?? '{"error":true}').replace(NO_JSON, '$1null')) as ParsedSql;
  if (parsed.error_type === 'parser') throw sqlFault(parsed.error_message ?? 'a syntax error');
  const [tree, ...more] = parsed.statements ?? [];
  if (more.length > 0) throw refusal(`${more.length + 1} statements`);
  if (tree === undefined) throw refusal(sql.trim() === '' ? 'nothing' : `"${cut(sql.trim(), 60)}"`);
  return tree;
}

/** Names of the functions that stand where a table could, at any depth. */
function tableFunctions(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'TABLE_FUNCTION' && 'function' in node ? [functionName(node.function)] : [];
  return [...own, ...Object.values(node).flatMap(tableFunctions)];
}

function functionName(call: unknown): string {
  const name = typeof call === 'object' && call !== null && 'function_name' in call ? call.function_name : undefined;
  return String(name).toLowerCase();
}

/** What DuckDB says of a faulty query, in our form. */
export function sqlFault(found: string): UsageError {
  return new UsageError(
    `reading the query: expected SQL that DuckDB can run over the views, found: ${found}`,
    'Mend the query. `lauter distill query "SHOW TABLES"` lists the views, `lauter distill query "DESCRIBE scored"` the columns of one.',
  );
}

function refusal(found: string): UsageError {
  return new UsageError(
    `reading the query: expected one statement that only reads the views (SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN), found ${found}.`,
    'Write one such statement over the views; `lauter distill query "SHOW TABLES"` lists them.',
  );
}
