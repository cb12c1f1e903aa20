import type { SearchMode, SearchStrategy } from '../../schemas/vocabulary.ts';
import type { PlaceOptions } from '../places.ts';
import type { KnobValues } from '../search/knob-values.ts';

/** What the command line of `lauter eval run-all` says, as parsed. */
export interface RunAllOptions extends PlaceOptions {
  readonly modes: readonly SearchMode[];
  readonly suites: readonly string[];
  /** Paths by suite. */
  readonly dataset?: Readonly<Record<string, string>>;
  readonly limit?: number;
  readonly seed: number;
  /** As it was given; at most {@link MOST_PARALLEL} count. */
  readonly parallel: number;
  readonly budgetUsdRetrieval: number;
  readonly budgetUsdAnswer: number;
  readonly answers?: boolean;
  readonly expansion?: boolean;
  readonly expectations?: string;
  readonly output?: string;
  readonly yes?: boolean;
  readonly collection?: string;
  readonly retriever: string;
  readonly set?: KnobValues;
  readonly strategy?: SearchStrategy;
  readonly keywordOnly?: boolean;
  readonly allowDegraded?: boolean;
  readonly json?: boolean;
  readonly keepServer?: boolean;
}

/** Cells that may be in progress at once. */
export const MOST_PARALLEL = 3;
