import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TextKind } from '../../activities/ports.ts';
import type { ShardEntry, ShardPart } from '../../schemas/manifest.ts';
import { syncFile, syncFolder, writeJsonAtomically } from '../atomic-write.ts';
import { digestFile } from '../file-digest.ts';
import type { LakeLayout } from './layout.ts';
import type { RowFile } from './row-files.ts';

/** True for the kinds whose shards are lines of text. */
export function isTextKind(kind: string): kind is TextKind {
  return kind === 'rag_texts' || kind === 'sft_texts';
}

/** Publishes the lines of a shard as they are, by rename; the entry is written last. */
export function publishTexts(
  layout: LakeLayout,
  kind: TextKind,
  key: string,
  counts: Readonly<Record<string, unknown>>,
  files: readonly RowFile[],
): ShardEntry {
  const parts = files.map((file) => publishText(layout, layout.text(kind, key), file));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const entry: ShardEntry = { schema: 'shard/1', kind, key, rows, parts, counts: { ...counts } };
  writeJsonAtomically(layout.entry(kind, key), entry);
  return entry;
}

function publishText(layout: LakeLayout, path: string, file: RowFile): ShardPart {
  syncFile(file.path);
  const { sha256, bytes } = digestFile(file.path);
  const final = layout.absolute(path);
  mkdirSync(dirname(final), { recursive: true });
  renameSync(file.path, final);
  syncFolder(dirname(final));
  return { path, day: null, rows: file.rows, bytes, sha256 };
}
