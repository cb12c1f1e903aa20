import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlainValue } from '../../adapters/lake/plain-value.ts';
import { queryLake, type QueryRequest } from '../../adapters/lake/query.ts';
import { HARBOR_TRACES } from './harbor-traces.ts';
import { refine } from './refine.ts';

/** A workspace with one finished run over the traces of the harbor office. */
export interface HarborWorkspace {
  /** Folder that holds the traces, a file that nobody may read, and the workspace. */
  readonly root: string;
  readonly workspace: string;
  readonly runId: string;
  clear(): void;
}

export async function makeHarborWorkspace(): Promise<HarborWorkspace> {
  const root = mkdtempSync(join(tmpdir(), 'lauter-harbor-'));
  const workspace = join(root, 'workspace');
  writeFileSync(join(root, 'desk.jsonl'), HARBOR_TRACES);
  writeFileSync(join(root, 'secret.csv'), 'code\nlighthouse\n');
  const { run_id: runId } = await refine(workspace, ['desk.jsonl'], root);
  return { root, workspace, runId, clear: () => rmSync(root, { recursive: true, force: true }) };
}

export const QUERY_LIMITS = { threads: 2, memoryMb: 512, timeoutMs: 20_000 };

/** All rows of a query, as objects. */
export function ask(workspace: string, sql: string, more: Partial<QueryRequest> = {}): Promise<Record<string, PlainValue>[]> {
  return queryLake({ workspace, sql, limits: QUERY_LIMITS, ...more }, async ({ columns, batches }) => {
    const rows: Record<string, PlainValue>[] = [];
    for await (const batch of batches) {
      for (const row of batch) rows.push(Object.fromEntries(columns.map(({ name }, at) => [name, row[at]!])));
    }
    return rows;
  });
}
