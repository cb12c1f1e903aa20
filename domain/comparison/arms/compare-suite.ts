import type { ComparedSuite, EvalComparison } from '../../../schemas/eval-comparison.ts';
import type { PairedComparison } from '../../../schemas/paired-comparison.ts';
import { compareFamily, type FamilySettings } from '../compare-family.ts';
import type { Arm } from './arm.ts';
import { findStandouts } from './find-standouts.ts';
import { countOutcomes, measureArms, measureCosts, measureTypes } from './measure-arms.ts';
import { metricsOf, usualMetrics } from './metrics.ts';
import { sampleOf } from './sample-pairs.ts';
import type { Scores } from './score-arms.ts';
import { tellSuite } from './tell-suite.ts';

/** A suite with everything that its arms came to. */
export interface SuiteComparison {
  readonly summary: ComparedSuite;
  readonly comparisons: readonly PairedComparison[];
  readonly winsLosses: EvalComparison['wins_losses'];
  readonly notices: readonly string[];
  readonly arms: readonly Arm[];
  readonly scores: Scores;
  /** Every metric that some question has, compared or not. */
  readonly available: readonly string[];
}

export interface SuiteSettings extends FamilySettings {
  /** Those to compare; the usual ones of the suite unless stated. */
  readonly metrics?: readonly string[] | undefined;
}

/** Compares arms of the same questions: each pair in each metric, as one family. At least two arms, and one metric that they have. */
export function compareSuite(
  suite: string,
  arms: readonly Arm[],
  scores: Scores,
  dropped: ComparedSuite['dropped'],
  { metrics: wanted, ...settings }: SuiteSettings,
): SuiteComparison {
  const available = metricsOf(arms.flatMap(({ questions }) => questions));
  const metrics = chooseMetrics(suite, available, wanted);
  const headline = chooseHeadline(arms, available, metrics);
  const pairs = arms.flatMap((a, at) => arms.slice(at + 1).map((b) => [a.name, b.name] as const));
  const samples = metrics.flatMap((metric) => pairs.map(([a, b]) => sampleOf(suite, metric, a, b, scores)));
  const comparisons = compareFamily(samples, settings);
  const summary: ComparedSuite = {
    suite,
    arms: arms.map(({ name }) => name),
    headline,
    metrics: [...metrics],
    n: scores.questions.length,
    dropped,
    arm_metrics: measureArms(suite, arms, metrics, scores, settings),
    by_type: measureTypes(arms, metrics, scores),
    outcomes: countOutcomes(arms),
    cost: measureCosts(arms),
    questions: scores.questions.map(({ id, type }) => ({
      question_id: id,
      type,
      scores: Object.fromEntries(arms.map(({ name }) => [name, scores.of(name, headline, id)])),
    })),
  };
  return {
    summary,
    comparisons,
    winsLosses: findStandouts(suite, headline, arms, scores),
    notices: tellSuite({ summary, comparisons, scores, arms, wanted, settings }),
    arms,
    scores,
    available,
  };
}

/** All there are where a suite has none of the usual ones. */
function chooseMetrics(suite: string, available: readonly string[], wanted: readonly string[] | undefined): readonly string[] {
  const chosen = (wanted ?? usualMetrics(suite)).filter((metric) => available.includes(metric));
  return wanted === undefined && chosen.length === 0 ? available : [...new Set(chosen)];
}

/** What all records call their headline, else the first of the metrics. */
function chooseHeadline(arms: readonly Arm[], available: readonly string[], metrics: readonly string[]): string {
  const stated = new Set(arms.map(({ record }) => record.headline));
  const [only] = stated;
  return stated.size === 1 && typeof only === 'string' && available.includes(only) ? only : metrics[0]!;
}
