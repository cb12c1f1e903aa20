import { textTable } from '../../../cli/text-table.ts';
import { compareArms, evaluateRankings, type EvaluationRules } from '../../../domain/measures/index.ts';
import { adjustBonferroni, adjustHolm } from '../../../domain/stats/multiplicity.ts';
import type { PairedComparison } from '../../../schemas/paired-comparison.ts';
import type { RankedBodies } from './rank-bodies.ts';
import type { Split } from './splits.ts';

/** A pair of arms on a part of the questions, by one measure. */
export interface Row extends PairedComparison {
  readonly split: string;
}

const RULES: EvaluationRules = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: true, countsHopeless: false };
const CHANCE = { seed: 42, resamples: 10_000 };
const ALPHA = 0.05;

/** Compares the arms of each pair on a part of the questions, query by query, by each of its measures. */
export function compareOn(split: Split, { queries, rankings }: RankedBodies, pairs: readonly (readonly [string, string])[]): Row[] {
  const qrels = { form: 'beir', queries: queries.filter(({ id }) => split.has(id)) } as const;
  const ids = new Set(qrels.queries.map(({ id }) => id));
  const evaluate = (arm: string) =>
    evaluateRankings(qrels, new Map([...rankings.get(arm)!].filter(([id]) => ids.has(id))), split.measures, RULES);
  return pairs.flatMap(([a, b]) => compareArms(evaluate(a), evaluate(b), { a, b }, CHANCE).map((row) => ({ ...row, split: split.name })));
}

/** A table of rows of a family of so many: apart are two arms where the interval leaves out 0 and Bonferroni's p over the family is at most 0.05. */
export function tellFamily(rows: readonly Row[], family: number): string {
  const ps = rows.map(({ p_raw: p }) => p ?? 1);
  const [bonferroni, holm] = [adjustBonferroni(ps, family), adjustHolm(ps, family)];
  return textTable(
    ['questions', 'measure', 'n', 'A', 'B', 'mean A', 'mean B', 'B - A', '95 % interval', 'p', 'Bonferroni', 'Holm', 'reading'],
    rows.map((row, at) => [
      row.split,
      row.metric,
      String(row.n),
      row.arm_a,
      row.arm_b,
      figure(row.mean_a),
      figure(row.mean_b),
      signed(row.delta),
      row.ci95 === null ? 'n/a' : `${signed(row.ci95[0])} to ${signed(row.ci95[1])}`,
      `${chance(row.p_raw)}${row.discordant === undefined ? '' : ` (${row.discordant.b}:${row.discordant.c})`}`,
      chance(bonferroni[at]!),
      chance(holm[at]!),
      reading(row, bonferroni[at]!),
    ]),
  );
}

function reading({ ci95, delta, arm_a: a, arm_b: b }: Row, p: number): string {
  if (ci95 === null || delta === null) return 'not testable';
  const isApart = (ci95[0] > 0 || ci95[1] < 0) && p <= ALPHA;
  return isApart ? `${delta > 0 ? b : a} is higher` : 'not significant';
}

function figure(value: number | null): string {
  return value === null ? 'n/a' : value.toFixed(4);
}

function signed(value: number | null): string {
  return value === null ? 'n/a' : `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}

function chance(p: number | null): string {
  return p === null ? 'n/a' : String(Number(p.toPrecision(3)));
}
