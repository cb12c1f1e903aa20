import type { DuplicateRow } from './ports.ts';

/** What a shard, or a whole run, read. Kept in the shard's entry, so that a reused shard is counted like a new one. */
export interface MaterializeCounts {
  records: number;
  /** Records that never became evidence, by reason. */
  refused: Record<string, number>;
  redactions: Record<string, number>;
  files: { source: string; file: string; digest: string; records: number; evidence: number; quarantined: number }[];
  health: Health;
  /** Health of each source; filled when shards are merged. */
  sources?: Health[];
}

interface Health {
  source: string;
  rows: number;
  without_task: number;
  without_output: number;
  without_truth: number;
  without_time: number;
}

export function emptyCounts(source: string): MaterializeCounts {
  const health = { source, rows: 0, without_task: 0, without_output: 0, without_truth: 0, without_time: 0 };
  return { records: 0, refused: {}, redactions: {}, files: [], health };
}

/** Sums over shards. A duplicate counts as quarantined in the file it was read from. */
export function mergeCounts(shards: readonly MaterializeCounts[], duplicates: readonly DuplicateRow[]): MaterializeCounts {
  const merged = emptyCounts('');
  const files = new Map<string, MaterializeCounts['files'][number]>();
  const sources = new Map<string, Health>();
  for (const shard of shards) {
    merged.records += shard.records;
    addAll(merged.refused, shard.refused);
    addAll(merged.redactions, shard.redactions);
    addHealth(merged.health, shard.health);
    const source = sources.get(shard.health.source);
    if (source === undefined) sources.set(shard.health.source, { ...shard.health });
    else addHealth(source, shard.health);
    for (const file of shard.files) mergeFile(files, file);
  }
  for (const duplicate of duplicates) {
    const file = files.get(`${duplicate.source}\n${duplicate.source_file}`);
    if (file !== undefined) {
      file.evidence -= 1;
      file.quarantined += 1;
    }
  }
  if (duplicates.length > 0) merged.refused.exact_duplicate = duplicates.length;
  return { ...merged, files: [...files.values()], sources: [...sources.values()] };
}

/** A file that was cut into blocks is counted once; its digest is then the list of its blocks' digests. */
function mergeFile(files: Map<string, MaterializeCounts['files'][number]>, file: MaterializeCounts['files'][number]): void {
  const key = `${file.source}\n${file.file}`;
  const known = files.get(key);
  if (known === undefined) {
    files.set(key, { ...file });
    return;
  }
  known.records += file.records;
  known.evidence += file.evidence;
  known.quarantined += file.quarantined;
  known.digest += `,${file.digest}`;
}

function addAll(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
}

function addHealth(sums: Health, more: Health): void {
  sums.rows += more.rows;
  sums.without_task += more.without_task;
  sums.without_output += more.without_output;
  sums.without_truth += more.without_truth;
  sums.without_time += more.without_time;
}
