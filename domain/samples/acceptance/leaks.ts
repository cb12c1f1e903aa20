import { createRandom, deriveSeed } from '../../shared/random.ts';
import { createSecretMint, type SecretKind } from '../secret-mint.ts';
import { CUSTOMER_KINDS, customerSentence, machineLine, type CustomerKind } from '../secret-sentences.ts';
import type { PlantedDatum } from './telling.ts';

/** Puts secrets and personal data into texts and remembers each with the kind of place it was put in. */
export interface Leaks {
  /** A sentence, or a line of a shell, that holds a fresh datum of the kind. */
  say(kind: SecretKind, where: string): string;
  /** The datum alone. */
  mint(kind: SecretKind, where: string): string;
  planted(): readonly PlantedDatum[];
}

/** Leaks whose data come from the seed. */
export function createLeaks(seed: number): Leaks {
  const random = createRandom(deriveSeed(seed, 'acceptance'));
  const mint = createSecretMint(random);
  const places: string[] = [];
  const isPersonal = (kind: SecretKind): kind is CustomerKind => CUSTOMER_KINDS.some((known) => known === kind);
  return {
    say(kind, where) {
      places.push(where);
      return isPersonal(kind) ? customerSentence(kind, mint.mint(kind), random) : machineLine(kind, mint, random);
    },
    mint(kind, where) {
      places.push(where);
      return mint.mint(kind);
    },
    planted: () => mint.minted().map(({ kind, text }, index) => ({ kind, where: places[index] ?? '', text })),
  };
}
