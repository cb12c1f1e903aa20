import type { BenchComparison } from '../../../schemas/bench-comparison.ts';
import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import type { BenchMode } from '../../../schemas/vocabulary.ts';
import { isSmall } from '../../bench/index.ts';
import { checkComparability, DEFAULT_BUDGETS } from '../../determinism/index.ts';
import { SourceError } from '../../shared/errors.ts';
import { budgetFlips } from '../../stats/budget-flips.ts';
import type { StateOf } from '../../trust/index.ts';
import { compareJudged } from './compare-judged.ts';
import { compareMetric, type ComparisonNames } from './compare-metric.ts';
import { findFlips } from './find-flips.ts';
import { pairItems, type Pair } from '../pair-items.ts';
import { itemsOf, showSide, type RunSide } from './run-side.ts';

export interface ComparisonSettings {
  readonly mode: BenchMode;
  readonly seed: number;
  readonly resamples: number;
  readonly stateOf: StateOf;
}

type Item = BenchRetrievalRow;

/** The metrics of a question, in the order they are reported. */
const METRICS = {
  mrr: ({ rr }: Item) => rr,
  hit_at_1: ({ hit_at_1 }: Item) => hit_at_1,
  hit_at_3: ({ hit_at_3 }: Item) => hit_at_3,
  hit_at_5: ({ hit_at_5 }: Item) => hit_at_5,
  hit_at_10: ({ hit_at_10 }: Item) => hit_at_10,
  ndcg_at_10: ({ ndcg_at_10 }: Item) => ndcg_at_10,
} as const;

/**
 * Compares two models, each measured in a run, question by question. What is not comparable is a report with its differences and without numbers.
 * SourceError when a side has no items in the mode, or one of them has a question that the other lacks.
 */
export function compareSides(a: RunSide, b: RunSide, settings: ComparisonSettings): BenchComparison {
  const { mode, seed, resamples, stateOf } = settings;
  const { report: comparability, warnings } = checkComparability(a.file.sha256 === b.file.sha256 ? [a.file] : [a.file, b.file]);
  const head = {
    schema: 'bench-comparison/1' as const,
    mode,
    a: showSide(a, stateOf, comparability.key, mode),
    b: showSide(b, stateOf, comparability.key, mode),
    comparability,
    seed,
    resamples,
  };
  if (comparability.status === 'not comparable') {
    return {
      ...head,
      metrics: [],
      budget_flips: null,
      flips: { hit_at_1: 0, rank: 0, items: [] },
      per_source: [],
      warnings: [...warnings],
    };
  }
  const pairs = requirePairs(a, b, mode);
  const names = { seed, suite: 'bench', armA: armOf(a), armB: armOf(b) };
  const compare = (metric: keyof typeof METRICS, of: readonly Pair<Item>[], suite = names.suite) =>
    compareItems(of, metric, { ...names, suite }, resamples);
  const judged = compareJudged(a, b, names, resamples);
  return {
    ...head,
    metrics: [...(Object.keys(METRICS) as (keyof typeof METRICS)[]).map((metric) => compare(metric, pairs)), ...judged.metrics],
    budget_flips: budgetFlips(DEFAULT_BUDGETS.hit_at_1, pairs.length),
    flips: findFlips(pairs),
    per_source: sourcesOf(pairs).map(([source, of]) => ({
      source,
      n: of.length,
      small: isSmall(of.length),
      mrr: compare('mrr', of, `${names.suite}/${source}`),
      hit_at_1: compare('hit_at_1', of, `${names.suite}/${source}`),
    })),
    warnings: [...warnings, ...judged.warnings, ...tellDuplicates(a), ...tellDuplicates(b)],
  };
}

function compareItems(
  pairs: readonly Pair<Item>[],
  metric: keyof typeof METRICS,
  names: Omit<ComparisonNames, 'metric'>,
  resamples: number,
) {
  const read = METRICS[metric];
  return compareMetric(
    pairs.map(({ id, a, b }) => ({ id, a: read(a), b: read(b) })),
    { ...names, metric },
    resamples,
  );
}

function armOf({ file, modelId }: RunSide): string {
  return `${file.runId}/${modelId}`;
}

function requirePairs(a: RunSide, b: RunSide, mode: BenchMode): readonly Pair<Item>[] {
  const { pairs, onlyInA, onlyInB } = pairItems(itemsOf(a, mode), itemsOf(b, mode));
  const lone = [...describeLone(onlyInA, a), ...describeLone(onlyInB, b)];
  if (lone.length === 0 && pairs.length > 0) return pairs;
  throw new SourceError(
    `comparing ${armOf(a)} with ${armOf(b)}, on the questions of mode ${mode}: expected the same ones on both sides, found ${lone.length === 0 ? 'none at all' : lone.join(', and ')}.`,
    'Measure both again on the same questions; a comparison is paired question by question.',
  );
}

const MOST_NAMED = 10;

function describeLone(ids: readonly string[], side: RunSide): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return [`${ids.slice(0, MOST_NAMED).join(', ')}${more} only in ${armOf(side)}`];
}

function sourcesOf(pairs: readonly Pair<Item>[]): [string, Pair<Item>[]][] {
  const bySource = new Map<string, Pair<Item>[]>();
  for (const pair of pairs) {
    const source = pair.a.source ?? pair.b.source;
    if (source !== null) bySource.set(source, [...(bySource.get(source) ?? []), pair]);
  }
  return [...bySource].sort(([left], [right]) => (left < right ? -1 : 1));
}

function tellDuplicates({ file, modelId }: RunSide): string[] {
  const summaries = file.summaries.filter((summary) => summary.modelId === modelId).length;
  return summaries > 1 ? [`${file.runId} has ${summaries} summaries of ${modelId}; the last one was compared`] : [];
}
