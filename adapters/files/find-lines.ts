import { createReadStream, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startSha256 } from '../digest.ts';

/** A line that holds one of the texts looked for; `line` is 1-based. */
export interface FoundLine {
  readonly line: number;
  readonly text: string;
}

const LINE_FEED = 10;

/** Lines of a file that hold one of the texts, and the sha256 of the whole. Undefined when there is no file. Memory is bounded by the longest line. */
export async function findLines(
  path: string,
  texts: readonly string[],
): Promise<{ readonly sha256: string; readonly found: readonly FoundLine[] } | undefined> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const digest = startSha256();
  const found: FoundLine[] = [];
  let line = 1;
  let carried: Buffer[] = [];
  const look = (bytes: Buffer): void => {
    if (texts.some((text) => bytes.includes(text))) {
      for (const [index, text] of bytes.toString('utf8').split('\n').entries())
        if (texts.some((wanted) => text.includes(wanted))) found.push({ line: line + index, text });
    }
    line += countFeeds(bytes);
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end === -1) {
      carried.push(chunk);
      continue;
    }
    look(Buffer.concat([...carried, chunk.subarray(0, end + 1)]));
    carried = [chunk.subarray(end + 1)];
  }
  look(Buffer.concat(carried));
  return { sha256: digest.digest(), found };
}

/** The run that `exports/latest` leads to, or null when it leads nowhere. */
export function latestExport(workspace: string): string | null {
  try {
    return readlinkSync(join(workspace, 'exports', 'latest')).replace(/[/\\]+$/, '');
  } catch {
    return null;
  }
}

function countFeeds(bytes: Buffer): number {
  let feeds = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) feeds += 1;
  return feeds;
}
