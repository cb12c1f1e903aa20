import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender, DecideRequest, PairRow } from '../../activities/ports.ts';
import { writeWhole } from '../atomic-write.ts';
import { literal, type Database } from './database.ts';
import type { LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';
import { RowFiles, type RowFile } from './row-files.ts';
import { publishShard } from './shard.ts';

/**
 * Decides what only the whole set can decide: which of several equal texts stays, which tasks belong together, which pairs are formed.
 * Publishes `decisions` (one row for every record) and `pairs`.
 */
export async function decideExport(layout: LakeLayout, database: Database, scratch: string, request: DecideRequest): Promise<void> {
  const parts = request.candidates.flatMap((shard) => shard.parts);
  await database.run(`CREATE TEMP TABLE candidate AS
    SELECT shard, place, evidence_id, task_key, category, value, rag_refusal, rag_text_digest, sft_refusal, sft_text_digest, preference_refusal, system_digest, answer_digest
    FROM ${rowsOf(layout, 'candidates', parts, request.excluded)}`);
  for (const set of ['rag', 'sft'] as const) await markRepeatedTexts(database, set);
  request.throwIfStopped();
  await clusterTasks(database, scratch, request);
  request.throwIfStopped();
  const pairs = await formPairs(database, scratch, request);
  await publishShard(layout, database, { kind: 'pairs', key: request.key, counts: {} }, pairs, scratch);
  // The decisions are published last: where they exist, the pairs do too.
  await publishShard(layout, database, { kind: 'decisions', key: request.key, counts: {} }, [{ sql: DECISIONS }], scratch);
}

const QUALITY = "CASE category WHEN 'accepted' THEN 0 ELSE 1 END";

/** Keeps the best of the rows with one text: the better category, then the smaller id. */
async function markRepeatedTexts(database: Database, set: 'rag' | 'sft'): Promise<void> {
  await database.run(`CREATE TEMP TABLE repeated_${set} AS
    SELECT evidence_id FROM (
      SELECT evidence_id, row_number() OVER (PARTITION BY ${set}_text_digest ORDER BY ${QUALITY}, evidence_id) AS rank
      FROM candidate WHERE ${set}_refusal IS NULL)
    WHERE rank > 1`);
}

async function clusterTasks(database: Database, scratch: string, request: DecideRequest): Promise<void> {
  const links = await database.rows<{ tasks: string[] }>(`
    SELECT list(DISTINCT task_key ORDER BY task_key) AS tasks FROM (
      SELECT task_key, rag_text_digest AS digest FROM candidate WHERE rag_refusal IS NULL
      UNION ALL SELECT task_key, sft_text_digest FROM candidate WHERE sft_refusal IS NULL
      UNION ALL SELECT task_key, answer_digest FROM candidate WHERE preference_refusal IS NULL AND sft_refusal IS NULL)
    GROUP BY digest HAVING count(DISTINCT task_key) > 1 ORDER BY tasks`);
  const clusters = request.clusterTasks(links.map((link) => link.tasks));
  const file = join(scratch, 'clusters.jsonl');
  writeRows(
    file,
    [...clusters].map(([task_key, cluster]) => ({ task_key, cluster })),
  );
  await database.run(
    `CREATE TEMP TABLE cluster AS SELECT * FROM read_json(${literal(file)}, format='newline_delimited', columns={task_key: 'VARCHAR', cluster: 'VARCHAR'})`,
  );
}

/** Streams the contenders task by task, so that only one task's are in memory. */
async function formPairs(database: Database, scratch: string, request: DecideRequest): Promise<RowFile[]> {
  const pairFile = new RowFiles(scratch, 'pairs');
  const refusalFile = new RowFiles(scratch, 'pair-refusals');
  let task: Contender[] = [];
  let place = 0;
  const close = (): void => {
    if (task.length === 0) return;
    const { pairs, refusals } = request.pairTask(task);
    for (const pair of pairs) pairFile.write(JSON.stringify({ ...pair, place: place++ } satisfies PairRow & { place: number }));
    for (const [evidence_id, refusal] of refusals) refusalFile.write(JSON.stringify({ evidence_id, refusal }));
    task = [];
  };
  for await (const batch of database.stream<Contender>(`
    SELECT evidence_id, task_key, coalesce(cluster, task_key) AS cluster, category, value, system_digest, answer_digest
    FROM candidate LEFT JOIN cluster USING (task_key)
    WHERE preference_refusal IS NULL AND task_key IN (SELECT task_key FROM candidate WHERE preference_refusal IS NULL GROUP BY task_key HAVING count(*) > 1)
    ORDER BY task_key, evidence_id`)) {
    request.throwIfStopped();
    for (const contender of batch) {
      if (task[0] !== undefined && task[0].task_key !== contender.task_key) close();
      task.push(contender);
    }
  }
  close();
  const refusals = refusalFile.close();
  await database.run(
    refusals[0] === undefined
      ? 'CREATE TEMP TABLE pair_refusal (evidence_id VARCHAR, refusal VARCHAR)'
      : `CREATE TEMP TABLE pair_refusal AS SELECT * FROM read_json(${literal(refusals[0].path)}, format='newline_delimited', columns={evidence_id: 'VARCHAR', refusal: 'VARCHAR'})`,
  );
  await database.run(
    `CREATE TEMP TABLE contested AS SELECT task_key FROM candidate WHERE preference_refusal IS NULL GROUP BY task_key HAVING count(*) > 1`,
  );
  return pairFile.close();
}

const DECISIONS = `
  SELECT c.shard, c.place, c.evidence_id, coalesce(k.cluster, c.task_key) AS cluster,
         coalesce(c.rag_refusal, CASE WHEN r.evidence_id IS NOT NULL THEN 'duplicate_text' END) AS rag_refusal,
         coalesce(c.sft_refusal, CASE WHEN s.evidence_id IS NOT NULL THEN 'duplicate_text' END) AS sft_refusal,
         coalesce(c.preference_refusal, p.refusal, CASE WHEN t.task_key IS NULL THEN 'no_counterpart' END) AS preference_refusal
  FROM candidate c
  LEFT JOIN cluster k USING (task_key)
  LEFT JOIN repeated_rag r ON r.evidence_id = c.evidence_id
  LEFT JOIN repeated_sft s ON s.evidence_id = c.evidence_id
  LEFT JOIN pair_refusal p ON p.evidence_id = c.evidence_id
  LEFT JOIN contested t ON t.task_key = c.task_key`;

function writeRows(path: string, rows: readonly object[]): void {
  const file = openSync(path, 'wx');
  try {
    writeWhole(file, Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
  } finally {
    closeSync(file);
  }
}
