import type { ShardPart } from '../../schemas/manifest.ts';
import { identifier, literal } from './database.ts';
import { KINDS, type KindName } from './kinds.ts';
import type { LakeLayout } from './layout.ts';

/** SQL for the rows of some parts of a kind, less those that are excluded; a typed empty table where there are no parts. */
export function rowsOf(layout: LakeLayout, kind: KindName, parts: readonly ShardPart[], excluded: ShardPart | null = null): string {
  if (parts.length === 0) return emptyRows(kind);
  const files = `read_parquet([${parts.map((part) => literal(layout.absolute(part.path))).join(', ')}])`;
  if (excluded === null) return `(SELECT * FROM ${files})`;
  return `(SELECT * FROM ${files} AS kept ANTI JOIN read_parquet(${literal(layout.absolute(excluded.path))}) AS gone USING (shard, place))`;
}

const TYPES: Readonly<Record<string, string>> = {
  place: 'INTEGER',
  line_offset: 'BIGINT',
  value: 'DOUBLE',
  outcome_value: 'DOUBLE',
  margin: 'DOUBLE',
  attempt: 'INTEGER',
  trial: 'INTEGER',
  generation: 'INTEGER',
  draw: 'UINTEGER',
  is_straddled: 'BOOLEAN',
  rag_line: 'INTEGER',
  rag_tokens: 'INTEGER',
  rag_key: 'UUID',
  sft_line: 'INTEGER',
  sft_tokens: 'INTEGER',
  sft_key: 'UUID',
  system_key: 'UUID',
  answer_key: 'UUID',
  rag: 'BLOB',
  sft: 'BLOB',
};

function emptyRows(kind: KindName): string {
  const columns = Object.keys(KINDS[kind].select).map((name) => `CAST(NULL AS ${TYPES[name] ?? 'VARCHAR'}) AS ${identifier(name)}`);
  return `(SELECT ${columns.join(', ')} WHERE false)`;
}
