import type { ComparedSuite, EvalComparison } from '../../../schemas/eval-comparison.ts';
import type { PairedComparison } from '../../../schemas/paired-comparison.ts';

/** A suite with everything that a comparison says of it, and how its sections and files are called. */
export interface SuiteView {
  readonly suite: ComparedSuite;
  readonly comparisons: readonly PairedComparison[];
  readonly standouts: EvalComparison['wins_losses'];
  /** Of its sections, unique on the page. */
  readonly id: string;
  /** Of its tables, which lie beside the page. */
  readonly name: string;
  /** Follows the titles of its sections; empty where it is the only suite. */
  readonly suffix: string;
  /** True where both arms are one mode, measured twice. */
  readonly isRerun: boolean;
}

/** The suites of a comparison, each with what belongs to it. */
export function viewSuites(comparison: EvalComparison, name: string): SuiteView[] {
  const { suites, comparisons, wins_losses, records } = comparison;
  return suites.map((suite, at) => {
    const id = suites.length === 1 ? '' : `${at + 1}-`;
    const modes = new Set(records.filter((record) => record.suite === suite.suite).map(({ mode }) => mode));
    return {
      suite,
      comparisons: comparisons.filter((row) => row.suite === suite.suite),
      standouts: wins_losses.filter((row) => row.suite === suite.suite),
      id,
      name: `${name}-${id}`,
      suffix: suites.length === 1 ? '' : `: ${suite.suite}`,
      isRerun: suite.arms.length === 2 && modes.size === 1,
    };
  });
}

/** How an arm did in the headline metric of its suite. */
export function headlineOf({ arm_metrics, headline }: ComparedSuite, arm: string): ComparedSuite['arm_metrics'][number] | undefined {
  return arm_metrics.find((row) => row.arm === arm && row.metric === headline);
}
