import type { ExportVersion, ReasonCounts, Sentences } from '../../activities/ports.ts';
import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import type { ExportSet } from '../../schemas/vocabulary.ts';
import { literal, type Database } from './database.ts';
import type { LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';

const PLACE = `{'line_offset': line_offset, 'locator': CAST(locator AS JSON), 'sig_hash': sig_hash, 'source_file': source_file}`;

/** Writes the rows that did not enter a set, with the reason, as JSON lines: shard by shard, in the order they were read. */
export async function writeRefused(
  layout: LakeLayout,
  database: Database,
  version: ExportVersion,
  set: ExportSet,
  sentences: Sentences,
  path: string,
): Promise<ReasonCounts> {
  const candidates = version.shards.flatMap((shard) => shard.candidates.parts);
  await database.run(`CREATE TEMP TABLE refused AS
    SELECT ordinal, place, c.evidence_id, d.${set}_refusal AS reason, ${detailOf(set)} AS detail,
           source_file, line_offset, locator, sig_hash
    FROM ${rowsOf(layout, 'candidates', candidates)} c
    JOIN ${rowsOf(layout, 'decisions', version.decisions.parts)} d USING (shard, place)
    JOIN ${ordinals(version.shards.map((shard) => shard.shard))} USING (shard)
    WHERE d.${set}_refusal IS NOT NULL`);
  return writeTable(database, set, sentences, 'ordinal, place', path);
}

/** Every set tells what a record was copied from; SFT alone has more to say of its refusals. */
function detailOf(set: ExportSet): string {
  return set === 'sft' ? 'c.detail' : `CASE d.${set}_refusal WHEN 'contaminated' THEN c.detail END`;
}

/** The same for what never became evidence: unreadable records, shard by shard, then exact duplicates. */
export async function writeUnread(
  layout: LakeLayout,
  database: Database,
  refused: readonly ShardEntry[],
  evidence: Manifest,
  sentences: Sentences,
  path: string,
): Promise<ReasonCounts> {
  const parts = evidence.shards.flatMap((shard) => shard.parts);
  const duplicates =
    evidence.excluded === null
      ? ''
      : `UNION ALL
    SELECT 2147483647, source || chr(10) || source_file, line_offset, shard, place, id, 'exact_duplicate', NULL, source_file, line_offset, locator, sig_hash
    FROM ${rowsOf(layout, 'evidence', parts)} SEMI JOIN ${rowsOf(layout, 'excluded', [evidence.excluded])} USING (shard, place)`;
  await database.run(`CREATE TEMP TABLE refused AS
    SELECT ordinal, '' AS file, 0::BIGINT AS line, shard, place, NULL::VARCHAR AS evidence_id, reason, detail, source_file, line_offset, locator, sig_hash
    FROM ${rowsOf(
      layout,
      'refused',
      refused.flatMap((shard) => shard.parts),
    )} JOIN ${ordinals(refused.map((shard) => shard.key))} USING (shard)
    ${duplicates}`);
  return writeTable(database, 'materialize', sentences, 'ordinal, file, line, shard, place', path);
}

/** The shards with their place in the plan. */
function ordinals(shards: readonly string[]): string {
  const list = `[${shards.map(literal).join(', ')}]::VARCHAR[]`;
  return `(SELECT unnest(${list}) AS shard, generate_subscripts(${list}, 1) AS ordinal)`;
}

async function writeTable(database: Database, set: string, sentences: Sentences, order: string, path: string): Promise<ReasonCounts> {
  const words = Object.entries(sentences).map(([reason, sentence]) => `(${literal(reason)}, ${literal(sentence)})`);
  await database.run(`COPY (
    SELECT coalesce(detail, sentence) AS detail, evidence_id, ${PLACE} AS provenance, reason, ${literal(set)} AS "set"
    FROM refused LEFT JOIN (VALUES ${words.join(', ')}) AS word(reason, sentence) USING (reason) ORDER BY ${order}
  ) TO ${literal(path)} (FORMAT json)`);
  const counts = await database.rows<{ reason: string; rows: number }>(
    'SELECT reason, count(*) AS rows FROM refused GROUP BY reason ORDER BY reason',
  );
  return Object.fromEntries(counts.map(({ reason, rows }) => [reason, rows]));
}
