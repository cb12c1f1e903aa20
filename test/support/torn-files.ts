import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { openDatabase, parquetFiles, type Database } from '../../adapters/lake/database.ts';
import { filesBelow } from './workspace-facts.ts';

/** Files of a workspace that cannot be read to their end, each with what is wrong, and rows that stand in one file twice. The server's own files are its own affair. */
export async function tornFilesIn(workspace: string): Promise<string[]> {
  const spill = mkdtempSync(join(tmpdir(), 'lauter-torn-'));
  const database = await openDatabase({ threads: 1, memoryMb: 512, tempDir: spill });
  try {
    const faults: string[] = [];
    for (const path of filesBelow(workspace)) {
      const name = relative(workspace, path);
      if (name.startsWith(`temporal${sep}`) || name.includes('.tmp')) continue;
      const fault = await faultOf(database, path, name.startsWith(`exports${sep}`));
      if (fault !== undefined) faults.push(`${name}: ${fault}`);
    }
    return faults;
  } finally {
    database.close();
    rmSync(spill, { recursive: true, force: true });
  }
}

async function faultOf(database: Database, path: string, isExported: boolean): Promise<string | undefined> {
  try {
    if (path.endsWith('.parquet')) await readParquet(database, path);
    else if (path.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'));
    else if (path.endsWith('.jsonl')) return readLines(path, isExported);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'unreadable') : String(error);
  }
}

/** Every value of every column takes part in the sum, so that every page is read and decompressed. */
async function readParquet(database: Database, path: string): Promise<void> {
  await database.rows(`SELECT CAST(bit_xor(hash(all_columns)) AS VARCHAR) AS mixed FROM ${parquetFiles([path])} AS all_columns`);
}

/** The texts of a shard may hold a record twice, as its source does; no exported file may. */
function readLines(path: string, isExported: boolean): string | undefined {
  const text = readFileSync(path, 'utf8');
  if (text === '') return undefined;
  if (!text.endsWith('\n')) return 'the last line has no end';
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const row = JSON.parse(line) as { readonly id?: string };
    if (row.id === undefined || !isExported) continue;
    if (seen.has(row.id)) return `the row ${row.id} stands in it twice`;
    seen.add(row.id);
  }
  return undefined;
}
