import { statSync } from 'node:fs';
import type { ExportSet } from '../../schemas/vocabulary.ts';
import { literal, type Database } from './database.ts';

const MAX_OBJECT_BYTES = 256 << 20;

/** Columns that are compared with the lake, as they are read and as they are kept. */
const PROVENANCE = 'STRUCT(source_file VARCHAR, line_offset BIGINT, sig_hash VARCHAR)';
const PLACE = 'provenance.source_file AS source_file, provenance.line_offset AS line_offset, provenance.sig_hash AS sig_hash';
const SETS: Readonly<Record<ExportSet, { readonly read: Readonly<Record<string, string>>; readonly keep: string }>> = {
  rag: {
    read: { id: 'VARCHAR', category: 'VARCHAR', task_key: 'VARCHAR', split: 'VARCHAR', provenance: PROVENANCE },
    keep: `id, category, task_key, split, ${PLACE}`,
  },
  sft: {
    read: { id: 'VARCHAR', quality_score: 'VARCHAR', task_key: 'VARCHAR', split: 'VARCHAR', provenance: PROVENANCE },
    keep: `id, quality_score AS category, task_key, split, ${PLACE}`,
  },
  preference: {
    read: {
      id: 'VARCHAR',
      task_key: 'VARCHAR',
      split: 'VARCHAR',
      reason: 'VARCHAR',
      margin: 'DOUBLE',
      chosen_id: 'VARCHAR',
      rejected_id: 'VARCHAR',
      chosen_category: 'VARCHAR',
      rejected_category: 'VARCHAR',
    },
    keep: 'id, task_key, split, reason, margin, chosen_id, rejected_id, chosen_category, rejected_category',
  },
};

/** Reads what is compared of a set's file into the table `exported_<set>`. Lines that are no rows are left out: whoever reads them one by one tells of them. */
export function loadExported(database: Database, set: ExportSet, path: string): Promise<void> {
  const { read, keep } = SETS[set];
  return database.run(`CREATE OR REPLACE TEMP TABLE exported_${set} AS SELECT ${keep} FROM ${jsonLines(path, read)} WHERE id IS NOT NULL`);
}

/** The same for its quarantine: the table `kept_out_of_<set>`. */
export function loadQuarantine(database: Database, set: ExportSet, path: string): Promise<void> {
  const rows = jsonLines(path, { evidence_id: 'VARCHAR', reason: 'VARCHAR' });
  return database.run(
    `CREATE OR REPLACE TEMP TABLE kept_out_of_${set} AS SELECT evidence_id, reason FROM ${rows} WHERE reason IS NOT NULL`,
  );
}

function jsonLines(path: string, read: Readonly<Record<string, string>>): string {
  const columns = Object.entries(read).map(([name, type]) => `"${name}": ${literal(type)}`);
  // No line is longer than its file; DuckDB allocates for the longest it is told of.
  const objectBytes = Math.min(MAX_OBJECT_BYTES, Math.max(1 << 20, statSync(path).size + 1));
  return `read_json(${literal(path)}, format='newline_delimited', ignore_errors=true, maximum_object_size=${objectBytes}, columns={${columns.join(', ')}})`;
}
