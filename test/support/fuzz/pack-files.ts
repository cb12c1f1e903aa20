import { gzipSync } from 'node:zlib';
import type { Random } from '../../../domain/shared/random.ts';
import { zipOf, zstdBomb, zstdOf, type ZipMember } from '../../adapters/sources/zip-writer.ts';
import { BYTE_CHANGES, joined, type ByteChange } from './change-bytes.ts';
import { Entries, parseTree, writeTree } from './json-tree.ts';

/** What becomes of the bytes of a file on their way into an archive. */
export const PACKINGS: Readonly<Record<string, ByteChange>> = {
  gzip: (bytes) => gzipSync(bytes, { level: 1 }),
  zstd: (bytes) => zstdOf(bytes),
  'gzip, two members': (bytes) =>
    joined(gzipSync(bytes.subarray(0, bytes.length / 2), { level: 1 }), gzipSync(bytes.subarray(bytes.length / 2), { level: 1 })),
  'gzip with a tail': (bytes, random) => joined(gzipSync(bytes, { level: 1 }), Uint8Array.of(random.int(256), 0, random.int(256))),
  'gzip, cut': (bytes, random) => cut(gzipSync(bytes, { level: 1 }), random),
  'zstd, cut': (bytes, random) => cut(zstdOf(bytes), random),
  'gzip, damaged': (bytes, random) => BYTE_CHANGES['flip a bit']!(gzipSync(bytes, { level: 1 }), random),
  'zstd, damaged': (bytes, random) => BYTE_CHANGES['flip several bits']!(zstdOf(bytes), random),
  'gzip that unpacks to much': (bytes) => gzipSync(joined(bytes, new Uint8Array(3 << 20).fill(0x78)), { level: 1 }),
  'zstd that unpacks to much': (bytes) => joined(zstdOf(bytes), zstdBomb(24)),
};

const MEMBER_NAMES = [
  'samples/__proto___epoch_1.json',
  'samples/../../x_epoch_1.json',
  'samples//_epoch_0.json',
  'samples/a/b_epoch_2.json',
  'samples/1_epoch_1/sample.json',
  '/samples/1_epoch_1.json',
  'samples/é_epoch_1.json',
  'constructor',
  '',
];

/** A log, as JSON text, as the zip that the same tool writes, with members and directory tampered with. */
export function packLog(text: string, random: Random): Uint8Array {
  const log = parseTree(text);
  if (!(log instanceof Entries)) return Buffer.from(text);
  const samples = log.list.find(([key]) => key === 'samples')?.[1];
  const header = new Entries(log.list.filter(([key]) => key !== 'samples'));
  const members: ZipMember[] = (Array.isArray(samples) ? samples : []).map((sample, index) => ({
    name: `samples/${index}_epoch_1.json`,
    content: writeTree(sample),
    method: random.pick(['deflate', 'deflate', 'stored', 'zstd'] as const),
  }));
  const all: ZipMember[] = random.shuffle([
    { name: random.pick(['header.json', 'header.json', '_journal/start.json']), content: writeTree(header) },
    ...members,
  ]);
  const tampered = random.int(3) === 0 ? all : tamper(all, random);
  const zip = zipOf(tampered);
  return random.int(4) === 0 ? random.pick(Object.values(BYTE_CHANGES))(zip, random) : zip;
}

function tamper(members: ZipMember[], random: Random): ZipMember[] {
  const index = random.int(members.length);
  const chosen = members[index]!;
  const change = random.int(8);
  const put = (...replaced: ZipMember[]): ZipMember[] => members.toSpliced(index, 1, ...replaced);
  if (change === 0) return put({ ...chosen, name: random.pick(MEMBER_NAMES) });
  if (change === 1) return put(chosen, chosen);
  if (change === 2) return put();
  if (change === 3) return put(...Array.from({ length: 400 }, (_, copy) => ({ ...chosen, name: `samples/copy-${copy}_epoch_1.json` })));
  if (change === 4)
    return put({ ...chosen, content: random.pick(Object.values(BYTE_CHANGES))(Buffer.from(chosen.content as string), random) });
  if (change === 5) return put({ ...chosen, content: '' });
  if (change === 6) return put({ ...chosen, content: 'x'.repeat(2 << 20), lies: { sizeBytes: random.pick([0, 9]) } });
  return put({
    ...chosen,
    lies: random.pick([
      { crc32: 1 },
      { flags: 1 },
      { method: random.pick([0, 8, 12, 93, 99]) },
      { sizeBytes: 0xffffffff },
      { sizeBytes: 1 },
    ]),
  });
}

function cut(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.subarray(0, random.int(bytes.length + 1));
}
