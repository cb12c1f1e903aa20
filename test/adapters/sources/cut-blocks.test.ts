import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, cutBlocks, type Block } from '../../../adapters/sources/cut-blocks.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fc } from '../../support/fast-check.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const goOn = (): void => undefined;
const LINES = { layout: 'lines', compression: 'none' } as const;

function cut(content: string, blockBytes: number): Promise<Block[]> {
  return cutBlocks({ path: join(temporaryFolder({ log: content }), 'log'), ...LINES }, goOn, blockBytes);
}

describe('cutBlocks', () => {
  test('ends a block at the first line feed from its size on', async () => {
    // Lines of 5 bytes: the second ends at 10, which is the first end from 8 on.
    const content = 'dawn\nnoon\ndusk\nmoon';
    expect(await cut(content, 8)).toEqual([
      { start: 0, end: 10, line: 0, isLast: false, digest: sha256('dawn\nnoon\n') },
      { start: 10, end: 19, line: 2, isLast: true, digest: sha256('dusk\nmoon') },
    ]);
  });

  test('a size that ends with a line is a full block', async () => {
    expect((await cut('dawn\nnoon\ndusk\n', 5)).map(({ start, end, line, isLast }) => [start, end, line, isLast])).toEqual([
      [0, 5, 0, false],
      [5, 10, 1, false],
      [10, 15, 2, true],
    ]);
  });

  test('a line longer than a block is not cut', async () => {
    expect((await cut('a long line of the log\nnoon\n', 4)).map(({ start, end }) => [start, end])).toEqual([
      [0, 23],
      [23, 28],
    ]);
  });

  test('an empty file is one empty block', async () => {
    expect(await cut('', 8)).toEqual([{ start: 0, end: 0, line: 0, isLast: true, digest: sha256('') }]);
  });

  test.each([
    { layout: 'elements', compression: 'none' },
    { layout: 'document', compression: 'none' },
    { layout: 'session', compression: 'none' },
    { layout: 'lines', compression: 'gzip' },
    { layout: 'lines', compression: 'zstd' },
  ] as const)('a file of %j is one block', async (kind) => {
    const content = kind.compression === 'none' ? Buffer.from('dawn\nnoon\ndusk\n') : gzipSync('dawn\nnoon\ndusk\n');
    const path = join(temporaryFolder({ log: content }), 'log');
    expect(await cutBlocks({ path, ...kind }, goOn, 4)).toEqual([
      { start: 0, end: content.length, line: 0, isLast: true, digest: sha256(content) },
    ]);
  });

  test('blocks are 8 MiB unless told otherwise', async () => {
    expect(BLOCK_BYTES).toBe(8 * 1024 * 1024);
    const path = join(temporaryFolder({ log: `${'x'.repeat(1023)}\n`.repeat(9 * 1024) }), 'log');
    expect((await cutBlocks({ path, ...LINES }, goOn)).map(({ start, end, line }) => [start, end, line])).toEqual([
      [0, 8 << 20, 0],
      [8 << 20, 9 << 20, 8192],
    ]);
  });

  test('can be stopped', async () => {
    const path = join(temporaryFolder({ log: 'dawn\n' }), 'log');
    const stop = (): void => {
      throw new Error('the watch ended');
    };
    await expect(cutBlocks({ path, ...LINES }, stop)).rejects.toThrow('the watch ended');
  });
});

const logs = fc.array(fc.constantFrom('dawn', 'the tide turns', '', 'fähre', '😀'), { maxLength: 20 }).map((lines) => lines.join('\n'));

describe('whatever the file', () => {
  test('blocks follow each other, begin with a line, and name their bytes and lines', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.integer({ min: 1, max: 60 }), async (content, blockBytes) => {
        const bytes = Buffer.from(content);
        const blocks = await cut(content, blockBytes);
        expect(blocks.map(({ start }) => start)).toEqual([0, ...blocks.slice(0, -1).map(({ end }) => end)]);
        expect(blocks.at(-1)?.end).toBe(bytes.length);
        expect(blocks.map(({ isLast }) => isLast)).toEqual(blocks.map((_, index) => index === blocks.length - 1));
        for (const { start, end, line, digest } of blocks) {
          expect(start === 0 || bytes[start - 1] === 10).toBe(true);
          expect(line).toBe(bytes.subarray(0, start).toString().split('\n').length - 1);
          expect(digest).toBe(sha256(bytes.subarray(start, end)));
        }
        for (const { start, end } of blocks.slice(0, -1)) {
          // Full, and not a line more than that.
          expect(end - start).toBeGreaterThanOrEqual(blockBytes);
          expect(bytes.subarray(start, end - 1).lastIndexOf(10) + 1).toBeLessThan(blockBytes);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('appending changes only the last block', async () => {
    await fc.assert(
      fc.asyncProperty(logs, logs, fc.integer({ min: 1, max: 60 }), async (content, more, blockBytes) => {
        const path = join(temporaryFolder({ log: content }), 'log');
        const before = await cutBlocks({ path, ...LINES }, goOn, blockBytes);
        appendFileSync(path, more);
        const after = await cutBlocks({ path, ...LINES }, goOn, blockBytes);
        expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      }),
      { numRuns: 100 },
    );
  });
});
