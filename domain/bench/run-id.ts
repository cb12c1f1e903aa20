const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const CHANCE_LETTERS = 6;

/** What a run id is made of. */
export interface RunIdParts {
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  /** SHA-256 of the configuration, hexadecimal. */
  readonly configHash: string;
  /** Six random bytes or more: they tell two runs of one second apart. */
  readonly randomBytes: Uint8Array;
}

/** `run-<yyyymmddThhmmssZ>-<8 hex of the configuration hash>-<6 letters of base32>`: sorts by time, and is safe as a file name and a workflow id. */
export function formRunId({ startedAt, configHash, randomBytes }: RunIdParts): string {
  if (randomBytes.length < CHANCE_LETTERS) {
    throw new RangeError(`forming a run id: expected ${CHANCE_LETTERS} random bytes, found ${randomBytes.length}. Pass more.`);
  }
  const time = new Date(startedAt).toISOString().replace(/\.\d+|[-:]/g, '');
  // 256 is a multiple of 32, so every letter is equally likely.
  const letters = Array.from(randomBytes.subarray(0, CHANCE_LETTERS), (byte) => BASE32[byte % BASE32.length]);
  return `run-${time}-${configHash.slice(0, 8)}-${letters.join('')}`;
}
