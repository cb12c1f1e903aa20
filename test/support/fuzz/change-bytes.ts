import type { Random } from '../../../domain/shared/random.ts';

/** A change to the bytes of a file, whatever they mean. */
export type ByteChange = (bytes: Uint8Array, random: Random) => Uint8Array;

/** No UTF-8: a lone continuation, an overlong slash, half a pair, a character beyond Unicode, one cut short. */
const INVALID = [[0xff], [0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0xc3]];

/** The changes by name. */
export const BYTE_CHANGES: Readonly<Record<string, ByteChange>> = {
  'flip a bit': (bytes, random) => changed(bytes, (copy) => (copy[random.int(copy.length)]! ^= 1 << random.int(8))),
  'flip several bits': (bytes, random) =>
    changed(bytes, (copy) => {
      for (let count = 0; count < 12; count += 1) copy[random.int(copy.length)]! ^= 1 << random.int(8);
    }),
  'set a byte': (bytes, random) => changed(bytes, (copy) => (copy[random.int(copy.length)] = random.pick([0, 10, 13, 34, 92, 127, 255]))),
  'zero a stretch': (bytes, random) =>
    changed(bytes, (copy) => {
      const start = random.int(copy.length);
      copy.fill(0, start, start + random.int(200));
    }),
  'drop a stretch': (bytes, random) => {
    const start = random.int(bytes.length + 1);
    return joined(bytes.subarray(0, start), bytes.subarray(start + 1 + random.int(100)));
  },
  'repeat a stretch': (bytes, random) => {
    const start = random.int(bytes.length + 1);
    const end = start + random.int(2_000);
    return joined(bytes.subarray(0, end), bytes.subarray(start));
  },
  'invalid UTF-8': (bytes, random) => {
    const start = random.int(bytes.length + 1);
    return joined(bytes.subarray(0, start), Uint8Array.from(random.pick(INVALID)), bytes.subarray(start));
  },
  'cut within a character': (bytes) => joined(bytes.subarray(0, bytes.length - 3), Uint8Array.of(0xe2, 0x82)),
  'another encoding': (bytes, random) => {
    const text = Buffer.from(bytes).toString('utf8');
    return random.int(2) === 0 ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text, 'latin1');
  },
};

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) change(copy);
  return copy;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
