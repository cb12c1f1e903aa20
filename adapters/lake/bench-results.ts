import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { BenchResultSet } from '../../schemas/bench-results.ts';
import type { ShardEntry } from '../../schemas/manifest.ts';
import { sha256Of } from '../digest.ts';
import { waitForLock } from '../lock-file.ts';
import { currentResults, publishResults, RESULTS_KIND, type ListedSet } from './bench-manifest.ts';
import { digestResults, RESULTS_FOLDER, writeResultFiles } from './bench-result-files.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { publishShards } from './publish-shards.ts';
import { findShard } from './shard.ts';
import { withDatabase } from './shard-draft.ts';

/** What the store has of a run. */
export interface StoredResult {
  readonly runId: string;
  readonly isComplete: boolean;
  readonly fileSha256: string;
}

/** What is to be done with a run. */
export type ResultChange = { readonly do: 'keep' } | { readonly do: 'remove' } | { readonly do: 'put'; readonly set: BenchResultSet };

const LIMITS = { threads: 1, memoryMb: 512 };
const LOCK_WAIT_MS = 120_000;

/**
 * Changes what is stored of one run: `decide` sees what is there while nobody else may change it. The set of a run is written whole or not at all, and
 * the manifest that lists it comes last. WorkspaceError, with nothing touched, when a newer Lauter wrote the tables.
 */
export async function changeResults<Change extends ResultChange>(
  workspace: string,
  runId: string,
  decide: (stored: StoredResult | undefined) => Change,
): Promise<Change> {
  const layout = lakeLayout(join(workspace, 'lake'));
  currentResults(layout);
  const lockPath = join(workspace, 'locks', 'bench-results.lock');
  mkdirSync(dirname(lockPath), { recursive: true });
  const lock = await waitForLock(lockPath, { version: '', giveUpAfterMs: LOCK_WAIT_MS });
  try {
    const sets = listSets(layout);
    const old = sets.find((set) => set.runId === runId);
    const change = decide(old === undefined ? undefined : storedResult(old));
    if (change.do === 'keep') return change;
    const others = sets.filter((set) => set !== old);
    const added = change.do === 'put' ? await storeSet(layout, runId, change.set) : undefined;
    publishResults(layout, added === undefined ? others : inOrder([...others, added]), runId);
    if (old !== undefined && old.shard.key !== added?.shard.key) removeSet(layout, old);
    return change;
  } finally {
    lock.release();
  }
}

/** A set with what its entry says of it. */
export interface StoredSet extends ListedSet {
  readonly isComplete: boolean;
  readonly fileSha256: string;
}

/** The sets of the current version, by run id. LakeCorruptError when one of them has no entry any more. */
export function listSets(layout: LakeLayout): StoredSet[] {
  const shards = currentResults(layout)?.shards ?? [];
  return inOrder(shards.map(({ key }) => setOf(wholeEntry(layout, key))));
}

const countsSchema = z.object({
  run_id: z.string(),
  is_complete: z.boolean(),
  file_sha256: z.string(),
  row_digest: z.string(),
  content_digest: z.string(),
});

function setOf(entry: ShardEntry): StoredSet {
  const counts = countsSchema.safeParse(entry.counts).data;
  if (counts === undefined) throw damaged(entry.key, 'an entry that does not say which run it is of');
  const { run_id, is_complete, file_sha256, ...digests } = counts;
  return { shard: entry, runId: run_id, isComplete: is_complete, fileSha256: file_sha256, ...digests };
}

function wholeEntry(layout: LakeLayout, key: string): ShardEntry {
  const entry = findShard(layout, RESULTS_KIND, key);
  if (entry === undefined) throw damaged(key, 'none, or files of another size');
  return entry;
}

function damaged(key: string, found: string): LakeCorruptError {
  return new LakeCorruptError(
    `reading the result tables of the bench, set ${key}: expected the entry of a stored run, found ${found}.`,
    'Put lake/ back from a copy, or remove lake/heads/bench-results.json and import the run files again.',
  );
}

async function storeSet(layout: LakeLayout, runId: string, set: BenchResultSet): Promise<StoredSet> {
  const [run] = set.bench_runs;
  const [fileSha256, isComplete] = [run?.file_sha256 ?? '', run?.is_complete ?? false];
  // A set is never written over: the time of the import makes one more of the same file another one.
  const key = sha256Of(runId, fileSha256, String(run?.imported_at_ms ?? 0));
  const digests = digestResults(set);
  return withDatabase(layout, LIMITS, async (database, scratch) => {
    const counts = { run_id: runId, is_complete: isComplete, file_sha256: fileSha256, ...digests };
    const files = await writeResultFiles(database, set, key, scratch);
    const [entry] = await publishShards(layout, [{ kind: RESULTS_KIND, key, counts, files }]);
    return setOf(entry!);
  });
}

/** The entry first: without it nobody takes the files for a set. */
function removeSet(layout: LakeLayout, { shard }: StoredSet): void {
  rmSync(layout.entry(RESULTS_KIND, shard.key), { force: true });
  rmSync(layout.absolute(join(RESULTS_FOLDER, shard.key)), { recursive: true, force: true });
}

function storedResult({ runId, isComplete, fileSha256 }: StoredSet): StoredResult {
  return { runId, isComplete, fileSha256 };
}

function inOrder(sets: readonly StoredSet[]): StoredSet[] {
  return [...sets].sort((left, right) => (left.runId < right.runId ? -1 : Number(left.runId > right.runId)));
}
