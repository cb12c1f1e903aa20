import type { EvalComparison, Standout } from '../../../schemas/eval-comparison.ts';
import { evalComparisonSchema } from '../../../schemas/eval-comparison.ts';
import type { PairedComparison } from '../../../schemas/paired-comparison.ts';

/** Scores of the arms on the questions of a suite, by question and arm; null where a question does not count. */
export interface MadeUpSuite {
  readonly suite: string;
  readonly arms: readonly string[];
  readonly metrics: readonly string[];
  readonly usd: Readonly<Record<string, number | null>>;
  readonly questions: readonly {
    readonly id: string;
    readonly type: string | null;
    readonly text: string;
    readonly scores: readonly (number | null)[];
  }[];
  /** Adds to the differences of all metrics but the first, so that they are not all alike. */
  readonly drift?: number;
  readonly isSignificant?: (a: string, b: string) => boolean;
  readonly mode?: (arm: string) => string;
}

/** A lawful comparison in which means, counts and differences follow from the scores; intervals and p are of no meaning. */
export function makeUp(suites: readonly MadeUpSuite[], changes: Partial<EvalComparison> = {}): EvalComparison {
  return evalComparisonSchema.parse({
    schema_version: 2,
    records: suites.flatMap(({ suite, arms, mode = (arm) => arm }) => arms.map((arm) => recordOf(suite, mode(arm), arm))),
    grouped: Object.fromEntries(
      suites.map(({ suite, arms }) => [suite, Object.fromEntries(arms.map((arm) => [arm, recordOf(suite, arm, arm)]))]),
    ),
    without_mode: [],
    suites: suites.map(suiteOf),
    comparisons: suites.flatMap(comparisonsOf),
    smallest_p: 12 / 10_001,
    wins_losses: suites.flatMap(standoutsOf),
    expectations: null,
    notices: [],
    malformed_lines: 0,
    _meta: {
      metric_glossary: {
        'recall_all@5': { industry_term: 'Recall of all gold', eli10: 'Were all the right pages among the first five?', range: '0 to 1' },
      },
      unknown_metrics: [],
      methodology: ['paired bootstrap over questions, 10,000 resamples'],
      footer: {
        commit: '4ab186f',
        lauter_version: '0.1.0',
        datasets: suites.map(({ suite }) => ({ suite, name: 'village.json', sha256: 'a'.repeat(64) })),
        question_set_hash: 'b'.repeat(64),
        seed: 42,
        resamples: 10_000,
        arms: [],
        corpus_hash: null,
        prompt_hashes: {},
        models: [],
        commands: ['lauter eval compare --html village.html'],
        run_ids: [],
        started_at: '2026-03-02T06:40:00.000Z',
        finished_at: '2026-03-02T07:40:00.000Z',
        cost: { estimated_usd: 1.2, settled_usd: null },
        price_table: '2026-03',
        degraded: {},
        errored: 0,
        is_reproducible: true,
      },
    },
    ...changes,
  });
}

function recordOf(suite: string, mode: string, arm: string): object {
  return {
    schema_version: 3,
    run_id: `4ab186f-${suite}-${mode}-42`,
    run_uid: `uid-${suite}-${arm}`,
    ran_at: '2026-03-02T06:40:00.000Z',
    suite,
    mode,
    status: 'completed',
    dataset_hash: 'a'.repeat(64),
    rows_path: `rows/${mode}.rows.ndjson`,
    rows_sha256: 'c'.repeat(64),
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function suiteOf({ suite, arms, metrics, usd, questions, drift = 0 }: MadeUpSuite): object {
  const types = [...new Set(questions.flatMap(({ type }) => type ?? []))];
  const meanIn = (arm: number, metric: number, among = questions): number | null => {
    const mean = meanOf(among.map(({ scores }) => scores[arm] ?? null));
    return mean === null ? null : Math.min(1, mean + metric * drift);
  };
  return {
    suite,
    arms,
    headline: metrics[0] ?? 'none',
    metrics,
    n: questions.length,
    dropped: {},
    arm_metrics: metrics.flatMap((metric, at) =>
      arms.map((arm, place) => {
        const mean = meanIn(place, at);
        return {
          arm,
          metric,
          mean,
          n: questions.length,
          ci95: mean === null ? null : [mean - 0.03, mean + 0.03],
          method: mean === null ? null : 'wilson',
        };
      }),
    ),
    by_type: metrics.flatMap((metric, at) =>
      types.flatMap((type) => {
        const among = questions.filter((question) => question.type === type);
        return arms.map((arm, place) => ({ type, arm, metric, n: among.length, mean: meanIn(place, at, among) }));
      }),
    ),
    outcomes: Object.fromEntries(
      arms.map((arm) => [
        arm,
        { scored: questions.length, system_failure: 0, harness_error: 0, skipped_budget: 0, malformed: 0, abstention: 0 },
      ]),
    ),
    cost: arms.map((arm) => ({ arm, per_query_usd: usd[arm] ?? null, is_estimate: true })),
    questions: questions.map(({ id, type, scores }) => ({
      question_id: id,
      type,
      scores: Object.fromEntries(arms.map((arm, at) => [arm, scores[at] ?? null])),
    })),
  };
}

function comparisonsOf(made: MadeUpSuite): PairedComparison[] {
  const { suite, arms, metrics, questions, drift = 0, isSignificant = () => false } = made;
  const m = (metrics.length * arms.length * (arms.length - 1)) / 2;
  return arms.flatMap((a, left) =>
    arms.slice(left + 1).flatMap((b, offset) =>
      metrics.map((metric, at): PairedComparison => {
        const right = left + 1 + offset;
        const [meanA, meanB] = [
          meanOf(questions.map(({ scores }) => scores[left] ?? null)),
          meanOf(questions.map(({ scores }) => scores[right] ?? null)),
        ];
        const isTestable = questions.length > 1 && meanA !== null && meanB !== null;
        const delta = meanA === null || meanB === null ? null : meanB - meanA - at * drift;
        const significant = isTestable && isSignificant(a, b) && at < 2;
        return {
          suite,
          metric,
          arm_a: a,
          arm_b: b,
          n: questions.length,
          mean_a: meanA,
          mean_b: meanB,
          delta,
          ci95: isTestable ? [delta! - 0.03, delta! + 0.03] : null,
          p_raw: isTestable ? 0.0001 : null,
          p_bonferroni: isTestable ? (significant ? 0.0012 : 0.6) : null,
          p_holm: isTestable ? 0.0012 : null,
          m,
          test: 'mcnemar_exact',
          mde: isTestable ? 0.04 : null,
          significant,
          text: significant ? `${b} is higher` : 'not significant',
        };
      }),
    ),
  );
}

function standoutsOf({ suite, arms, metrics, questions }: MadeUpSuite): EvalComparison['wins_losses'] {
  return arms.map((arm, at) => {
    const rows = questions.flatMap(({ id, text, scores }): Standout[] => {
      const others = scores.flatMap((score, place) => (place === at || score === null ? [] : [{ score, arm: arms[place]! }]));
      const best = others.sort((left, right) => right.score - left.score)[0];
      const score = scores[at] ?? null;
      if (best === undefined || score === null || score === best.score) return [];
      return [{ question_id: id, question: text, score, best_other: best.score, best_other_arm: best.arm, margin: score - best.score }];
    });
    rows.sort((left, right) => right.margin - left.margin || (left.question_id < right.question_id ? -1 : 1));
    return {
      suite,
      arm,
      metric: metrics[0] ?? 'none',
      wins: rows.filter(({ margin }) => margin > 0).slice(0, 3),
      losses: rows
        .filter(({ margin }) => margin < 0)
        .slice(-3)
        .reverse(),
    };
  });
}
