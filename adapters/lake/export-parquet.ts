import type { ExportSet } from '../../schemas/vocabulary.ts';
import { literal, type Database } from './database.ts';

const MESSAGES =
  'STRUCT("role" VARCHAR, content VARCHAR, tool_calls STRUCT(id VARCHAR, "name" VARCHAR, arguments VARCHAR)[], tool_call_id VARCHAR, "name" VARCHAR)[]';
const PROVENANCE =
  'STRUCT(source_file VARCHAR, locator JSON, line_offset BIGINT, sig_hash VARCHAR, recorded_at VARCHAR, recorded_at_from VARCHAR)';

/** Columns of the exported sets with their types. Tool schemas and locators have no fixed shape and stay JSON text. */
export const EXPORT_COLUMNS: Readonly<Record<ExportSet | 'quarantine', Readonly<Record<string, string>>>> = {
  rag: {
    id: 'VARCHAR',
    title: 'VARCHAR',
    content: 'VARCHAR',
    category: 'VARCHAR',
    warning: 'BOOLEAN',
    tags: 'VARCHAR[]',
    validation_steps: 'VARCHAR[]',
    task_key: 'VARCHAR',
    tokens: 'BIGINT',
    split: 'VARCHAR',
    provenance: PROVENANCE,
  },
  sft: {
    id: 'VARCHAR',
    messages: MESSAGES,
    tools: 'JSON',
    quality_score: 'VARCHAR',
    task_key: 'VARCHAR',
    split: 'VARCHAR',
    tokens: 'BIGINT',
    provenance: PROVENANCE,
  },
  preference: {
    id: 'VARCHAR',
    prompt: MESSAGES,
    prompt_from: 'VARCHAR',
    chosen: MESSAGES,
    rejected: MESSAGES,
    reason: 'VARCHAR',
    margin: 'DOUBLE',
    task_key: 'VARCHAR',
    split: 'VARCHAR',
    chosen_id: 'VARCHAR',
    rejected_id: 'VARCHAR',
    chosen_category: 'VARCHAR',
    rejected_category: 'VARCHAR',
    provenance: `STRUCT(chosen ${PROVENANCE}, rejected ${PROVENANCE})`,
  },
  quarantine: {
    evidence_id: 'VARCHAR',
    set: 'VARCHAR',
    reason: 'VARCHAR',
    detail: 'VARCHAR',
    provenance: 'STRUCT(source_file VARCHAR, locator JSON, line_offset BIGINT, sig_hash VARCHAR)',
  },
};

const LEAST_OBJECT_BYTES = 1 << 20;

/** A JSON-lines file and an upper bound of the bytes of its longest line. */
interface LineFile {
  readonly path: string;
  readonly longestBytes: number;
}

/** `read_json` over an exported file with the columns of its set. */
function exportedRows(set: ExportSet | 'quarantine', { path, longestBytes }: LineFile): string {
  const columns = Object.entries(EXPORT_COLUMNS[set]).map(([name, type]) => `"${name}": ${literal(type)}`);
  // Twice as much is allocated for each thread, whatever the lines are like, so no more is asked for than they need.
  const objectBytes = Math.max(LEAST_OBJECT_BYTES, longestBytes + 1024);
  return `read_json(${literal(path)}, format='newline_delimited', maximum_object_size=${objectBytes}, columns={${columns.join(', ')}})`;
}

/** Writes an exported file as Parquet, rows in the same order. Returns their number. */
export async function convertToParquet(
  database: Database,
  set: ExportSet | 'quarantine',
  lines: LineFile,
  parquetPath: string,
): Promise<number> {
  await database.run(
    `COPY (SELECT * FROM ${exportedRows(set, lines)}) TO ${literal(parquetPath)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`,
  );
  const [check] = await database.rows<{ rows: number }>(`SELECT num_rows AS rows FROM parquet_file_metadata(${literal(parquetPath)})`);
  return check?.rows ?? 0;
}
