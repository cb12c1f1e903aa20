import { statSync } from 'node:fs';
import { startSha256 } from '../digest.ts';
import { readChunks, type Compression } from '../byte-chunks.ts';
import type { Layout } from './source-adapter.ts';

/** A byte range of a file that is read in one go. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** 0-based number of the first line; 0 where the file is read as a whole. */
  readonly line: number;
  readonly isLast: boolean;
  /** sha256 of the bytes as they lie on disk. */
  readonly digest: string;
}

/** Blocks of a line file end at the first line feed after this many bytes, so appending to a file changes only its last block. */
export const BLOCK_BYTES = 8 << 20;

const LINE_FEED = 10;

/** Cuts a line file into blocks; anything else, and anything compressed, is one block. Reads the file once. */
export async function cutBlocks(
  file: { readonly path: string; readonly layout: Layout; readonly compression: Compression },
  throwIfStopped: () => void,
  blockBytes = BLOCK_BYTES,
): Promise<Block[]> {
  const sizeBytes = statSync(file.path).size;
  const isCuttable = file.layout === 'lines' && file.compression === 'none';
  const blocks: Block[] = [];
  let digest = startSha256();
  let start = 0;
  let at = 0;
  let line = 0;
  let startLine = 0;
  const close = (end: number): void => {
    blocks.push({ start, end, line: startLine, isLast: false, digest: digest.digest() });
    digest = startSha256();
    start = end;
    startLine = line;
  };
  for await (const chunk of readChunks({ path: file.path, start: 0, end: sizeBytes, compression: 'none' })) {
    throwIfStopped();
    let from = 0;
    if (isCuttable) {
      for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, feed + 1)) {
        line += 1;
        if (at + feed + 1 - start < blockBytes) continue;
        digest.update(chunk.subarray(from, feed + 1));
        close(at + feed + 1);
        from = feed + 1;
      }
    }
    digest.update(chunk.subarray(from));
    at += chunk.length;
  }
  if (start < at || blocks.length === 0) close(at);
  const last = blocks.pop()!;
  return [...blocks, { ...last, isLast: true }];
}
