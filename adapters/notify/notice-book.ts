import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { noticeBookSchema, type NoticeBook } from '../../schemas/notice.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { waitForLock } from '../lock-file.ts';
import { readDocument } from '../read-document.ts';

/** What a workspace has told of its probes, and has yet to tell. */
export interface KeptNotices {
  /** LakeCorruptError when the file is torn or something else. */
  read(): NoticeBook;
  write(book: NoticeBook): void;
  /** Nobody else tells while the work goes on; whoever waits longer than a quarter of an hour gets a WorkspaceError. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
}

const LOCK_WAIT_MS = 15 * 60_000;

/** Opens the notices of a workspace, of which there need not be any yet. */
export function openNoticeBook(workspace: string): KeptNotices {
  const folder = join(workspace, 'lake', 'eval', 'notices');
  const path = join(folder, 'notices.json');
  return {
    read: () => (existsSync(path) ? parseBook(path) : { schema: 'notice-book/1', states: {}, waiting: {} }),
    write: (book) => writeJsonAtomically(path, book),
    exclusively: async (work) => {
      mkdirSync(folder, { recursive: true });
      const lock = await waitForLock(join(folder, 'notices.lock'), { version: '', giveUpAfterMs: LOCK_WAIT_MS });
      try {
        return await work();
      } finally {
        lock.release();
      }
    },
  };
}

function parseBook(path: string): NoticeBook {
  const { data } = noticeBookSchema.safeParse(readDocument(path));
  if (data !== undefined) return data;
  throw new LakeCorruptError(
    `reading notices, on ${path}: expected a notice-book/1 document, found another one.`,
    `Delete it: the state of every probe then counts as well, and what waited to be told is lost.`,
    { file: path },
  );
}
