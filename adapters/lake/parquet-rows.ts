import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryName } from '../scratch.ts';
import { literal, openDatabase } from './database.ts';

const LIMITS = { threads: 1, memoryMb: 256 };

/** The rows of each Parquet file as JSON texts with all their columns; what stands in such a file can only be searched unpacked. */
export async function* parquetTexts(paths: readonly string[]): AsyncIterable<{ readonly path: string; readonly texts: readonly string[] }> {
  const tempDir = join(tmpdir(), temporaryName());
  const database = await openDatabase({ ...LIMITS, tempDir });
  try {
    for (const path of paths) {
      const rows = await database.rows<{ text: string }>(
        `SELECT CAST(to_json(row) AS VARCHAR) AS text FROM read_parquet(${literal(path)}) AS row`,
      );
      yield { path, texts: rows.map(({ text }) => text) };
    }
  } finally {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}
