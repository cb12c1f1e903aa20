import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly method?: 'stored' | 'deflate' | 'zstd';
  /** What the directory says instead of what is true. */
  readonly lies?: { readonly sizeBytes?: number; readonly crc32?: number; readonly method?: number; readonly flags?: number };
}

const METHODS = { stored: 0, deflate: 8, zstd: 93 } as const;

/** A zip archive, written as plainly as the format allows. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const packed = pack(member);
    const fields = fieldsOf(member, packed.length, name.length);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x3f\x00'), fields, place, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end]);
}

function pack({ content, method = 'deflate' }: ZipMember): Buffer {
  const plain = Buffer.from(content as string);
  if (method === 'deflate') return deflateRawSync(plain);
  return method === 'zstd' ? zstdOf(plain) : plain;
}

function fieldsOf({ content, method = 'deflate', lies = {} }: ZipMember, packedBytes: number, nameBytes: number): Buffer {
  const plain = Buffer.from(content as string);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(63, 0);
  fields.writeUInt16LE(lies.flags ?? 0x800, 2);
  fields.writeUInt16LE(lies.method ?? METHODS[method], 4);
  fields.writeUInt32LE(lies.crc32 ?? crc32(plain), 10);
  fields.writeUInt32LE(packedBytes, 14);
  fields.writeUInt32LE(lies.sizeBytes ?? plain.length, 18);
  fields.writeUInt16LE(nameBytes, 22);
  return fields;
}

const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** No content size, no checksum, a window of 1 MiB. */
const ZSTD_FRAME = [...ZSTD_MAGIC, 0x00, 0x50];
const MAX_BLOCK_BYTES = 128 << 10;

/** The bytes as zstd that saves nothing: raw blocks. Two frames, as long members have them. */
export function zstdOf(content: Uint8Array): Buffer {
  const half = Math.ceil(content.length / 2);
  return Buffer.concat([frameOf(content.subarray(0, half)), frameOf(content.subarray(half))]);
}

function frameOf(content: Uint8Array): Buffer {
  const blocks = [];
  for (let at = 0; at === 0 || at < content.length; at += MAX_BLOCK_BYTES) {
    const block = content.subarray(at, at + MAX_BLOCK_BYTES);
    blocks.push(blockHead(block.length, 0, at + MAX_BLOCK_BYTES >= content.length), block);
  }
  return Buffer.concat([Buffer.from(ZSTD_FRAME), ...blocks]);
}

/** A few bytes of zstd that stand for `blocks` times 128 KiB of one character. */
export function zstdBomb(blocks: number): Buffer {
  const parts = Array.from({ length: blocks }, (_, index) =>
    Buffer.concat([blockHead(MAX_BLOCK_BYTES, 1, index === blocks - 1), Buffer.from('x')]),
  );
  return Buffer.concat([Buffer.from(ZSTD_FRAME), ...parts]);
}

function blockHead(size: number, type: 0 | 1, isLast: boolean): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntLE(size * 8 + type * 2 + Number(isLast), 0, 3);
  return head;
}
