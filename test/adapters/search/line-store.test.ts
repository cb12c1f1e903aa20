import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLineStore, openLineStore } from '../../../adapters/search/line-store.ts';
import { fc } from '../../support/fast-check.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('every line is read again by its place, while the file grows and after it was closed', async () => {
  const root = temporaryFolder();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.json({ maxDepth: 1 }).map((text) => `{${text}`),
        { maxLength: 20 },
      ),
      async (lines) => {
        const path = join(root, `${(number += 1)}.jsonl`);
        const store = createLineStore(path);
        const places = lines.map((line) => store.append(line));
        expect(places.map((place) => store.read(place))).toEqual(lines);
        store.close();
        const again = openLineStore(path);
        const read: { text: string; offset: number; sizeBytes: number }[] = [];
        for await (const line of again.lines()) read.push(line);
        expect(read.map(({ text }) => text)).toEqual(lines);
        expect(read.map(({ offset, sizeBytes }) => ({ offset, sizeBytes }))).toEqual(places);
        again.close();
      },
    ),
  );
});

test('lines larger than what is written at once', () => {
  const store = createLineStore(join(temporaryFolder(), 'a'));
  const lines = ['a'.repeat(3 << 20), 'b', 'ü'.repeat(1 << 20)];
  const places = lines.map((line) => store.append(line));
  expect(places.map((place) => store.read(place))).toEqual(lines);
  store.close();
});
