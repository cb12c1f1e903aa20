import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { captureFailuresSince } from '../../../adapters/search/capture-failures.ts';
import { captureFolder } from '../../../adapters/search/capture-places.ts';
import { listSegments } from '../../../adapters/search/capture-segments.ts';
import { openCaptureStore } from '../../../adapters/search/capture-store.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import { capturedRowSchema } from '../../../schemas/captured-row.ts';
import { newCapturedRow } from '../../support/answered-search.ts';
import { fillCaptures, FIRST_MS } from '../../support/captured-segments.ts';
import { startProgram } from '../../support/child-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Ids, the last first. */
function idsIn(workspace: string): number[] {
  return Array.from(openCaptureStore(workspace).newestFirst(), ({ id }) => id);
}

function down(from: number, to: number): number[] {
  return Array.from({ length: from - to + 1 }, (_, place) => from - place);
}

test('EXP-1: a store that was never written to has no rows, and reading makes no folder', async () => {
  const workspace = temporaryFolder();
  const store = openCaptureStore(workspace);
  expect([...store.newestFirst()]).toEqual([]);
  expect(store.countBefore(Infinity)).toBe(0);
  expect(await store.prune(Infinity)).toBe(0);
  expect(readdirSync(workspace)).toEqual([]);
});

test('rows come back whole, the last first, with ids from 1 and the moment of the store', async () => {
  const workspace = temporaryFolder();
  const store = openCaptureStore(workspace, () => FIRST_MS);
  await store.append(newCapturedRow({ query: 'pears' }));
  await store.append(newCapturedRow({ query: 'plums\n"and" 🍐', tool_name: 'query' }));
  const rows = [...store.newestFirst()];
  expect(rows).toEqual([
    { ...newCapturedRow({ query: 'plums\n"and" 🍐', tool_name: 'query' }), id: 2, created_at: '2026-03-02T12:00:00.000Z' },
    { ...newCapturedRow({ query: 'pears' }), id: 1, created_at: '2026-03-02T12:00:00.000Z' },
  ]);
  expect(rows.map((row) => capturedRowSchema.parse(row))).toEqual(rows);
});

test('only the owner may read what people searched for', async () => {
  const workspace = temporaryFolder();
  await openCaptureStore(workspace).append(newCapturedRow());
  expect(statSync(captureFolder(workspace)).mode & 0o777).toBe(0o700);
  expect(statSync(listSegments(captureFolder(workspace))[0]!.path).mode & 0o777).toBe(0o600);
});

test('a clock that goes back does not move a row before an earlier one', async () => {
  const workspace = temporaryFolder();
  const clock = [FIRST_MS + 5_000, FIRST_MS, FIRST_MS + 9_000];
  const store = openCaptureStore(workspace, () => clock.shift()!);
  for (const query of ['one', 'two', 'three']) await store.append(newCapturedRow({ query }));
  const moments = Array.from(store.newestFirst(), ({ created_at }) => Date.parse(created_at) - FIRST_MS);
  expect(moments).toEqual([9_000, 5_000, 5_000]);
});

test('filters: since a moment, of a tool, before an id', () => {
  const workspace = temporaryFolder();
  fillCaptures(workspace, 10, 3);
  const store = openCaptureStore(workspace);
  const ids = (filter: Parameters<typeof store.newestFirst>[0]) => Array.from(store.newestFirst(filter), ({ id }) => id);
  expect(ids({})).toEqual(down(10, 1));
  expect(ids({ sinceMs: FIRST_MS + 7_000 })).toEqual([10, 9, 8]);
  expect(ids({ tool: 'query' })).toEqual([9, 6, 3]);
  expect(ids({ beforeId: 5 })).toEqual([4, 3, 2, 1]);
  expect(ids({ beforeId: 8, tool: 'search', sinceMs: FIRST_MS + 3_000 })).toEqual([7, 5, 4]);
});

test('full segments are followed by new ones, and a row longer than what is read at once comes back whole', async () => {
  const workspace = temporaryFolder();
  const store = openCaptureStore(workspace);
  const slug = 'pear '.repeat(400_000);
  for (const query of ['one', 'two', 'three', 'four', 'five']) await store.append(newCapturedRow({ query, retrieved_slugs: [slug] }));
  expect(listSegments(captureFolder(workspace)).map(({ leastId }) => leastId)).toEqual([1, 3, 5]);
  const rows = [...store.newestFirst()];
  expect(rows.map(({ query }) => query)).toEqual(['five', 'four', 'three', 'two', 'one']);
  expect(rows.every(({ retrieved_slugs }) => retrieved_slugs[0] === slug)).toBe(true);
});

describe('what a process left that died while it was writing', () => {
  test('is not read, and is gone with the next row', async () => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 2, 10);
    const [{ path } = { path: '' }] = listSegments(captureFolder(workspace));
    appendFileSync(path, '{"created_at":"2026-03-02T12:00:0');
    expect(idsIn(workspace)).toEqual([2, 1]);
    await openCaptureStore(workspace).append(newCapturedRow());
    expect(idsIn(workspace)).toEqual([3, 2, 1]);
    expect(readFileSync(path, 'utf8').match(/\n/g)).toHaveLength(3);
  });

  test('is no row that pruning counts or keeps', async () => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 4, 10);
    const [{ path } = { path: '' }] = listSegments(captureFolder(workspace));
    appendFileSync(path, '{"created_at"');
    const store = openCaptureStore(workspace);
    expect(store.countBefore(FIRST_MS + 2_000)).toBe(2);
    expect(await store.prune(FIRST_MS + 2_000)).toBe(2);
    expect(idsIn(workspace)).toEqual([4, 3]);
  });
});

test('a line that is no row is told with its file, and capturing goes on', async () => {
  const workspace = temporaryFolder();
  fillCaptures(workspace, 2, 10);
  const [{ path } = { path: '' }] = listSegments(captureFolder(workspace));
  appendFileSync(path, 'scribble\n');
  expect(() => idsIn(workspace)).toThrow(LakeCorruptError);
  expect(() => idsIn(workspace)).toThrow(path);
  await openCaptureStore(workspace).append(newCapturedRow());
  expect(openCaptureStore(workspace).newestFirst().next().value).toMatchObject({ id: 3 });
});

describe('pruning', () => {
  test.each([
    ['nothing is old enough', 0, 0],
    ['inside the first segment', 2, 2],
    ['a whole segment', 4, 4],
    ['a segment and a half', 6, 6],
    ['all but one', 9, 9],
    ['all', 10, 10],
    ['long after', 1_000, 10],
  ])('PRN-3: dry run and real run agree: %s', async (_name, seconds, expected) => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 10, 4);
    const store = openCaptureStore(workspace);
    const cutoffMs = FIRST_MS + seconds * 1_000;
    expect(store.countBefore(cutoffMs)).toBe(expected);
    expect(idsIn(workspace)).toEqual(down(10, 1));
    expect(await store.prune(cutoffMs)).toBe(expected);
    expect(idsIn(workspace)).toEqual(down(10, expected + 1));
    expect(store.countBefore(cutoffMs)).toBe(0);
    await store.append(newCapturedRow());
    expect(idsIn(workspace)[0]).toBe(11);
  });

  test('a row of the very moment stays', async () => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 1, 10);
    expect(await openCaptureStore(workspace).prune(FIRST_MS)).toBe(0);
    expect(await openCaptureStore(workspace).prune(FIRST_MS + 1)).toBe(1);
  });

  test('PRN-3: more than 100,000 rows are counted and removed to the last one', async () => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 120_007, 7_000);
    const store = openCaptureStore(workspace);
    const cutoffMs = FIRST_MS + 110_005 * 1_000;
    expect(store.countBefore(cutoffMs)).toBe(110_005);
    expect(await store.prune(cutoffMs)).toBe(110_005);
    expect(idsIn(workspace)).toEqual(down(120_007, 110_006));
  });

  // Ten rows in five segments; the first seven are to go: three segments whole, one by rename.
  test.each([
    ['rmSync', '1', 'after', 8],
    ['rmSync', '3', 'after', 4],
    ['renameSync', '1', 'before', 4],
    ['renameSync', '1', 'after', 3],
  ])('killed at %s %s (%s), it has lost nothing that stays', async (name, number, moment, left) => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 10, 2);
    const cutoffMs = FIRST_MS + 7_000;
    const pruner = startProgram(new URL('capture-pruner.ts', import.meta.url), [workspace, String(cutoffMs), name, number, moment]);
    expect(await pruner.ended()).toBeNull();
    expect(idsIn(workspace)).toEqual(down(10, 11 - left));
    const store = openCaptureStore(workspace);
    expect(await store.prune(cutoffMs)).toBe(left - 3);
    expect(idsIn(workspace)).toEqual([10, 9, 8]);
    await store.append(newCapturedRow());
    expect(idsIn(workspace)).toEqual([11, 10, 9, 8]);
    expect(readdirSync(captureFolder(workspace)).filter((entry) => !/^rows-\d+\.jsonl$/.test(entry))).toEqual([]);
  });

  test.each(['before', 'after'])('killed %s it notes the next id, no id is given twice', async (moment) => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 10, 5);
    const pruner = startProgram(new URL('capture-pruner.ts', import.meta.url), [
      workspace,
      String(FIRST_MS + 60_000),
      'renameSync',
      '1',
      moment,
    ]);
    expect(await pruner.ended()).toBeNull();
    expect(idsIn(workspace)).toEqual(down(10, 1));
    const store = openCaptureStore(workspace, () => FIRST_MS + 70_000);
    await store.append(newCapturedRow());
    expect(await store.prune(FIRST_MS + 60_000)).toBe(10);
    expect(idsIn(workspace)).toEqual([11]);
  });

  test('a pruner that nobody kills ends well: the harness can tell', async () => {
    const workspace = temporaryFolder();
    fillCaptures(workspace, 10, 2);
    const pruner = startProgram(new URL('capture-pruner.ts', import.meta.url), [workspace, String(FIRST_MS + 7_000), 'rmSync', '99']);
    expect(await pruner.hear()).toBe('7');
    expect(await pruner.ended()).toBe(0);
  });
});

test('several processes capture at once while another prunes: no id twice, no row lost', async () => {
  const workspace = temporaryFolder();
  const [rows, names] = [12, ['north', 'east', 'south']];
  const writers = names.map((name) => startProgram(new URL('capture-writer.ts', import.meta.url), [workspace, name, String(rows)]));
  for (const writer of writers) expect(await writer.hear()).toBe('ready');
  for (const writer of writers) writer.say('go');
  const store = openCaptureStore(workspace);
  let removed = 0;
  for (let row = 0; row < rows; row += 1) {
    expect(await writers[0]!.hear()).toBe('kept');
    if (row % 3 === 0) removed += await store.prune(Date.now());
  }
  for (const writer of writers) expect(await writer.ended()).toBe(0);
  const kept = [...store.newestFirst()];
  expect(removed).toBeGreaterThan(0);
  expect(kept.map(({ id }) => id)).toEqual(down(rows * names.length, removed + 1));
  const moments = kept.map(({ created_at }) => created_at);
  expect(moments).toEqual(moments.toSorted().toReversed());
}, 60_000);

test('rows of one process that come at once are all kept, in their order', async () => {
  const workspace = temporaryFolder();
  const store = openCaptureStore(workspace);
  await Promise.all(Array.from({ length: 20 }, (_, place) => store.append(newCapturedRow({ query: `boat ${place}` }))));
  expect(Array.from(store.newestFirst(), ({ query }) => query)).toEqual(down(19, 0).map((place) => `boat ${place}`));
});

test('a store that cannot be written to rejects, and the next row is tried again', async () => {
  const workspace = temporaryFolder({ 'lake/captures': 'a file in the place of the folder' });
  const store = openCaptureStore(workspace);
  await expect(store.append(newCapturedRow())).rejects.toThrow();
  await expect(store.append(newCapturedRow())).rejects.toThrow();
  await expect(store.noteFailure('other')).rejects.toThrow();
});

test('failures are kept with moment and reason', async () => {
  const workspace = temporaryFolder();
  expect(captureFailuresSince(workspace, 0)).toBeUndefined();
  const clock = [FIRST_MS, FIRST_MS + 1_000];
  const store = openCaptureStore(workspace, () => clock.shift()!);
  await store.noteFailure('db_down');
  await store.noteFailure('check_violation');
  appendFileSync(join(captureFolder(workspace), 'failures.jsonl'), 'scribble\n{"ts":');
  expect(captureFailuresSince(workspace, FIRST_MS)).toEqual([
    { ts: '2026-03-02T12:00:01.000Z', reason: 'check_violation' },
    { ts: '2026-03-02T12:00:00.000Z', reason: 'db_down' },
  ]);
  expect(captureFailuresSince(workspace, FIRST_MS + 1)).toHaveLength(1);
});
