import { closeSync, linkSync, openSync, writeFileSync } from 'node:fs';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { CorpusManifest, CorpusRow, OverlayRow } from '../../schemas/bench-corpus.ts';
import { writeWhole } from '../atomic-write.ts';
import { startSha256 } from '../digest.ts';
import type { StoredCorpus } from './corpus-files.ts';

/** What a file of lines came to. */
export interface WrittenLines {
  readonly sha256: string;
  readonly longestBytes: number;
}

/** Writes `corpus.jsonl` or `overlay.jsonl` of a corpus that is not in its place yet: one row a line, keys sorted. */
export function writeRows(
  stored: StoredCorpus,
  name: 'corpus.jsonl' | 'overlay.jsonl',
  rows: readonly (CorpusRow | OverlayRow)[],
): WrittenLines {
  const digest = startSha256();
  let longestBytes = 0;
  const file = openSync(stored.path(name), 'wx');
  try {
    for (const row of rows) {
      const line = Buffer.from(`${canonicalJson({ ...row })}\n`);
      writeWhole(file, line);
      digest.update(line);
      longestBytes = Math.max(longestBytes, line.length);
    }
  } finally {
    closeSync(file);
  }
  return { sha256: digest.digest(), longestBytes };
}

/** Writes the manifest, which makes the corpus exist; so it comes last. */
export function writeManifest(stored: StoredCorpus, manifest: CorpusManifest): void {
  writeFileSync(stored.path('manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' });
}

/** Takes the rows of another corpus over as they are: the same files under a second name. */
export function shareRows(from: StoredCorpus, to: StoredCorpus): void {
  for (const name of ['corpus.jsonl', 'corpus.parquet'] as const) if (from.has(name)) linkSync(from.path(name), to.path(name));
}
