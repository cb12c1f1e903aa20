import type { Reproducibility } from '../../schemas/reproducibility.ts';
import { isReproducible, type KnownOrigin } from './is-reproducible.ts';

/** The footer of a report. What is left out is unknown; whether it is reproducible follows from the rest. */
export function makeFooter(known: Partial<KnownOrigin> & Pick<KnownOrigin, 'lauter_version'>): Reproducibility {
  const origin: KnownOrigin = { ...NOTHING_KNOWN, ...known };
  return { ...origin, is_reproducible: isReproducible(origin) };
}

const NOTHING_KNOWN: Omit<KnownOrigin, 'lauter_version'> = {
  commit: null,
  datasets: [],
  question_set_hash: null,
  seed: null,
  resamples: null,
  arms: [],
  corpus_hash: null,
  prompt_hashes: {},
  models: [],
  commands: [],
  run_ids: [],
  started_at: null,
  finished_at: null,
  cost: { estimated_usd: null, settled_usd: null },
  price_table: null,
  degraded: {},
  errored: 0,
};
