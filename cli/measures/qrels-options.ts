import type { IdForm } from '../../domain/measures/index.ts';
import type { GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { SearchOptions } from '../search/search-options.ts';

/** What the command line of `lauter eval qrels` says, as parsed. */
export interface QrelsOptions extends SearchOptions, GlossaryChoice {
  readonly collection?: string;
  readonly qrels: string;
  readonly run?: string;
  readonly queries?: string;
  readonly k: number;
  readonly limit?: number;
  readonly tokenBudget?: number | null;
  readonly metrics?: string;
  readonly relLevel: number;
  readonly maxDocs?: number;
  readonly complete?: boolean;
  readonly intersection?: boolean;
  readonly judgedOnly?: boolean;
  readonly normaliseIds?: IdForm;
  readonly trec?: boolean;
  readonly perQuery?: boolean;
  readonly output?: string;
  readonly configA?: string;
  readonly configB?: string;
  readonly floor?: readonly string[];
  readonly seed: number;
  readonly resamples: number;
  readonly allowDegraded?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}
