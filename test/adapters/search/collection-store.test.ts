import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  isCollectionWhole,
  listCollections,
  markSynthetic,
  openCollection,
  pagesFile,
  publishCollection,
  readCollectionHead,
} from '../../../adapters/search/collection-store.ts';
import { CollectionError, UsageError } from '../../../domain/shared/errors.ts';
import { startProgram } from '../../support/child-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { generationOf } from './generations.ts';

const NAME = 'tides';

/** Publishes a generation; `meanwhile` happens when its files are written and nothing has its name yet. */
async function publish(workspace: string, number: number, meanwhile: () => void = () => undefined): Promise<void> {
  await publishCollection(workspace, NAME, (folder) => {
    const { files, facts } = generationOf(number);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    meanwhile();
    return Promise.resolve(facts);
  });
}

function folderOf(workspace: string): string {
  return join(workspace, 'lake', 'collections', NAME);
}

/** The generation that a reader sees, once everything in it was found to be of that generation. */
function seenBy(workspace: string): number {
  const { head, index, vectors } = openCollection(workspace, NAME);
  const { facts } = generationOf(head.generation);
  expect(head).toMatchObject(facts);
  expect(index.length).toBe(70_000 + head.generation);
  expect(index.every((byte) => byte === head.generation % 251)).toBe(true);
  expect([...vectors!]).toEqual([1, 1, 1, 1, 1, 1].map(() => head.generation));
  return head.generation;
}

test('a collection is what was published last, and nothing else is kept', async () => {
  const workspace = temporaryFolder();
  expect(readCollectionHead(workspace, NAME)).toBeUndefined();
  await publish(workspace, 1);
  expect(seenBy(workspace)).toBe(1);
  await publish(workspace, 2);
  expect(seenBy(workspace)).toBe(2);
  expect(readdirSync(folderOf(workspace)).sort()).toEqual(['generation-2', 'head.json']);
  expect(openCollection(workspace, NAME).neighboursPath).toBeNull();
  expect(readFileSync(pagesFile(workspace, readCollectionHead(workspace, NAME)!)).length).toBe(20);
});

test('without vectors there are none', async () => {
  const workspace = temporaryFolder();
  await publishCollection(workspace, NAME, (folder) => {
    writeFileSync(join(folder, 'index.bin'), 'x');
    return Promise.resolve({ ...generationOf(1).facts, embedder: null, dimensions: null });
  });
  expect(openCollection(workspace, NAME)).toMatchObject({ vectors: null, neighboursPath: null });
});

test('a generation that fails while it is written leaves the old one, and nothing of itself', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  const failing = publishCollection(workspace, NAME, (folder) => {
    writeFileSync(join(folder, 'index.bin'), 'half');
    return Promise.reject(new Error('the embedder went away'));
  });
  await expect(failing).rejects.toThrow('the embedder went away');
  expect(seenBy(workspace)).toBe(1);
  expect(readdirSync(folderOf(workspace)).sort()).toEqual(['generation-1', 'head.json']);
});

test('the folder cannot get its name: the old generation is as it was', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  const place = join(folderOf(workspace), 'generation-2');
  await expect(publish(workspace, 2, () => writeFileSync(place, 'in the way'))).rejects.toThrow(/ENOTDIR/);
  expect(seenBy(workspace)).toBe(1);
  await publish(workspace, 2);
  expect(seenBy(workspace)).toBe(2);
});

test('the head cannot be renamed: the old generation is still there', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  const [head, aside] = ['head.json', 'aside.json'].map((name) => join(folderOf(workspace), name)) as [string, string];
  const obstruct = (): void => {
    renameSync(head, aside);
    mkdirSync(head);
  };
  await expect(publish(workspace, 2, obstruct)).rejects.toThrow(/EISDIR/);
  rmSync(head, { recursive: true });
  renameSync(aside, head);
  expect(seenBy(workspace)).toBe(1);
  await publish(workspace, 2);
  expect(seenBy(workspace)).toBe(2);
});

test('killed while it writes: the old generation counts, and the next run goes on', async () => {
  const workspace = temporaryFolder();
  const child = startProgram(new URL('publisher.ts', import.meta.url), [workspace, 'stay']);
  expect(await child.hear()).toBe('1');
  expect(await child.hear()).toBe('inside');
  await child.kill();
  expect(seenBy(workspace)).toBe(1);
  await publish(workspace, 2);
  expect(seenBy(workspace)).toBe(2);
});

test('killed at any moment between many generations: one whole generation is seen', async () => {
  const workspace = temporaryFolder();
  for (const heard of [1, 2, 3, 5]) {
    rmSync(folderOf(workspace), { recursive: true, force: true });
    const child = startProgram(new URL('publisher.ts', import.meta.url), [workspace]);
    for (let line = 1; line <= heard; line += 1) {
      await child.hear();
      expect(seenBy(workspace)).toBeGreaterThanOrEqual(line);
    }
    await child.kill();
    const last = seenBy(workspace);
    expect(last).toBeGreaterThanOrEqual(heard);
    await publish(workspace, last + 1);
    expect(seenBy(workspace)).toBe(last + 1);
  }
});

test('cut off between the folder and the head: the folder counts for nothing', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  cpSync(join(folderOf(workspace), 'generation-1'), join(folderOf(workspace), 'generation-2'), { recursive: true });
  expect(seenBy(workspace)).toBe(1);
  await publish(workspace, 2);
  expect(seenBy(workspace)).toBe(2);
});

test('cut off between the head and the end: the old generation goes with the next', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  await publish(workspace, 2);
  mkdirSync(join(folderOf(workspace), 'generation-1'));
  expect(seenBy(workspace)).toBe(2);
  await publish(workspace, 3);
  expect(readdirSync(folderOf(workspace)).sort()).toEqual(['generation-3', 'head.json']);
});

test.each(['index.bin', 'vectors.f32'])('%s cut off or gone is told, never read', async (file) => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  const path = join(folderOf(workspace), 'generation-1', file);
  const head = readCollectionHead(workspace, NAME)!;
  expect(isCollectionWhole(workspace, head)).toBe(true);
  truncateSync(path, 8);
  expect(() => openCollection(workspace, NAME)).toThrow(/expected \d+ bytes, found 8 bytes/);
  rmSync(path);
  expect(() => openCollection(workspace, NAME)).toThrow(CollectionError);
  expect(isCollectionWhole(workspace, head)).toBe(false);
});

test.each(['', '{"schema":"collection/1"', '{"schema":"collection/2"}'])('a head that is none is told: %s', async (text) => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  writeFileSync(join(folderOf(workspace), 'head.json'), text);
  expect(() => openCollection(workspace, NAME)).toThrow(CollectionError);
  expect(() => listCollections(workspace)).toThrow(CollectionError);
});

test('a head cannot lead out of its collection', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  const path = join(folderOf(workspace), 'head.json');
  writeFileSync(path, JSON.stringify({ ...readCollectionHead(workspace, NAME), folder: '../../secret' }));
  expect(() => openCollection(workspace, NAME)).toThrow(CollectionError);
});

test.each(['', '.', '..', '../x', 'a/b', '.hidden', 'a\nb', 'x'.repeat(101)])('%j is no name of a collection', (name) => {
  const workspace = temporaryFolder();
  expect(() => openCollection(workspace, name)).toThrow(UsageError);
  expect(existsSync(join(workspace, 'lake'))).toBe(false);
});

test('a collection that is not there is told with what to do', () => {
  expect(() => openCollection(temporaryFolder(), NAME)).toThrow(/expected a collection of that name in the workspace, found none/);
});

test('all collections by name; what is no collection is passed over', async () => {
  const workspace = temporaryFolder({ 'lake/collections/empty/': '', 'lake/collections/.tmp~1/x': '' });
  expect(listCollections(temporaryFolder())).toEqual([]);
  await publish(workspace, 1);
  expect(listCollections(workspace).map(({ name }) => name)).toEqual([NAME]);
});

test('whether it is synthetic may be said without a new generation', async () => {
  const workspace = temporaryFolder();
  await publish(workspace, 1);
  markSynthetic(workspace, readCollectionHead(workspace, NAME)!, true);
  expect(readCollectionHead(workspace, NAME)).toMatchObject({ synthetic: true, generation: 1 });
});
