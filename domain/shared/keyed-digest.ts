const KEY_BYTES = 32;
const ENTRY_BYTES = 64;

/**
 * Combines the digests of rows in the order of their keys, whatever order they come in: sha256 over the hexadecimal row digests, keys ascending.
 * Keys and digests are 64 hexadecimal digits each; 64 bytes a row are held.
 */
export class KeyedDigest {
  #bytes = new Uint8Array(ENTRY_BYTES * 1024);
  rows = 0;

  add(key: string, digest: string): void {
    const at = this.rows * ENTRY_BYTES;
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    writeHex(this.#bytes, at, key);
    writeHex(this.#bytes, at + KEY_BYTES, digest);
    this.rows += 1;
  }

  /** The combined digest. */
  finish(sha256: { update(data: string): void; digest(): string }): string {
    const bytes = this.#bytes;
    const view = new DataView(bytes.buffer);
    const order = new Uint32Array(this.rows).map((_, index) => index);
    order.sort((left, right) => compareKeys(view, left * ENTRY_BYTES, right * ENTRY_BYTES));
    for (const row of order) sha256.update(readHex(bytes, row * ENTRY_BYTES + KEY_BYTES));
    return sha256.digest();
  }
}

function compareKeys(view: DataView, left: number, right: number): number {
  for (let at = 0; at < KEY_BYTES; at += 4) {
    const difference = view.getUint32(left + at) - view.getUint32(right + at);
    if (difference !== 0) return difference;
  }
  return 0;
}

function writeHex(bytes: Uint8Array, at: number, hex: string): void {
  for (let index = 0; index < KEY_BYTES; index += 1)
    bytes[at + index] = (nibble(hex.charCodeAt(index * 2)) << 4) | nibble(hex.charCodeAt(index * 2 + 1));
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function readHex(bytes: Uint8Array, at: number): string {
  let hex = '';
  for (let index = 0; index < KEY_BYTES; index += 1) hex += HEX[bytes[at + index]!];
  return hex;
}
