import type { RagRow } from '../../schemas/export-rows.ts';
import type { BundleEntry, ReplayBundle } from '../../schemas/replay-run.ts';

/** Rows of a bundle, best first, before they are cut down to what a model is given. */
export interface ChosenRows {
  readonly exemplars: readonly RagRow[];
  readonly warnings: readonly RagRow[];
}

const MOST_EXEMPLARS = 3;
const MOST_WARNINGS = 2;
/** A list that nobody would read to its end checks nothing. */
const MOST_STEPS = 20;

/** Of what was found, best first: the first three accepted rows as exemplars, the first two partly accepted ones as warnings. */
export function chooseRows(found: readonly RagRow[]): ChosenRows {
  return {
    exemplars: found.filter(({ warning }) => !warning).slice(0, MOST_EXEMPLARS),
    warnings: found.filter(({ warning }) => warning).slice(0, MOST_WARNINGS),
  };
}

/**
 * The bundle of some rows; its steps are those of the exemplars, each once, the first twenty. `generations` tells how many times model output was fed
 * back on the way to a row; a row that it does not know came of none, unless it was read from a log of replays.
 */
export function buildBundle({ exemplars, warnings }: ChosenRows, generations: ReadonlyMap<string, number>): ReplayBundle {
  const entryOf = (row: RagRow): BundleEntry => ({
    id: row.id,
    title: row.title,
    content: row.content,
    generation: generations.get(row.id) ?? (row.tags[0] === 'replay-log' ? 1 : 0),
  });
  const steps = new Set(exemplars.flatMap(({ validation_steps }) => validation_steps));
  return { exemplars: exemplars.map(entryOf), warnings: warnings.map(entryOf), validation_steps: [...steps].slice(0, MOST_STEPS) };
}
