import type { ComparedSuite, EvalComparison } from '../../../schemas/eval-comparison.ts';
import { showDifference, showInterval, showValue } from '../../shared/bench-values.ts';
import { formatAmount } from '../../shared/format.ts';
import type { Verdict } from '../../shared/verdict.ts';
import { tellObserved } from './expectations.ts';
import { headlineOf } from './suite-view.ts';

const FIGURES = 6;

/** What a comparison comes to: failed expectations first, then what is significant, then what weakens it. */
export function judgeArms(comparison: EvalComparison): Verdict {
  const { comparisons, suites, expectations, _meta } = comparison;
  const outcomes = expectations?.outcomes ?? [];
  const failed = outcomes.filter(({ state }) => state === 'failed');
  const apart = comparisons.filter(({ significant }) => significant);
  const isProven = apart.length > 0 && _meta.footer.is_reproducible;
  return {
    tone: failed.length > 0 ? 'rejected' : isProven ? 'accepted' : 'review',
    word: failed.length > 0 ? 'Expectations failed' : wordOf(comparisons.length, apart.length),
    sentence: [
      ...(failed.length === 0 ? [] : [`${failed.length} of ${formatAmount(outcomes.length, 'expectation')} failed.`]),
      tellCount(comparisons.length, apart.length),
      ...suites.map((suite) => tellHeadline(suite, comparison)),
    ].join(' '),
    reasons: [
      ...failed.map((outcome) => ({
        sentence: `${outcome.expectation.id} failed in ${outcome.suite}:`,
        detail: `${outcome.expectation.text}; found ${tellObserved(outcome)} for ${outcome.arm}${outcome.is_late ? '; registered after the run' : ''}`,
      })),
      ...missingCells(comparison),
      ...dropped(suites),
      ...(_meta.footer.is_reproducible
        ? []
        : [{ sentence: 'Not reproducible:', detail: 'commit, dataset hash or seed is unknown; this page is marked not reproducible' }]),
    ],
    figures: suites
      .flatMap((suite) => suite.arms.map((arm) => ({ suite, arm, row: headlineOf(suite, arm) })))
      .slice(0, FIGURES)
      .map(({ suite, arm, row }) => ({
        label: `${arm}, ${suite.headline}${suites.length === 1 ? '' : ` of ${suite.suite}`}`,
        value: showValue(row?.mean ?? null),
        note: row === undefined ? 'not measured' : `${showInterval(row.ci95)}, n ${row.n}`,
      })),
    nextSteps: [],
  };
}

function wordOf(all: number, apart: number): string {
  if (all === 0) return 'Nothing compared';
  return apart > 0 ? 'Significant differences' : 'Not significant';
}

function tellCount(all: number, apart: number): string {
  if (all === 0) return 'Nothing was compared.';
  if (apart === 0) return `Of ${formatAmount(all, 'comparison')} none is more than chance may explain: not significant.`;
  return `${apart} of ${formatAmount(all, 'comparison')} ${apart === 1 ? 'is' : 'are'} significant after correction.`;
}

/** The differences in the headline metric, pair by pair; how many where there are too many to read. */
function tellHeadline({ suite, headline }: ComparedSuite, { comparisons }: EvalComparison): string {
  const pairs = comparisons.filter((row) => row.suite === suite && row.metric === headline && row.delta !== null);
  if (pairs.length === 0) return `${suite}: no two arms have ${headline}.`;
  const apart = pairs.filter(({ significant }) => significant);
  if (apart.length === 0) return `${suite}, ${headline}: not significant between any arms.`;
  const told = apart.slice(0, 3).map(({ arm_a, arm_b, delta }) => `${arm_b} minus ${arm_a} ${showDifference(delta)}`);
  return `${suite}, ${headline}: ${told.join(', ')}${apart.length > told.length ? ` and ${apart.length - told.length} more` : ''}${apart.length < pairs.length ? `; ${pairs.length - apart.length} not significant` : ''}.`;
}

function missingCells({ grouped }: EvalComparison): Verdict['reasons'] {
  return Object.entries(grouped).flatMap(([suite, modes]) =>
    Object.entries(modes).flatMap(([mode, record]) =>
      record === null ? [{ sentence: `${suite}, ${mode}:`, detail: 'there is no record of it' }] : [],
    ),
  );
}

function dropped(suites: readonly ComparedSuite[]): Verdict['reasons'] {
  return suites.flatMap((suite) => {
    const counts = Object.entries(suite.dropped).filter(([, count]) => count > 0);
    if (counts.length === 0) return [];
    const told = counts.map(([arm, count]) => `${count} of ${arm}`).join(', ');
    return [{ sentence: `${suite.suite}:`, detail: `only the ${suite.n} questions of all arms were compared; dropped were ${told}` }];
  });
}
