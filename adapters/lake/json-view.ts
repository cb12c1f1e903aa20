import { statSync } from 'node:fs';
import { identifier, literal } from './database.ts';

/** A column and its DuckDB type. */
export type ColumnTypes = Readonly<Record<string, string>>;

/** A column that is taken out of a JSON document: its type, and its path unless that is the column's own name. */
export type DocumentColumns = Readonly<Record<string, { readonly type: string; readonly path?: string }>>;

/** No rows, with these columns. */
export function emptyTable(columns: ColumnTypes): string {
  return `SELECT ${Object.entries(columns)
    .map(([name, type]) => `CAST(NULL AS ${type}) AS ${identifier(name)}`)
    .join(', ')} WHERE false`;
}

/** The rows of some files of one set: all Parquet, or all JSON lines. */
export function typedFiles(columns: ColumnTypes, paths: readonly string[]): string {
  if (paths.length === 0) return emptyTable(columns);
  const list = `[${paths.map(literal).join(', ')}]`;
  if (paths.every((path) => path.endsWith('.parquet'))) {
    const casts = Object.entries(columns).map(([name, type]) => `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}`);
    return `SELECT ${casts.join(', ')} FROM read_parquet(${list})`;
  }
  const types = Object.entries(columns).map(([name, type]) => `${identifier(name)}: ${literal(type)}`);
  return `SELECT * FROM read_json(${list}, format='newline_delimited', maximum_object_size=${longestObject(paths)}, columns={${types.join(', ')}})`;
}

/** One row for each JSON document of some files: each file is one, or each of its lines. */
export function documentFiles(columns: DocumentColumns, paths: readonly string[], each: 'file' | 'line'): string {
  if (paths.length === 0) return emptyTable(Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type])));
  const format = each === 'file' ? 'unstructured' : 'newline_delimited';
  const list = paths.map(literal).join(', ');
  return documentRows(
    columns,
    `SELECT json FROM read_json_objects([${list}], format='${format}', maximum_object_size=${longestObject(paths)})`,
  );
}

/** The columns of every document that a query has in its column `json`. */
export function documentRows(columns: DocumentColumns, documents: string): string {
  const picked = Object.entries(columns).map(
    ([name, { type, path = `$.${name}` }]) =>
      `CAST(json ${type === 'JSON' ? '->' : '->>'} ${literal(path)} AS ${type}) AS ${identifier(name)}`,
  );
  return `SELECT ${picked.join(', ')} FROM (${documents})`;
}

const MAX_OBJECT_BYTES = 64 << 20;

/** DuckDB allocates a multiple of this for every thread, so it is no larger than the files make it. */
function longestObject(paths: readonly string[]): number {
  const longestFileBytes = Math.max(...paths.map((path) => statSync(path).size));
  return Math.min(MAX_OBJECT_BYTES, Math.max(1 << 20, longestFileBytes + 1));
}
