import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openVerdictCache } from '../../../adapters/contradictions/verdict-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KEY = 'ab'.repeat(32);
const DAY_MS = 86_400_000;

test('a verdict serves until it is thirty days old, and is gone after that', () => {
  const workspace = temporaryFolder();
  let nowMs = 1_000 * DAY_MS;
  const cache = openVerdictCache<{ text: string }>(workspace, 30 * DAY_MS, () => nowMs);
  expect(cache.find(KEY)).toBeUndefined();
  cache.keep(KEY, { text: 'the tides agree' });
  nowMs += 30 * DAY_MS - 1;
  expect(openVerdictCache(workspace, 30 * DAY_MS, () => nowMs).find(KEY)).toEqual({ text: 'the tides agree' });
  nowMs += 1;
  expect(cache.find(KEY)).toBeUndefined();
  nowMs -= DAY_MS;
  expect(cache.find(KEY)).toBeUndefined();
});

test('a verdict from the future has no age and does not serve', () => {
  const workspace = temporaryFolder();
  openVerdictCache<string>(workspace, 30 * DAY_MS, () => 10 * DAY_MS).keep(KEY, 'kept by a clock that was wrong');
  expect(openVerdictCache<string>(workspace, 30 * DAY_MS, () => 9 * DAY_MS).find(KEY)).toBeUndefined();
});

test('a torn entry, or one of another key, is as if it were not there', () => {
  const workspace = temporaryFolder();
  const cache = openVerdictCache<string>(workspace, DAY_MS);
  cache.keep(KEY, 'the harbour opens at six');
  const folder = join(workspace, 'lake', 'verdicts', 'ab');
  const [name] = readdirSync(folder);
  writeFileSync(join(folder, name!), '{"key":"ab');
  expect(cache.find(KEY)).toBeUndefined();
  writeFileSync(join(folder, name!), JSON.stringify({ key: 'cd'.repeat(32), stored_at_ms: Date.now(), verdict: 'of another pair' }));
  expect(cache.find(KEY)).toBeUndefined();
});

test('the model that answered last is known by the name that it was asked under', () => {
  const workspace = temporaryFolder();
  const cache = openVerdictCache(workspace, DAY_MS);
  expect(cache.snapshotOf('quay-judge')).toBeNull();
  cache.keepSnapshot('quay-judge', 'quay-judge-2026-03');
  expect(openVerdictCache(workspace, DAY_MS).snapshotOf('quay-judge')).toBe('quay-judge-2026-03');
  expect(cache.snapshotOf('../quay-judge')).toBeNull();
});
