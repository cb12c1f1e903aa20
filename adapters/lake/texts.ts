import type { TextKind } from '../../activities/ports.ts';
import { digestFile } from '../file-digest.ts';
import type { LakeLayout } from './layout.ts';
import type { PreparedShard } from './publish-shards.ts';
import type { RowFile } from './row-files.ts';
import type { ShardRequest } from './shard.ts';

/** True for the kinds whose shards are lines of text. */
export function isTextKind(kind: string): kind is TextKind {
  return kind === 'rag_texts' || kind === 'sft_texts';
}

/** The lines of a shard are published as they are. */
export function prepareTexts(layout: LakeLayout, request: ShardRequest<TextKind>, files: readonly RowFile[]): PreparedShard {
  const { kind, key } = request;
  return {
    ...request,
    files: files.map(({ path, rows }) => ({ path, part: { path: layout.text(kind, key), day: null, rows, ...digestFile(path) } })),
  };
}
