import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { waitForLock } from '../lock-file.ts';
import { DigestTable } from './digest-table.ts';

/** Digest of a text, CRC-32 of its vector, CRC-32 of both. */
const KEY_BYTES = 40;
const DIGEST_BYTES = 32;
const LOCK_WAIT_MS = 60_000;

/** A vector and the sha256 of the text that it belongs to, as 64 hexadecimal digits. */
export interface KeptVector {
  readonly digest: string;
  readonly vector: Float32Array;
}

/**
 * Vectors of one embedder, in two files that only grow: `vectors.f32` and, a record for each vector in the same order, `keys.bin`. A vector is on the disk
 * before its key is, and both carry a checksum: what a crash leaves half-written counts as never written. Only keys are held in memory. Several processes
 * may use it at once: a lock is held while one appends, nobody waits to read.
 */
export class VectorCache {
  readonly #folder: string;
  readonly #vectorBytes: number;
  readonly #keys: number;
  readonly #vectors: number;
  readonly #table = new DigestTable();
  /** Keys that the table knows. */
  #read = 0;

  /** Opens the files of a folder, and makes them where there are none. */
  constructor(folder: string, dimensions: number) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#vectorBytes = dimensions * Float32Array.BYTES_PER_ELEMENT;
    this.#keys = openSync(join(folder, 'keys.bin'), 'a+');
    this.#vectors = openSync(join(folder, 'vectors.f32'), 'a+');
    this.#readKeys();
  }

  /** The vector of a text; undefined when it is not there or not whole. */
  get(digest: string): Float32Array | undefined {
    return this.#vectorOf(Buffer.from(digest, 'hex'));
  }

  /** Keeps the vectors that are not there yet. WorkspaceError when another process does not let go of the lock, DiskFullError without room. */
  async put(entries: readonly KeptVector[]): Promise<void> {
    const lock = await waitForLock(join(this.#folder, 'append.lock'), { version: '', giveUpAfterMs: LOCK_WAIT_MS });
    try {
      this.#removeTornEnds();
      this.#readKeys();
      const missing = entries.filter(({ digest }) => this.get(digest) === undefined);
      append(
        this.#vectors,
        missing.map(({ vector }) => bytesOf(vector)),
      );
      append(this.#keys, missing.map(keyOf));
      this.#readKeys();
    } catch (error) {
      throw translateDiskFull(error, this.#folder) ?? error;
    } finally {
      lock.release();
    }
  }

  close(): void {
    closeSync(this.#keys);
    closeSync(this.#vectors);
  }

  #vectorOf(digest: Buffer): Float32Array | undefined {
    const number = this.#table.get(digest);
    if (number === undefined) return undefined;
    const [key, vector] = [Buffer.alloc(KEY_BYTES), Buffer.alloc(this.#vectorBytes)];
    // The key is looked at again: another process may have cut off a torn end that we had taken for whole.
    const isWhole =
      readSync(this.#keys, key, 0, KEY_BYTES, number * KEY_BYTES) === KEY_BYTES &&
      digest.equals(key.subarray(0, DIGEST_BYTES)) &&
      readSync(this.#vectors, vector, 0, vector.length, number * this.#vectorBytes) === vector.length &&
      crc32(vector) === key.readUInt32LE(DIGEST_BYTES);
    return isWhole ? new Float32Array(vector.buffer, vector.byteOffset, vector.length / Float32Array.BYTES_PER_ELEMENT) : undefined;
  }

  /** Takes in what was appended since, by whomever. */
  #readKeys(): void {
    const count = Math.floor(fstatSync(this.#keys).size / KEY_BYTES);
    if (count <= this.#read) return;
    const keys = Buffer.alloc((count - this.#read) * KEY_BYTES);
    const bytes = readSync(this.#keys, keys, 0, keys.length, this.#read * KEY_BYTES);
    for (let at = 0; at + KEY_BYTES <= bytes; at += KEY_BYTES) {
      const key = keys.subarray(at, at + KEY_BYTES);
      if (crc32(key.subarray(0, KEY_BYTES - 4)) === key.readUInt32LE(KEY_BYTES - 4))
        this.#table.set(key.subarray(0, DIGEST_BYTES), this.#read);
      this.#read += 1;
    }
  }

  /** Both files end with the last vector that has a key; whoever appends next relies on it. */
  #removeTornEnds(): void {
    const [keys, vectors] = [fstatSync(this.#keys).size, fstatSync(this.#vectors).size];
    const whole = Math.min(Math.floor(keys / KEY_BYTES), Math.floor(vectors / this.#vectorBytes));
    if (keys !== whole * KEY_BYTES) ftruncateSync(this.#keys, whole * KEY_BYTES);
    if (vectors !== whole * this.#vectorBytes) ftruncateSync(this.#vectors, whole * this.#vectorBytes);
    this.#read = Math.min(this.#read, whole);
  }
}

function append(file: number, records: readonly Uint8Array[]): void {
  if (records.length === 0) return;
  writeWhole(file, Buffer.concat(records));
  fdatasyncSync(file);
}

function keyOf({ digest, vector }: KeptVector): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  key.write(digest, 'hex');
  key.writeUInt32LE(crc32(bytesOf(vector)), DIGEST_BYTES);
  key.writeUInt32LE(crc32(key.subarray(0, KEY_BYTES - 4)), KEY_BYTES - 4);
  return key;
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
