/** A piece of work with its size and a number that depends on its name alone. */
export interface Packable {
  readonly sizeBytes: number;
  /** Hash of the file's name, 0..2^32-1. */
  readonly nameHash: number;
}

export interface PackLimits {
  readonly maxBytes: number;
  readonly maxParts: number;
}

/** One part in so many ends a pack by its name alone, so that a new file changes only the pack it falls into. */
const BOUNDARY_EVERY = 64;

/** Groups parts, in order, into packs of at most `maxBytes` (a single larger part stands alone) and `maxParts`. */
export function packShards<Part extends Packable>(parts: readonly Part[], limits: PackLimits): Part[][] {
  const packs: Part[][] = [];
  let pack: Part[] = [];
  let bytes = 0;
  const close = (): void => {
    if (pack.length > 0) packs.push(pack);
    pack = [];
    bytes = 0;
  };
  for (const part of parts) {
    if (bytes + part.sizeBytes > limits.maxBytes || pack.length >= limits.maxParts) close();
    pack.push(part);
    bytes += part.sizeBytes;
    if (part.nameHash % BOUNDARY_EVERY === 0) close();
  }
  close();
  return packs;
}
