import type { ModelCard } from '../../../schemas/bench-model-summary.ts';

type CardIdentity = Pick<ModelCard, 'digest' | 'raw_sha256'>;

/** True when two cards show the same model: by the digest that the server gives, or by the whole card where it gives none. */
export function isSameCard(before: CardIdentity, after: CardIdentity): boolean {
  return identityOf(before) === identityOf(after);
}

function identityOf({ digest, raw_sha256 }: CardIdentity): string {
  return digest ?? raw_sha256;
}
