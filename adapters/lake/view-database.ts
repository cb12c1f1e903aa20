import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryName } from '../scratch.ts';
import { identifier, openDatabase, type Database } from './database.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { VIEW_NAMES, type LakeViews } from './views.ts';

export interface ViewDatabaseLimits {
  readonly threads: number;
  readonly memoryMb: number;
  /** Files that may be made; nothing else can be. */
  readonly writable?: readonly string[];
}

/** How much of a query's working set may go to disk. */
const SPILL_MB = 16_384;

/** A database that holds the views and reaches no file but those behind them; gone after `work`. */
export async function withViewDatabase<Result>(
  workspace: string,
  views: LakeViews,
  { threads, memoryMb, writable = [] }: ViewDatabaseLimits,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const tempDir = spillFolder(lakeLayout(join(workspace, 'lake')));
  const database = await openDatabase({ threads, memoryMb, tempDir, tempMb: SPILL_MB, reachable: [...views.files, ...writable] });
  try {
    for (const name of VIEW_NAMES) await database.run(`CREATE VIEW ${identifier(name)} AS ${views.sql[name]}`);
    return await work(database);
  } finally {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

/** Where a reader may spill; DuckDB makes the folder when it first needs one, and whoever opened the database removes it. */
export function spillFolder({ scratch }: Pick<LakeLayout, 'scratch'>): string {
  return join(existsSync(scratch) ? scratch : tmpdir(), temporaryName());
}
