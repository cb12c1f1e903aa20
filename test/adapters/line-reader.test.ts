import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { readLines, type Line, type LineOptions } from '../../adapters/line-reader.ts';
import { chunkSizes, collect, inChunks } from './sources/in-chunks.ts';
import { fc } from '../support/fast-check.ts';

const ROOMY: LineOptions = { firstLine: 0, maxBytes: 1 << 20, isLast: true };

function linesIn(content: string | Uint8Array, options: Partial<LineOptions> = {}, sizes: readonly number[] = []): Promise<Line[]> {
  return collect(readLines(inChunks(Buffer.from(content as string), sizes), { ...ROOMY, ...options }));
}

async function collectBatches(bytes: Uint8Array): Promise<Line[][]> {
  const batches: Line[][] = [];
  for await (const batch of readLines(inChunks(bytes, []), ROOMY)) batches.push(batch);
  return batches;
}

const text = (line: number, content: string, endsFile = false): Line => ({ line, text: content, endsFile });

describe('readLines', () => {
  test('numbers the lines from 0 and leaves out blank ones', async () => {
    expect(await linesIn('dawn\n\n \t\nnoon\n\r\ndusk\n')).toEqual([text(0, 'dawn'), text(3, 'noon'), text(5, 'dusk')]);
  });

  test('many and long lines come in batches, each line once and in order', async () => {
    // Batches end near every 65,536 bytes; one line is longer than two of them, and some letters are beyond ASCII and Latin.
    const lines = Array.from(
      { length: 4000 },
      (_, at) => `${at} ${['calm', 'fähre', 'прилив', '🌊'][at % 1000 === 0 ? (at / 1000) % 4 : 0]} ${'~'.repeat(at % 90)}`,
    );
    lines[2500] = 'fog '.repeat(40_000);
    const bytes = Buffer.from(lines.join('\n'));
    const batches = await collectBatches(bytes);
    expect(batches.flat()).toEqual(lines.map((line, at) => text(at, line, at === lines.length - 1)));
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThan(2500);
    expect(batches.length).toBeGreaterThan(3);
  });

  test('numbers on from where a block begins', async () => {
    expect(await linesIn('dawn\nnoon\n', { firstLine: 40 })).toEqual([text(40, 'dawn'), text(41, 'noon')]);
  });

  test('a last line without line feed is marked, where the bytes end with the file', async () => {
    expect(await linesIn('dawn\nnoon')).toEqual([text(0, 'dawn'), text(1, 'noon', true)]);
    expect(await linesIn('dawn\nnoon', { isLast: false })).toEqual([text(0, 'dawn'), text(1, 'noon')]);
  });

  test('no bytes, no lines; nor from blank ones', async () => {
    expect(await linesIn('')).toEqual([]);
    expect(await linesIn('\n\n')).toEqual([]);
    expect(await linesIn('  ')).toEqual([]);
  });

  test('a carriage return stays with its line: JSON allows it there', async () => {
    expect(await linesIn('{"tide":"low"}\r\n{"tide":"high"}\r\n')).toEqual([text(0, '{"tide":"low"}\r'), text(1, '{"tide":"high"}\r')]);
  });

  test('a byte order mark is no part of the first line, and of no other', async () => {
    expect(await linesIn('\ufeffdawn\nnoon\n')).toEqual([text(0, 'dawn'), text(1, 'noon')]);
    expect(await linesIn('\ufeffdawn\n', { firstLine: 9 })).toEqual([text(9, '\ufeffdawn')]);
    expect(await linesIn('\ufeff')).toEqual([]);
  });

  test('a byte order mark is left out although a later line is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeffdawn\n'), Buffer.from([0xff, 0x0a])]);
    expect(await linesIn(bytes)).toEqual([
      text(0, 'dawn'),
      { line: 1, fault: 'not_utf8', detail: 'expected UTF-8, found other bytes among the 1 of the line' },
    ]);
  });

  test('a line that is not UTF-8 is told from its neighbours', async () => {
    const bytes = Buffer.concat([Buffer.from('dawn\nnoo'), Buffer.from([0xc3, 0x28]), Buffer.from('n\ndusk\n')]);
    expect(await linesIn(bytes)).toEqual([
      text(0, 'dawn'),
      { line: 1, fault: 'not_utf8', detail: 'expected UTF-8, found other bytes among the 6 of the line' },
      text(2, 'dusk'),
    ]);
  });

  test('a last line cut in the middle of a character is not UTF-8', async () => {
    expect(await linesIn(Buffer.from('dawn\nfähre').subarray(0, 7))).toMatchObject([{ line: 0 }, { line: 1, fault: 'not_utf8' }]);
  });

  test('a line may be as long as the limit in bytes, not longer', async () => {
    const tooLarge: Line = { line: 0, fault: 'too_large', detail: 'expected at most 8 bytes, found 9' };
    expect(await linesIn('12345678\n', { maxBytes: 8 })).toEqual([text(0, '12345678')]);
    expect(await linesIn('123456789\ndawn\n', { maxBytes: 8 })).toEqual([tooLarge, text(1, 'dawn')]);
    // Four characters of two bytes each, and one more.
    expect(await linesIn('ääää\n', { maxBytes: 8 })).toEqual([text(0, 'ääää')]);
    expect(await linesIn('ääääx\n', { maxBytes: 8 })).toEqual([tooLarge]);
  });

  test('a line of many chunks is skipped, its size is told, and the rest goes on', async () => {
    const content = `dawn\n${'x'.repeat(1000)}\ndusk`;
    expect(await linesIn(content, { maxBytes: 16 }, [7])).toEqual([
      text(0, 'dawn'),
      { line: 1, fault: 'too_large', detail: 'expected at most 16 bytes, found 1000' },
      text(2, 'dusk', true),
    ]);
  });

  test('a last line that is too large is told without its line feed, too', async () => {
    for (const sizes of [[], [7], [1]]) {
      expect(await linesIn('x'.repeat(20), { maxBytes: 16 }, sizes)).toEqual([
        { line: 0, fault: 'too_large', detail: 'expected at most 16 bytes, found 20' },
      ]);
    }
  });
});

test('where the chunks end never matters', async () => {
  const pieces = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('a', 'low tide', ' ', '\r', '\ufeff', 'ä', '😀', '\u00a0', '\t').map((piece) => Buffer.from(piece)),
    },
    { weight: 4, arbitrary: fc.constant(Buffer.from('\n')) },
    { weight: 1, arbitrary: fc.constantFrom([0xff], [0xc3], [0xf0, 0x9f], [0x80]).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constant(Buffer.from('x'.repeat(30))) },
  );
  const files = fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.concat(parts));
  const starts = fc.constantFrom(0, 0, 5);
  await fc.assert(
    fc.asyncProperty(
      files,
      chunkSizes(),
      fc.constantFrom(1, 3, 8, 24, 1000),
      starts,
      fc.boolean(),
      async (bytes, sizes, maxBytes, firstLine, isLast) => {
        const options = { maxBytes, firstLine, isLast };
        expect(await linesIn(bytes, options, sizes)).toEqual(lineByLine(bytes, options));
      },
    ),
    { numRuns: 1000 },
  );
});

/** The same contract, for a file that is held as a whole. */
function lineByLine(bytes: Buffer, { maxBytes, firstLine, isLast }: LineOptions): Line[] {
  const lines: Line[] = [];
  for (let start = 0, line = firstLine; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed;
    const piece = bytes.subarray(start, end);
    const content = piece.toString('utf8').replace(line === 0 ? /^\ufeff/ : /(?!)/, '');
    if (piece.length > maxBytes)
      lines.push({ line, fault: 'too_large', detail: `expected at most ${maxBytes} bytes, found ${piece.length}` });
    else if (!isUtf8(piece))
      lines.push({ line, fault: 'not_utf8', detail: `expected UTF-8, found other bytes among the ${piece.length} of the line` });
    else if (content.trim() !== '') lines.push({ line, text: content, endsFile: feed === -1 && isLast });
    start = end + 1;
  }
  return lines;
}
