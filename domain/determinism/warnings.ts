import type { Conditions } from './conditions.ts';
import type { Denominators } from './denominators.ts';
import type { PairedItems } from './flips.ts';
import type { RunFaults } from './invalid-run.ts';

/** What a verdict rests on that nobody could look at. */
export interface Unseen {
  readonly faults: readonly (RunFaults & { readonly runId: string })[];
  readonly conditions: Conditions;
  readonly denominators: Denominators;
  readonly paired: PairedItems;
  readonly mode: string;
}

/** The warnings of a model, each a sentence; none of them decides. */
export function gatherWarnings({ faults, conditions, denominators, paired, mode }: Unseen): string[] {
  const facts = [...new Set(faults.flatMap(({ notRecorded }) => notRecorded))].sort();
  const isGreedy = conditions.sampling.some(
    ({ field, values }) => field === 'temperature' && values.some(({ value }) => Number(value ?? 1) === 0),
  );
  return [
    ...facts.map(
      (fact) => `${fact} is not recorded in ${faults.flatMap((of) => (of.notRecorded.includes(fact) ? [of.runId] : [])).join(', ')}`,
    ),
    ...conditions.notRecorded.map((field) => `${field} is not recorded in every run`),
    ...(isGreedy ? ['temperature 0: runs that cannot differ say nothing about the deployed settings'] : []),
    ...(denominators.isNowhere ? [`scored_count of ${mode} is not recorded in any run`] : []),
    ...(paired.rows === undefined ? [`items of ${mode} are not recorded in every run: flips are unknown`] : []),
    ...(paired.unpaired > 0 ? [`${paired.unpaired} items of ${mode} stand in some runs only and are in no flip count`] : []),
  ];
}
