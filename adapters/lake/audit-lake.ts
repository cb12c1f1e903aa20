import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CategorizedRow } from '../../activities/ports.ts';
import type { Manifest, ShardEntry } from '../../schemas/manifest.ts';
import { EXPORT_SETS, type Category, type ExportSet } from '../../schemas/vocabulary.ts';
import { fileCounts, pairSides, placesOf, repeatedIds, straySplits, strayRows, unaccounted, unpairedScores } from './audit-queries.ts';
import { openDatabase, type Database, type DatabaseLimits } from './database.ts';
import { evidenceColumns } from './evidence.ts';
import { loadExported, loadQuarantine } from './exported-rows.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { readHead } from './manifests.ts';
import { rowsOf } from './rows.ts';
import { spillFolder } from './view-database.ts';

/** Dataset versions of a run and its exported files. */
interface Data {
  readonly evidence: Manifest;
  readonly scored: Manifest;
  readonly files: Readonly<Record<ExportSet, string>>;
  readonly quarantine: Readonly<Record<ExportSet, string>>;
}

/** An expected and a found value of one row; `total` counts all of them. */
interface Stray {
  readonly id: string;
  readonly expected: string;
  readonly found: string;
  readonly total: number;
}

type ScoredRow = CategorizedRow & { readonly rule: string; readonly reasons: string };
type Side = 'chosen' | 'rejected';
type JoinedPair = Readonly<Record<`${Side}_${'task' | 'system'}`, string | null>> &
  Readonly<Record<`${Side}_scored`, Category | null>> &
  Readonly<Record<`${Side}_value`, number | null>> & {
    readonly id: string;
    readonly task_key: string;
    readonly chosen_category: string;
    readonly rejected_category: string;
    readonly reason: string;
    readonly margin: number;
    readonly of_task: number;
  };

/** The lake and the exported files as a full audit asks about them: one database, which is closed with it. Files are read, nothing is written. */
export async function openAuditLake(workspace: string, limits: Omit<DatabaseLimits, 'tempDir'>) {
  const layout = lakeLayout(join(workspace, 'lake'));
  const tempDir = spillFolder(layout);
  const database = await openDatabase({ ...limits, tempDir });
  const loaded = new Map<string, Promise<void>>();
  const once = (name: string, load: () => Promise<void>): Promise<void> => {
    const known = loaded.get(name) ?? load();
    loaded.set(name, known);
    return known;
  };
  const exported = ({ files }: Data, set: ExportSet): Promise<void> => once(set, () => loadExported(database, set, files[set]));
  const keptOut = ({ quarantine }: Data, set: ExportSet): Promise<void> =>
    once(`not_in_${set}`, () => loadQuarantine(database, set, quarantine[set]));
  return {
    currentRun: (): string | null => (readHead(layout, 'scored') ?? readHead(layout, 'evidence'))?.run_id ?? null,
    countFiles: (evidence: Manifest, refused: readonly ShardEntry[]) =>
      database.rows<{ source: string; source_file: string; evidence: number; duplicates: number; refused: number }>(
        fileCounts(layout, evidence, refused),
      ),
    repeatedIds: (evidence: Manifest) => database.rows<Stray>(repeatedIds(layout, evidence)),
    unpairedScores: ({ evidence, scored }: Pick<Data, 'evidence' | 'scored'>) =>
      database.rows<Stray>(unpairedScores(layout, evidence, scored)),
    placesOf: (evidence: Manifest, shard: string) =>
      database.rows<{ id: string; sig_hash: string; source_file: string; line_offset: number; locator: string }>(
        placesOf(layout, evidence.shards.find(({ key }) => key === shard)?.parts ?? [], shard),
      ),
    scanScored: ({ evidence, scored }: Pick<Data, 'evidence' | 'scored'>) => scanScored(layout, database, evidence, scored),
    strayRows: async (data: Data, set: 'rag' | 'sft') => {
      await exported(data, set);
      return database.rows<Stray>(strayRows(layout, set, data.evidence, data.scored));
    },
    scanPairs: async function* (data: Data) {
      await exported(data, 'preference');
      const pairs = database.stream<JoinedPair>(pairSides(layout, data.evidence, data.scored));
      for await (const batch of pairs)
        yield batch.map((pair) => ({ ...pair, chosen: sideOf(pair, 'chosen'), rejected: sideOf(pair, 'rejected') }));
    },
    unaccounted: async (data: Data, set: ExportSet) => {
      await exported(data, set);
      await keptOut(data, set);
      return database.rows<Stray>(unaccounted(layout, set, data.evidence));
    },
    straySplits: async (data: Data, decisions: ShardEntry) => {
      for (const set of EXPORT_SETS) await exported(data, set);
      return database.rows<Stray>(straySplits(layout, decisions));
    },
    countExported: async (data: Data) => {
      const counts = { rag: 0, sft: 0, preference: 0, not_in_rag: 0, not_in_sft: 0, not_in_preference: 0 };
      for (const set of EXPORT_SETS) {
        await exported(data, set);
        await keptOut(data, set);
        counts[set] = await countRows(database, `exported_${set}`);
        counts[`not_in_${set}`] = await countRows(database, `kept_out_of_${set}`);
      }
      return counts;
    },
    interrupt: () => database.interrupt(),
    close: () => {
      database.close();
      rmSync(tempDir, { recursive: true, force: true });
    },
  };
}

/** Shard by shard, so that only one shard's scores are in memory; both kinds have the same shards in the same order. */
async function* scanScored(layout: LakeLayout, database: Database, evidence: Manifest, scored: Manifest): AsyncIterable<ScoredRow[]> {
  for (const [at, { parts }] of evidence.shards.entries()) {
    yield* database.stream<ScoredRow>(`SELECT ${evidenceColumns('e')}, s.category, s.rule, s.reasons
      FROM ${rowsOf(layout, 'evidence', parts, evidence.excluded)} e
      JOIN ${rowsOf(layout, 'scored', scored.shards[at]?.parts ?? [])} s ON s.evidence_id = e.id AND s.place = e.place`);
  }
}

function sideOf(pair: JoinedPair, side: Side) {
  return {
    task_key: pair[`${side}_task`],
    category: pair[`${side}_scored`],
    value: pair[`${side}_value`],
    system: pair[`${side}_system`],
  };
}

async function countRows(database: Database, table: string): Promise<number> {
  const [row] = await database.rows<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`);
  return row?.rows ?? 0;
}
