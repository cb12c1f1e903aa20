import type { EvalComparison, Standout } from '../../../schemas/eval-comparison.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { Arm } from './arm.ts';
import type { Scores } from './score-arms.ts';

/** How wins and losses are chosen; stands beside them wherever they are shown. */
export const STANDOUT_RULE =
  'Wins are the 3 questions on which the score of an arm exceeds the best of the other arms by most, losses the 3 on which it falls short by most; ties by question id. Nothing is chosen by hand.';

const SHOWN = 3;
/** What lies behind them comes from subtracting doubles, and must not decide a tie. */
const DECIMALS = 12;

type WinsLosses = EvalComparison['wins_losses'][number];

/** The questions on which each arm stands out in a metric, by {@link STANDOUT_RULE}, among those with a score in every arm. */
export function findStandouts(suite: string, metric: string, arms: readonly Arm[], scores: Scores): WinsLosses[] {
  const whole = scores.questionsOf(metric);
  return arms.map(({ name }) => {
    const standouts = whole
      .map((id) => standoutOf(id, name, metric, arms, scores))
      .sort((left, right) => compareCodePoints(left.question_id, right.question_id));
    const best = standouts.filter(({ margin }) => margin > 0).sort((left, right) => right.margin - left.margin);
    const worst = standouts.filter(({ margin }) => margin < 0).sort((left, right) => left.margin - right.margin);
    return { suite, arm: name, metric, wins: best.slice(0, SHOWN), losses: worst.slice(0, SHOWN) };
  });
}

function standoutOf(id: string, name: string, metric: string, arms: readonly Arm[], scores: Scores): Standout {
  const own = scores.of(name, metric, id)!;
  let [bestOther, bestArm] = [-Infinity, ''];
  for (const other of arms) {
    const score = other.name === name ? null : scores.of(other.name, metric, id);
    if (score !== null && score > bestOther) [bestOther, bestArm] = [score, other.name];
  }
  return {
    question_id: id,
    question: scores.textOf(id),
    score: own,
    best_other: bestOther,
    best_other_arm: bestArm,
    margin: Number((own - bestOther).toFixed(DECIMALS)),
  };
}
