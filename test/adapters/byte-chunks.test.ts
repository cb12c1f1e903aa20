import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressionOf, readChunks, unzstd, type Compression } from '../../adapters/byte-chunks.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { collect, inChunks } from './sources/in-chunks.ts';
import { zstdBomb, zstdOf } from './sources/zip-writer.ts';

const DAWN = 'the tide is low at dawn\n';
const NOON = 'and high at noon\n';
/** DAWN and NOON, packed by the zstd command, version 1.5; DAWN with a checksum. */
const ZSTD_DAWN = Buffer.from('KLUv/SQYwQAAdGhlIHRpZGUgaXMgbG93IGF0IGRhd24KDAim5w==', 'base64');
const ZSTD_NOON = Buffer.from('KLUv/SQRiQAAYW5kIGhpZ2ggYXQgbm9vbgo1Wo9e', 'base64');

async function read(content: Uint8Array | string, compression: Compression, range: { start?: number; end?: number } = {}) {
  const path = join(temporaryFolder({ tides: content }), 'tides');
  const pieces: Uint8Array[] = [];
  const raw: Uint8Array[] = [];
  for await (const piece of readChunks({ path, start: 0, end: statSync(path).size, compression, ...range }, (bytes) => raw.push(bytes)))
    pieces.push(piece);
  return { text: Buffer.concat(pieces).toString(), raw: Buffer.concat(raw), pieces: pieces.length };
}

describe('compressionOf', () => {
  test.each<[Compression, Uint8Array]>([
    ['none', Buffer.from(DAWN)],
    ['none', new Uint8Array(0)],
    ['none', Buffer.from([0x1f])],
    ['none', Buffer.from([0x28, 0xb5, 0x2f])],
    ['gzip', gzipSync(DAWN)],
    ['zstd', ZSTD_DAWN],
  ])('%s', (expected, head) => {
    expect(compressionOf(head)).toBe(expected);
  });
});

describe('readChunks', () => {
  test('reads a plain file, or a range of it', async () => {
    expect((await read(DAWN, 'none')).text).toBe(DAWN);
    expect((await read(DAWN, 'none', { start: 4, end: 8 })).text).toBe('tide');
  });

  test('reads in pieces of 1 MiB', async () => {
    const { text, pieces } = await read('x'.repeat((1 << 21) + 1), 'none');
    expect([text.length, pieces]).toEqual([(1 << 21) + 1, 3]);
  });

  test('stops where a file became shorter', async () => {
    expect((await read(DAWN, 'none', { end: 1000 })).text).toBe(DAWN);
  });

  test.each<[string, Compression, Uint8Array]>([
    ['gzip', 'gzip', gzipSync(DAWN + NOON)],
    ['gzip in two members, as log rotation appends it', 'gzip', Buffer.concat([gzipSync(DAWN), gzipSync(NOON)])],
    ['zstd in two frames', 'zstd', Buffer.concat([ZSTD_DAWN, ZSTD_NOON])],
  ])('unpacks %s and shows the bytes as they lie on disk', async (_name, compression, packed) => {
    const { text, raw } = await read(packed, compression);
    expect(text).toBe(DAWN + NOON);
    expect(raw.equals(packed)).toBe(true);
  });

  test('unpacks more than one chunk', async () => {
    const long = DAWN.repeat(100_000);
    expect((await read(gzipSync(long), 'gzip')).text).toBe(long);
  });

  test.each<[string, Compression, Uint8Array]>([
    ['a gzip archive that was cut', 'gzip', gzipSync(DAWN).subarray(0, -6)],
    ['a gzip archive with a damaged byte', 'gzip', damaged(gzipSync(DAWN), 14)],
    ['a gzip archive whose checksum is wrong', 'gzip', damaged(gzipSync(DAWN), -6)],
    ['a zstd archive that was cut', 'zstd', ZSTD_DAWN.subarray(0, -6)],
    ['a zstd archive with something else behind it', 'zstd', Buffer.concat([ZSTD_DAWN, Buffer.from('dawn dawn')])],
  ])('%s is a fault of the source', async (_name, compression, packed) => {
    const failed = read(packed, compression);
    await expect(failed).rejects.toThrow(SourceError);
    await expect(failed).rejects.toThrow(`expected a whole ${compression} archive`);
  });

  test('a file that is not there is no damaged archive', async () => {
    const path = join(temporaryFolder(), 'gone.gz');
    const chunks = readChunks({ path, start: 0, end: 10, compression: 'gzip' })[Symbol.asyncIterator]();
    await expect(chunks.next()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const place = at < 0 ? copy.length + at : at;
  copy[place] = copy[place]! ^ 0xff;
  return copy;
}

describe('unzstd', () => {
  test('is never far ahead of its reader, whatever a byte stands for', async () => {
    const bomb = zstdBomb(20_000);
    let handedOver = 0;
    const counted = function* (): Iterable<Uint8Array> {
      for (let at = 0; at < bomb.length; at += 1 << 10, handedOver += 1 << 10) yield bomb.subarray(at, at + (1 << 10));
    };
    let size = 0;
    for await (const piece of unzstd(counted())) {
      size += piece.length;
      if (size > 1 << 20) break;
    }
    expect(handedOver).toBe(0);
    expect(bomb.length * 32_000).toBeGreaterThan(2 ** 31);
  });

  test('unpacks frames that were cut anywhere', async () => {
    const packed = zstdOf(Buffer.from(DAWN + NOON));
    for (let size = 1; size < packed.length; size += 1) {
      const pieces = await collect(
        (async function* () {
          for await (const piece of unzstd(inChunks(packed, [size]))) yield [piece];
        })(),
      );
      expect(Buffer.concat(pieces).toString()).toBe(DAWN + NOON);
    }
  });
});
