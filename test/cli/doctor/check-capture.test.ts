import { expect, test } from 'vitest';
import { openCaptureStore } from '../../../adapters/search/capture-store.ts';
import { checkCapture } from '../../../cli/doctor/check-capture.ts';
import { newCapturedRow } from '../../support/answered-search.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW_MS = Date.UTC(2026, 2, 3, 12);
const HOUR_MS = 3_600_000;

test('a workspace where nothing was captured is skipped', () => {
  expect(checkCapture({ root: temporaryFolder() }, NOW_MS)).toMatchObject({
    name: 'eval_capture',
    status: 'ok',
    message: expect.stringContaining('skipped'),
  });
});

test('captures without failures are well, and so are failures of yesterday', async () => {
  const root = temporaryFolder();
  await openCaptureStore(root).append(newCapturedRow());
  expect(checkCapture({ root }, NOW_MS)).toMatchObject({ status: 'ok', message: 'no failures in 24 h' });
  await openCaptureStore(root, () => NOW_MS - 25 * HOUR_MS).noteFailure('db_down');
  expect(checkCapture({ root }, NOW_MS)).toMatchObject({ status: 'ok' });
});

test('failures of the last day are counted by reason', async () => {
  const root = temporaryFolder();
  const store = openCaptureStore(root, () => NOW_MS - HOUR_MS);
  for (const reason of ['check_violation', 'db_down', 'check_violation'] as const) await store.noteFailure(reason);
  const check = checkCapture({ root }, NOW_MS);
  expect(check).toMatchObject({ status: 'warn', message: '3 failures in 24 h: db_down 1, check_violation 2' });
  expect(check.remedy).toContain('51,200');
});

test.each([
  ['EACCES', 'permission denied reading the failures'],
  ['EIO', 'the failures cannot be read: disk gone'],
])('a table that cannot be read (%s) is a warning', (code, message) => {
  const read = () => {
    throw Object.assign(new Error('disk gone'), { code });
  };
  expect(checkCapture({ root: temporaryFolder() }, NOW_MS, read)).toMatchObject({ name: 'eval_capture', status: 'warn', message });
});
