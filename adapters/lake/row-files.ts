import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';

/** JSON lines on disk, in the order they are to be stored. */
export interface RowFile {
  readonly path: string;
  /** UTC day of all its rows, or null where rows are not laid out by day. */
  readonly day: string | null;
  readonly rows: number;
  /** Upper bound of the bytes of its longest line. */
  readonly longestBytes: number;
}

interface Growing {
  readonly path: string;
  readonly day: string | null;
  rows: number;
  longest: number;
  pending: string[];
}

/** What all days together may hold before it is written. */
const MAX_PENDING_CHARS = 512 << 10;

/** Rows of one kind while a shard is made: a file for each day, written in large pieces, so that memory is bounded however many days there are. */
export class RowFiles {
  readonly #folder: string;
  readonly #name: string;
  readonly #days = new Map<string | null, Growing>();
  #pendingChars = 0;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  write(json: string, day: string | null = null): void {
    let file = this.#days.get(day);
    if (file === undefined) {
      file = { path: join(this.#folder, `${this.#name}-${this.#days.size}.jsonl`), day, rows: 0, longest: 0, pending: [] };
      this.#days.set(day, file);
    }
    file.pending.push(json);
    file.rows += 1;
    if (json.length > file.longest) file.longest = json.length;
    this.#pendingChars += json.length;
    if (this.#pendingChars > MAX_PENDING_CHARS) this.#flush();
  }

  /** The finished files, by day. */
  close(): RowFile[] {
    this.#flush();
    return [...this.#days.values()]
      .sort((left, right) => ((left.day ?? '') < (right.day ?? '') ? -1 : 1))
      .map(({ path, day, rows, longest }) => ({ path, day, rows, longestBytes: longest * 3 }));
  }

  #flush(): void {
    for (const file of this.#days.values()) {
      if (file.pending.length > 0) append(file.path, `${file.pending.join('\n')}\n`);
      file.pending = [];
    }
    this.#pendingChars = 0;
  }
}

function append(path: string, text: string): void {
  const file = openSync(path, 'a');
  try {
    writeWhole(file, Buffer.from(text));
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  } finally {
    closeSync(file);
  }
}
