import type { Reproducibility } from '../../schemas/reproducibility.ts';

/** Everything that a footer says, but for the mark that follows from it. */
export type KnownOrigin = Omit<Reproducibility, 'is_reproducible'>;

/** What whoever searches knows of it beside the figures: what was typed, which models took part, what they cost, and by which prices. */
export type SearchOrigin = Pick<KnownOrigin, 'commands' | 'models' | 'cost' | 'price_table'>;

/** True when commit, dataset and seed are known: who has them can make the same figures again. */
export function isReproducible(origin: KnownOrigin): boolean {
  return missingOrigins(origin).length === 0;
}

/** What is unknown of what it takes to make the same figures again. */
export function missingOrigins({ commit, datasets, seed }: KnownOrigin): string[] {
  return [
    ...(isTold(commit) ? [] : ['commit']),
    ...(datasets.length > 0 && datasets.every(({ sha256 }) => isTold(sha256)) ? [] : ['dataset hash']),
    ...(seed === null ? ['seed'] : []),
  ];
}

/** False for what nobody knows, also where a record says so in a word. */
export function isTold(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== '' && value !== 'unknown';
}
