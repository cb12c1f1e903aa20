import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Split } from '../../schemas/vocabulary.ts';

export interface SplitShares {
  readonly validation: number;
  readonly test: number;
}

/** The split of a cluster: the first 32 bits of the sha256 of its smallest task key, as a fraction, against the shares. Never depends on other rows. */
export function splitOf(cluster: string, shares: SplitShares): Split {
  const bytes = sha256(utf8ToBytes(`split/1\n${cluster}`));
  const fraction = (bytes[0]! * 2 ** 24 + bytes[1]! * 2 ** 16 + bytes[2]! * 2 ** 8 + bytes[3]!) / 2 ** 32;
  if (fraction < shares.test) return 'test';
  return fraction < shares.test + shares.validation ? 'validation' : 'train';
}
