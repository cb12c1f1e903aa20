import { ConfigError, OverBudgetError } from '../../domain/shared/errors.ts';
import type { SearchRequest } from '../search-ports.ts';

/**
 * A search goes on without a model that failed. This throws what it does not go on from: that its caller gave up, what the config forbids or lacks
 * (a host, a price), and in an evaluation that a model could not be paid for: its figures would be those of another search.
 */
export function goOnWithout(error: unknown, { signal, isEvaluation }: Pick<SearchRequest, 'signal' | 'isEvaluation'>): void {
  signal?.throwIfAborted();
  if (error instanceof ConfigError || (isEvaluation && error instanceof OverBudgetError)) throw error;
}
