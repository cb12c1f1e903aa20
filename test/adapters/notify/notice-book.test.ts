import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openNoticeBook } from '../../../adapters/notify/notice-book.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import { HARBOUR_NOTICE } from '../../support/probe-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const waiting = { 'file-1': { notices: [HARBOUR_NOTICE], problem: 'no room', since: HARBOUR_NOTICE.at, dropped: 0 } };

test('what was written is read by others, and before that there is nothing', () => {
  const workspace = temporaryFolder();
  const empty = openNoticeBook(workspace).read();
  expect(empty).toEqual({ schema: 'notice-book/1', states: {}, waiting: {} });
  openNoticeBook(workspace).write({ ...empty, waiting });
  expect(openNoticeBook(workspace).read()).toEqual({ ...empty, waiting });
});

test('a book that is none is said to be damaged', () => {
  const workspace = temporaryFolder();
  openNoticeBook(workspace).write({ schema: 'notice-book/1', states: {}, waiting: {} });
  writeFileSync(join(workspace, 'lake', 'eval', 'notices', 'notices.json'), '{"schema":"notice-book/9"}');
  expect(() => openNoticeBook(workspace).read()).toThrow(LakeCorruptError);
});

test('who works with it works alone', async () => {
  const workspace = temporaryFolder();
  const steps: string[] = [];
  const work = (name: string) =>
    openNoticeBook(workspace).exclusively(async () => {
      steps.push(`${name} comes`);
      await new Promise((resolve) => setImmediate(resolve));
      steps.push(`${name} goes`);
    });
  await Promise.all([work('pilot'), work('keeper')]);
  expect(steps.map((step) => step.split(' ')[1])).toEqual(['comes', 'goes', 'comes', 'goes']);
  expect(steps[0]?.split(' ')[0]).toBe(steps[1]?.split(' ')[0]);
});
