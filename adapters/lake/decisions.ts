import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender, DecidedSet, DecideRequest, PairRow } from '../../activities/ports.ts';
import type { Split } from '../../schemas/vocabulary.ts';
import { SourceChangedError } from '../../domain/shared/errors.ts';
import { writeWhole } from '../atomic-write.ts';
import { startSha256 } from '../digest.ts';
import { literal, type Database } from './database.ts';
import type { LakeLayout } from './layout.ts';
import { boundSplits, releasedSplits } from './released-splits.ts';
import { rowsOf } from './rows.ts';
import { RowFiles, type RowFile } from './row-files.ts';
import { publishShard } from './shard.ts';

const TEXT_SETS = ['rag', 'sft'] as const;

/**
 * Decides what only the whole set can decide: which of several equal texts stays, which tasks belong together and on which side of the split, which
 * pairs are formed. Publishes `decisions` (one row for every record, and what the sets come to) and `pairs`.
 */
export async function decideExport(layout: LakeLayout, database: Database, scratch: string, request: DecideRequest): Promise<void> {
  const parts = request.shards.flatMap((shard) => shard.candidates.parts);
  const candidates = rowsOf(layout, 'candidates', parts, request.excluded);
  await database.run(`CREATE TEMP TABLE candidate AS
    SELECT shard, place, evidence_id, task_key, draw, category, value,
           CASE recorded_at_from WHEN 'record' THEN left(recorded_at, 10) ELSE 'undated' END AS day, rag_refusal, rag_line, rag_key, sft_refusal, sft_line, sft_key,
           preference_refusal, system_key, answer_key
    FROM ${candidates}`);
  for (const set of TEXT_SETS) await markRepeatedTexts(database, set);
  request.throwIfStopped();
  await markCopies(layout, database, scratch, request);
  request.throwIfStopped();
  await clusterTasks(database, scratch, request);
  request.throwIfStopped();
  const pairs = await formPairs(database, scratch, request);
  await bindReleased(layout, database, request.releases);
  await database.run(`CREATE TEMP TABLE decision AS ${decisionRows(request.bounds)}`);
  const counts: Record<string, DecidedSet> = {};
  for (const set of TEXT_SETS) counts[set] = await summarizeSet(database, candidates, set, request.tokenBounds);
  await publishShard(layout, database, { kind: 'pairs', key: request.key, counts: {} }, pairs, scratch);
  // The decisions are published last: where they exist, the pairs do too.
  await publishShard(layout, database, { kind: 'decisions', key: request.key, counts }, [{ sql: 'SELECT * FROM decision' }], scratch);
}

const QUALITY = "CASE category WHEN 'accepted' THEN 0 ELSE 1 END";

/** Keeps the best of the rows with one text: the better category, then the smaller id. */
async function markRepeatedTexts(database: Database, set: 'rag' | 'sft'): Promise<void> {
  await database.run(`CREATE TEMP TABLE repeated_${set} AS
    SELECT evidence_id FROM (
      SELECT evidence_id, row_number() OVER (PARTITION BY ${set}_key ORDER BY ${QUALITY}, evidence_id) AS rank
      FROM candidate WHERE ${set}_key IN (SELECT ${set}_key FROM candidate WHERE ${set}_refusal IS NULL GROUP BY 1 HAVING count(*) > 1))
    WHERE rank > 1`);
}

/** Hands the rows that are in a set so far to the rule for near copies, and keeps what it says. */
async function markCopies(layout: LakeLayout, database: Database, scratch: string, request: DecideRequest): Promise<void> {
  const parts = request.shards.flatMap((shard) => shard.signatures.parts);
  await database.run(`CREATE TEMP TABLE document AS
    SELECT row_number() OVER (ORDER BY evidence_id) - 1 AS number, shard, place, evidence_id, task_key, category, value, day,
           rag_refusal IS NULL AND rag_repeated IS NULL AS in_rag, sft_refusal IS NULL AND sft_repeated IS NULL AS in_sft
    FROM (SELECT c.*, r.evidence_id AS rag_repeated, s.evidence_id AS sft_repeated FROM candidate c
          LEFT JOIN repeated_rag r USING (evidence_id) LEFT JOIN repeated_sft s USING (evidence_id))
    WHERE (rag_refusal IS NULL AND rag_repeated IS NULL) OR (sft_refusal IS NULL AND sft_repeated IS NULL)`);
  const { removed, links } = await request.findCopies(
    database.stream(
      `SELECT category, value, day, in_rag, in_sft, g.rag, g.sft FROM document d JOIN ${rowsOf(layout, 'signatures', parts)} g USING (shard, place)
       ORDER BY number`,
    ),
  );
  for (const set of TEXT_SETS) {
    await loadNumbers(database, scratch, `copied_${set}`, ['number'], rowsOfNumbers(removed[set]));
    await database.run(`CREATE TEMP TABLE near_${set} AS SELECT evidence_id FROM copied_${set} JOIN document USING (number)`);
  }
  await loadNumbers(database, scratch, 'copy_link', ['one', 'other'], links);
}

function* rowsOfNumbers(numbers: Iterable<number>): Iterable<readonly number[]> {
  for (const number of numbers) yield [number];
}

/** A table of whole numbers from rows of them. */
async function loadNumbers(
  database: Database,
  scratch: string,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly number[]>,
): Promise<void> {
  const file = new RowFiles(scratch, table);
  for (const row of rows) file.write(JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, row[at]]))));
  const types = columns.map((name) => `${name}: 'BIGINT'`).join(', ');
  const [written] = file.close();
  await database.run(
    written === undefined
      ? `CREATE TEMP TABLE ${table} (${columns.map((name) => `${name} BIGINT`).join(', ')})`
      : `CREATE TEMP TABLE ${table} AS SELECT * FROM read_json(${literal(written.path)}, format='newline_delimited', columns={${types}})`,
  );
}

/** Tasks that share a text, or copies of one, belong to one cluster. Tasks that share none are no cluster's, and stand for themselves. */
async function clusterTasks(database: Database, scratch: string, request: DecideRequest): Promise<void> {
  const links = await database.rows<{ tasks: string[] }>(`
    SELECT list(DISTINCT task_key ORDER BY task_key) AS tasks FROM (
      SELECT task_key, rag_key AS text FROM candidate WHERE rag_refusal IS NULL
      UNION ALL SELECT task_key, sft_key FROM candidate WHERE sft_refusal IS NULL
      UNION ALL SELECT task_key, answer_key FROM candidate WHERE preference_refusal IS NULL AND sft_refusal IS NULL)
    GROUP BY text HAVING min(task_key) <> max(task_key)
    UNION SELECT [one.task_key, other.task_key] FROM copy_link
    JOIN document one ON one.number = copy_link.one JOIN document other ON other.number = copy_link.other
    WHERE one.task_key <> other.task_key
    ORDER BY tasks`);
  const clusters = request.clusterTasks(links.map((link) => link.tasks));
  const file = join(scratch, 'clusters.jsonl');
  writeRows(
    file,
    [...clusters].map(([task_key, cluster]) => ({ task_key, cluster, draw: request.drawOf(cluster) })),
  );
  await database.run(
    `CREATE TEMP TABLE cluster AS
     SELECT * FROM read_json(${literal(file)}, format='newline_delimited', columns={task_key: 'VARCHAR', cluster: 'VARCHAR', draw: 'UINTEGER'})`,
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
  await database.run(
    'CREATE TEMP TABLE contested AS SELECT task_key FROM candidate WHERE preference_refusal IS NULL GROUP BY task_key HAVING count(*) > 1',
  );
  for await (const batch of database.stream<Contender>(`
    SELECT evidence_id, task_key, coalesce(cluster, task_key) AS cluster, category, value,
           CAST(system_key AS VARCHAR) AS system_key, CAST(answer_key AS VARCHAR) AS answer_key
    FROM candidate SEMI JOIN contested USING (task_key) LEFT JOIN cluster USING (task_key)
    WHERE preference_refusal IS NULL ORDER BY task_key, evidence_id`)) {
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
  return pairFile.close();
}

/** A task that was released once keeps its split, and takes the tasks of its cluster along. */
async function bindReleased(layout: LakeLayout, database: Database, expected: string): Promise<void> {
  const released = releasedSplits(layout);
  if ((released?.key ?? '') !== expected) {
    throw new SourceChangedError(
      'deciding splits: expected the releases that the run began with, found others.',
      'A release was frozen while the run was going on. Run the same command again.',
    );
  }
  await database.run(
    released === undefined
      ? 'CREATE TEMP TABLE bound (task_key VARCHAR, split VARCHAR, is_straddled BOOLEAN)'
      : `CREATE TEMP TABLE bound AS SELECT * FROM ${boundSplits(released.sql, 'cluster')}`,
  );
}

function decisionRows({ test, validation }: DecideRequest['bounds']): string {
  return `
    SELECT c.shard, c.place, c.evidence_id, coalesce(k.cluster, c.task_key) AS cluster,
           coalesce(b.split, CASE WHEN coalesce(k.draw, c.draw) < ${test} THEN 'test'
                                  WHEN coalesce(k.draw, c.draw) < ${validation} THEN 'validation' ELSE 'train' END) AS split,
           coalesce(b.is_straddled, false) AS is_straddled,
           coalesce(c.rag_refusal, CASE WHEN r.evidence_id IS NOT NULL THEN 'duplicate_text' WHEN nr.evidence_id IS NOT NULL THEN 'near_duplicate' END) AS rag_refusal,
           c.rag_line,
           coalesce(c.sft_refusal, CASE WHEN s.evidence_id IS NOT NULL THEN 'duplicate_text' WHEN ns.evidence_id IS NOT NULL THEN 'near_duplicate' END) AS sft_refusal,
           c.sft_line,
           coalesce(c.preference_refusal, p.refusal, CASE WHEN t.task_key IS NULL THEN 'no_counterpart' END) AS preference_refusal
    FROM candidate c
    LEFT JOIN cluster k USING (task_key)
    LEFT JOIN bound b USING (task_key)
    LEFT JOIN repeated_rag r ON r.evidence_id = c.evidence_id
    LEFT JOIN repeated_sft s ON s.evidence_id = c.evidence_id
    LEFT JOIN near_rag nr ON nr.evidence_id = c.evidence_id
    LEFT JOIN near_sft ns ON ns.evidence_id = c.evidence_id
    LEFT JOIN pair_refusal p ON p.evidence_id = c.evidence_id
    LEFT JOIN contested t ON t.task_key = c.task_key`;
}

/** Rows, splits and content digest of a set, as its file will hold them. */
async function summarizeSet(
  database: Database,
  candidates: string,
  set: 'rag' | 'sft',
  tokenBounds: readonly number[],
): Promise<DecidedSet> {
  const digest = startSha256();
  for await (const batch of database.stream<{ row: string }>(`
    SELECT c.${set}_digest || ' ' || d.split AS row FROM ${candidates} c JOIN decision d USING (shard, place)
    WHERE d.${set}_refusal IS NULL ORDER BY d.evidence_id`)) {
    digest.update(`${batch.map(({ row }) => row).join('\n')}\n`);
  }
  const splits = await database.rows<{ split: Split; rows: number }>(
    `SELECT split, count(*) AS rows FROM decision WHERE ${set}_refusal IS NULL GROUP BY split ORDER BY split`,
  );
  return {
    rows: splits.reduce((sum, { rows }) => sum + rows, 0),
    content_digest: digest.digest(),
    splits: Object.fromEntries(splits.map(({ split, rows }) => [split, rows])),
    tokens: await countTokens(database, candidates, set, tokenBounds),
  };
}

async function countTokens(
  database: Database,
  candidates: string,
  set: 'rag' | 'sft',
  bounds: readonly number[],
): Promise<DecidedSet['tokens']> {
  const classes = await database.rows<{ class: number; rows: number; total: number }>(`
    SELECT len(list_filter([${bounds.join(', ')}], lambda bound: bound < c.${set}_tokens)) AS class, count(*) AS rows,
           CAST(sum(c.${set}_tokens) AS BIGINT) AS total
    FROM ${candidates} c JOIN decision d USING (shard, place) WHERE d.${set}_refusal IS NULL GROUP BY class`);
  const rows = [...bounds, null].map((_, index) => classes.find((known) => known.class === index)?.rows ?? 0);
  return { total: classes.reduce((sum, { total }) => sum + total, 0), rows };
}

function writeRows(path: string, rows: readonly object[]): void {
  const file = openSync(path, 'wx');
  try {
    writeWhole(file, Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
  } finally {
    closeSync(file);
  }
}
