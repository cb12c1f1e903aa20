import type { ComparedSuite } from '../../../schemas/eval-comparison.ts';
import { LONGMEMEVAL_OUTCOMES } from '../../../schemas/vocabulary.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { normalQuantile } from '../../stats/normal-quantile.ts';
import { mean } from '../../stats/variance.ts';
import { wilsonInterval } from '../../stats/wilson.ts';
import type { FamilySettings } from '../compare-family.ts';
import { measurePairs } from '../measure-pairs.ts';
import type { Arm } from './arm.ts';
import { isBinaryMetric, scoreOf } from './metrics.ts';
import type { Scores } from './score-arms.ts';

type ArmMetric = ComparedSuite['arm_metrics'][number];

/**
 * The mean of each arm in each metric over the questions with a score in every arm: Wilson for yes and no, else (and where questions are drawn in clusters)
 * the bootstrap, whose stream `<seed>|<suite>|<metric>|<arm>` names.
 */
export function measureArms(
  suite: string,
  arms: readonly Arm[],
  metrics: readonly string[],
  scores: Scores,
  settings: FamilySettings,
  method: 'usual' | 'bootstrap' = 'usual',
): ArmMetric[] {
  const clusters = new Map(scores.questions.map((question) => [question.id, question.clusters]));
  const { seed, resamples, alpha, clusterBy = 'none' } = settings;
  return metrics.flatMap((metric) =>
    arms.map(({ name }): ArmMetric => {
      const ids = scores.questionsOf(metric);
      const values = ids.map((id) => scores.of(name, metric, id)!);
      const head = { arm: name, metric, mean: values.length === 0 ? null : mean(values), n: values.length };
      if (method === 'usual' && clusterBy === 'none' && isBinaryMetric(metric, values)) {
        const hits = values.filter((value) => value === 1).length;
        const { lower, upper } = wilsonInterval(hits, values.length, normalQuantile(1 - alpha / 2));
        return { ...head, ci95: values.length === 0 ? null : [lower, upper], method: values.length === 0 ? null : 'wilson' };
      }
      const { interval } = measurePairs(
        ids.map((id, at) => ({ id, a: 0, b: values[at]!, clusters: clusters.get(id) ?? [] })),
        {
          stream: [seed, suite, metric, name].join('|'),
          resamples,
          alpha,
          isBinary: false,
          isClustered: clusterBy === 'conversation',
        },
      );
      return { ...head, ci95: interval === null ? null : [interval.low, interval.high], method: interval === null ? null : 'bootstrap' };
    }),
  );
}

/** Means of each arm over the questions of a type; nothing where no question has one. */
export function measureTypes(arms: readonly Arm[], metrics: readonly string[], scores: Scores): ComparedSuite['by_type'] {
  const typeOf = new Map(scores.questions.map(({ id, type }) => [id, type]));
  const types = [...new Set([...typeOf.values()].filter((type) => type !== null))].sort(compareCodePoints);
  return types.flatMap((type) =>
    metrics.flatMap((metric) => {
      const ids = scores.questionsOf(metric).filter((id) => typeOf.get(id) === type);
      return arms.map(({ name }) => {
        const values = ids.map((id) => scores.of(name, metric, id)!);
        return { type, arm: name, metric, n: values.length, mean: values.length === 0 ? null : mean(values) };
      });
    }),
  );
}

/** What became of the questions of each arm; all six counts, zeros included. */
export function countOutcomes(arms: readonly Arm[]): ComparedSuite['outcomes'] {
  const countsOf = ({ questions }: Arm): Record<string, number> =>
    Object.fromEntries(LONGMEMEVAL_OUTCOMES.map((one) => [one, questions.filter(({ outcome }) => outcome === one).length]));
  return Object.fromEntries(arms.map((arm) => [arm.name, countsOf(arm)]));
}

/**
 * What a query costs each arm, in US dollars: what its rows say of it, else what the run came to, divided by its questions; null where neither is known.
 * An estimate is all that was not settled with a provider.
 */
export function measureCosts(arms: readonly Arm[]): ComparedSuite['cost'] {
  return arms.map(({ name, record, questions }) => {
    const costs = questions.map((question) => scoreOf(question, COST)).filter((usd) => usd !== null);
    if (costs.length > 0) {
      const isSettled = questions.every((question) => (scoreOf(question, COST) ?? 0) === (question.cost_usd ?? 0));
      return { arm: name, per_query_usd: mean(costs), is_estimate: !isSettled };
    }
    const stated = numberOf(record.cost_usd);
    const estimated = numberOf(record.estimated_usd);
    const isSettled = stated !== null && (stated > 0 || !estimated);
    return costOf(name, isSettled ? stated : estimated, questions.length, !isSettled && estimated !== null);
  });
}

const COST = 'cost_per_query_usd';

function costOf(arm: string, usd: number | null, questions: number, isEstimate: boolean): ComparedSuite['cost'][number] {
  return { arm, per_query_usd: usd === null ? null : usd / questions, is_estimate: isEstimate };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
