import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import type { Manifest } from '../../schemas/manifest.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { sha256, startSha256 } from '../digest.ts';
import { STORE_VERSION } from './bench-tables.ts';
import type { LakeLayout } from './layout.ts';
import { readHead, readManifest, writeHead } from './manifests.ts';

/** Name of the head, of the manifests and of the entries. */
export const RESULTS_KIND = 'bench-results';

/** A run as the manifest lists it, with the digests of its rows. */
export interface ListedSet {
  readonly shard: Manifest['shards'][number];
  readonly runId: string;
  readonly row_digest: string;
  readonly content_digest: string;
}

/** The current manifest of the results; undefined before the first import. WorkspaceError for one that a newer Lauter wrote, which nobody here touches. */
export function currentResults(layout: LakeLayout): Manifest | undefined {
  const head = readHead(layout, RESULTS_KIND);
  if (head === undefined) return undefined;
  requireVersion(layout.manifest(RESULTS_KIND, head.manifest));
  return readManifest(layout, RESULTS_KIND, head.manifest);
}

/** Stores a manifest of these runs, which come in the order of their ids, and makes it the current one. */
export function publishResults(layout: LakeLayout, sets: readonly ListedSet[], changedRunId: string): void {
  const [rows, content] = [startSha256(), startSha256()];
  for (const set of sets) {
    rows.update(set.row_digest);
    content.update(set.content_digest);
  }
  const manifest = {
    schema: 'manifest/1',
    kind: RESULTS_KIND,
    rows: sets.reduce((sum, { shard }) => sum + shard.rows, 0),
    row_digest: rows.digest(),
    content_digest: content.digest(),
    store_version: STORE_VERSION,
    shards: sets.map(({ shard }) => ({ key: shard.key, rows: shard.rows, parts: shard.parts })),
    excluded: null,
  } as const satisfies Manifest;
  const digest = sha256(canonicalJson(manifest));
  const path = layout.manifest(RESULTS_KIND, digest);
  if (!existsSync(path)) writeJsonAtomically(path, manifest);
  writeHead(layout, { schema: 'head/1', kind: RESULTS_KIND, manifest: digest, run_id: changedRunId });
}

/** Looks at the version before anything else: the rest of a newer manifest may be of a shape that is not known here. */
function requireVersion(path: string): void {
  const found = versionIn(path);
  if (found === undefined || found <= STORE_VERSION) return;
  throw new WorkspaceError(
    `opening the result tables of the bench, on ${path}: expected store_version ${STORE_VERSION} or older, found ${found}.`,
    'Use the Lauter that wrote them, or a newer one. Nothing was changed.',
  );
}

function versionIn(path: string): number | undefined {
  try {
    const { store_version: version } = JSON.parse(readFileSync(path, 'utf8')) as { store_version?: unknown };
    return typeof version === 'number' ? version : undefined;
  } catch {
    // Whoever reads it as a whole says what is wrong with it.
    return undefined;
  }
}
