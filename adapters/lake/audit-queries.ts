import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import type { ExportSet } from '../../schemas/vocabulary.ts';
import { literal } from './database.ts';
import type { LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';

/** Rows that are told of one by one; the rest is counted. */
const MOST_TOLD = 20;

/** A query over what is wrong, cut to the first rows, each with the number of all. */
function told(sql: string): string {
  return `SELECT id, expected, found, count(*) OVER () AS total FROM (${sql}) ORDER BY id, expected LIMIT ${MOST_TOLD}`;
}

export function evidenceRows(layout: LakeLayout, evidence: Manifest): string {
  return rowsOf(
    layout,
    'evidence',
    evidence.shards.flatMap(({ parts }) => parts),
    evidence.excluded,
  );
}

export function scoredRows(layout: LakeLayout, scored: Manifest): string {
  return rowsOf(
    layout,
    'scored',
    scored.shards.flatMap(({ parts }) => parts),
    scored.excluded,
  );
}

export function fileCounts(layout: LakeLayout, evidence: Manifest, refused: readonly ShardEntry[]): string {
  const parts = evidence.shards.flatMap((shard) => shard.parts);
  const excluded = rowsOf(layout, 'excluded', evidence.excluded === null ? [] : [evidence.excluded]);
  const unread = rowsOf(
    layout,
    'refused',
    refused.flatMap((shard) => shard.parts),
  );
  return `SELECT source, source_file, sum(evidence)::BIGINT AS evidence, sum(duplicates)::BIGINT AS duplicates, sum(refused)::BIGINT AS refused FROM (
    SELECT source, source_file, 1 AS evidence, 0 AS duplicates, 0 AS refused FROM ${evidenceRows(layout, evidence)}
    UNION ALL SELECT source, source_file, 0, 1, 0 FROM ${rowsOf(layout, 'evidence', parts)} SEMI JOIN ${excluded} USING (shard, place)
    UNION ALL SELECT source, source_file, 0, 0, 1 FROM ${unread}) GROUP BY source, source_file ORDER BY source, source_file`;
}

export function repeatedIds(layout: LakeLayout, evidence: Manifest): string {
  return told(
    `SELECT id, 'once' AS expected, count(*) || ' times' AS found FROM ${evidenceRows(layout, evidence)} GROUP BY id HAVING count(*) > 1`,
  );
}

export function unpairedScores(layout: LakeLayout, evidence: Manifest, scored: Manifest): string {
  return told(`SELECT coalesce(e.id, s.id) AS id,
      CASE WHEN e.rows IS NULL THEN 'an evidence row for its score' ELSE 'one scored run' END AS expected,
      CASE WHEN e.rows IS NULL THEN 'none' ELSE coalesce(s.rows, 0)::VARCHAR END AS found
    FROM (SELECT id, count(*) AS rows FROM ${evidenceRows(layout, evidence)} GROUP BY id) e
    FULL JOIN (SELECT evidence_id AS id, count(*) AS rows FROM ${scoredRows(layout, scored)} GROUP BY evidence_id) s ON s.id = e.id
    WHERE e.rows IS DISTINCT FROM s.rows`);
}

/** Rows of a set beside the evidence and the score they stand for. */
export function strayRows(layout: LakeLayout, set: 'rag' | 'sft', evidence: Manifest, scored: Manifest): string {
  const compared = [
    ['category', 'x.category', 's.category'],
    ['task_key', 'x.task_key', 'e.task_key'],
    ['source_file', 'x.source_file', 'e.source_file'],
    ['line_offset', 'x.line_offset', 'e.line_offset'],
    ['sig_hash', 'x.sig_hash', 'e.sig_hash'],
  ] as const;
  const differences = compared.map(
    ([name, own, stored]) => `SELECT x.id, '${name} ' || coalesce(${stored}::VARCHAR, 'of nothing') AS expected,
      '${name} ' || coalesce(${own}::VARCHAR, 'of nothing') AS found FROM joined WHERE ${own} IS DISTINCT FROM ${stored}`,
  );
  return told(`WITH joined AS (SELECT x, e, s FROM exported_${set} x
      LEFT JOIN (SELECT id, task_key, source_file, line_offset, sig_hash FROM ${evidenceRows(layout, evidence)}) e ON e.id = x.id
      LEFT JOIN (SELECT evidence_id, category FROM ${scoredRows(layout, scored)}) s ON s.evidence_id = x.id)
    SELECT x.id, 'an evidence row with its score' AS expected, 'none' AS found FROM joined WHERE e.id IS NULL OR s.evidence_id IS NULL
    ${differences.map((sql) => `UNION ALL ${sql} AND e.id IS NOT NULL AND s.evidence_id IS NOT NULL`).join('\n')}
    UNION ALL SELECT id, 'once in the file', count(*) || ' times' FROM exported_${set} GROUP BY id HAVING count(*) > 1`);
}

const SYSTEM = `array_to_string(list_transform(list_filter(from_json(messages, '[{"role": "VARCHAR", "content": "VARCHAR"}]'),
  lambda turn: turn.role = 'system'), lambda turn: turn.content), chr(10))`;

/** Pairs of the file beside their records. Only records of pairs are read whole. */
export function pairSides(layout: LakeLayout, evidence: Manifest, scored: Manifest): string {
  const side = (name: string): string =>
    `${name}.task_key AS ${name}_task, ${name}.category AS ${name}_scored, ${name}.value AS ${name}_value, ${name}.system AS ${name}_system`;
  return `WITH records AS (SELECT e.id, e.task_key, e.outcome_value AS value, ${SYSTEM} AS system, s.category
      FROM ${evidenceRows(layout, evidence)} e LEFT JOIN (SELECT evidence_id, category FROM ${scoredRows(layout, scored)}) s ON s.evidence_id = e.id
      WHERE e.id IN (SELECT chosen_id FROM exported_preference UNION SELECT rejected_id FROM exported_preference))
    SELECT p.id, p.task_key, p.chosen_category, p.rejected_category, p.reason, p.margin, count(*) OVER (PARTITION BY p.task_key) AS of_task,
      ${side('chosen')}, ${side('rejected')}
    FROM exported_preference p LEFT JOIN records chosen ON chosen.id = p.chosen_id LEFT JOIN records rejected ON rejected.id = p.rejected_id`;
}

/** Records that are not exactly once in a set or its quarantine; a record counts once in however many pairs it stands. */
export function unaccounted(layout: LakeLayout, set: ExportSet, evidence: Manifest): string {
  const exported =
    set === 'preference'
      ? `SELECT id, 1 AS rows FROM (SELECT chosen_id AS id FROM exported_preference UNION SELECT rejected_id FROM exported_preference)`
      : `SELECT id, count(*) AS rows FROM exported_${set} GROUP BY id`;
  return told(`SELECT coalesce(e.id, x.id, q.id) AS id,
      CASE WHEN e.id IS NULL THEN 'an evidence row for it' ELSE 'exported or quarantined, once' END AS expected,
      CASE WHEN e.id IS NULL THEN 'none' ELSE coalesce(x.rows, 0) || ' exported, ' || coalesce(q.rows, 0) || ' quarantined' END AS found
    FROM (SELECT id FROM ${evidenceRows(layout, evidence)}) e FULL JOIN (${exported}) x ON x.id = e.id
    FULL JOIN (SELECT evidence_id AS id, count(*) AS rows FROM kept_out_of_${set} GROUP BY evidence_id) q ON q.id = coalesce(e.id, x.id)
    WHERE e.id IS NULL OR coalesce(x.rows, 0) + coalesce(q.rows, 0) <> 1`);
}

/**
 * Rows on another side than was decided, and clusters of tasks with two sides; a pair stands where its chosen record does. Clusters whose tasks were
 * released on two sides, before anything tied them together, cannot be mended.
 */
export function straySplits(layout: LakeLayout, decisions: ShardEntry): string {
  return told(`WITH placed AS (
      SELECT x.id, x.split, d.split AS decided, d.cluster, d.is_straddled FROM (
        SELECT id, id AS record, split FROM exported_rag UNION ALL SELECT id, id, split FROM exported_sft
        UNION ALL SELECT id, chosen_id, split FROM exported_preference) x
      LEFT JOIN ${rowsOf(layout, 'decisions', decisions.parts)} d ON d.evidence_id = x.record)
    SELECT 'of row ' || id AS id, coalesce(decided, 'nothing: no such record') AS expected, coalesce(split, 'none') AS found FROM placed
      WHERE split IS DISTINCT FROM decided
    UNION ALL SELECT 'of the cluster of task ' || cluster, min(split), max(split) FROM placed WHERE cluster IS NOT NULL AND NOT is_straddled
      GROUP BY cluster HAVING min(split) <> max(split)`);
}

export function placesOf(layout: LakeLayout, parts: ShardEntry['parts'], shard: string): string {
  return `SELECT id, sig_hash, source_file, line_offset, locator FROM ${rowsOf(layout, 'evidence', parts)} WHERE shard = ${literal(shard)}`;
}
