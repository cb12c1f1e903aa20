import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { SourcePart } from '../../schemas/plan.ts';
import { compressionOf, readChunks } from '../byte-chunks.ts';
import { startSha256 } from '../digest.ts';
import { isParquet } from './file-sample.ts';

/** The file as it is now, to be read as a whole; undefined when there is none. */
export async function wholeFile(part: SourcePart, path: string): Promise<SourcePart | undefined> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return undefined;
  const head = readHead(path);
  const layout = isParquet(head) ? ('parquet' as const) : part.layout;
  const now = { ...part, path, layout, compression: compressionOf(head), start: 0, end: stat.size, line: 0, is_last: true };
  // Some layouts are read in several passes, the first of which makes sure of the bytes.
  return layout === 'lines' ? now : { ...now, digest: await digestOf(now) };
}

async function digestOf(part: SourcePart): Promise<string> {
  const digest = startSha256();
  for await (const chunk of readChunks({ ...part, compression: 'none' })) digest.update(chunk);
  return digest.digest();
}

function readHead(path: string): Uint8Array {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
