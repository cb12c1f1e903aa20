import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { CorpusRow } from '../../schemas/bench-corpus.ts';
import type { CorpusMismatch } from '../../schemas/bench-corpus-reports.ts';
import type { CorpusFiles } from './corpus-files.ts';
import type { PlacedRow } from './scan-rows.ts';

const FILE = 'corpus.parquet';

/** Holds the rows of `corpus.parquet` to those of `corpus.jsonl`, whatever their order, and their number to the manifest. */
export async function compareParquet(
  files: CorpusFiles,
  rows: readonly PlacedRow<CorpusRow>[],
  expectedRows: number,
): Promise<CorpusMismatch[]> {
  if (!files.has(FILE)) return [mismatch(null, 'a file', 'none')];
  const open = new Map(rows.map((placed) => [placed.row.event_id, placed]));
  const mismatches: CorpusMismatch[] = [];
  let count = 0;
  try {
    for await (const batch of files.parquetRows()) {
      for (const row of batch) {
        count += 1;
        const twin = open.get(row.event_id);
        open.delete(row.event_id);
        if (twin === undefined) mismatches.push(mismatch(row.event_id, 'a row of corpus.jsonl', `row ${count}, which is none`));
        else if (canonicalJson({ ...row }) !== canonicalJson({ ...twin.row })) {
          mismatches.push(mismatch(row.event_id, `the row of corpus.jsonl:${twin.line}`, `row ${count} with other values`));
        }
      }
    }
  } catch (error) {
    if (!(error instanceof LakeCorruptError)) throw error;
    return [mismatch(null, 'whole Parquet with the columns of corpus.jsonl', 'something else')];
  }
  for (const { line, row } of open.values()) mismatches.push(mismatch(row.event_id, `the row of corpus.jsonl:${line}`, 'none'));
  if (count !== expectedRows) mismatches.push(mismatch(null, `${expectedRows} rows`, `${count} rows`));
  return mismatches;
}

function mismatch(eventId: string | null, expected: string, found: string): CorpusMismatch {
  return { check: 'parquet', file: FILE, line: null, event_id: eventId, expected, found };
}
