import type { PanelAggregate } from '../../schemas/panel-receipt.ts';
import { mean } from '../stats/variance.ts';
import { scoredSlots, type ScoredSlot, type SlotResult } from './slot-result.ts';

/** A dimension passes from this mean on, rounded to a tenth as it is printed, */
const LEAST_MEAN = 7;
/** with no judge below this. */
const LEAST_SCORE = 5;
/** Fewer judges decide nothing. */
const LEAST_JUDGES = 2;

/**
 * The verdict of a panel on one output. Pass: two judges or more scored it, and every dimension has a mean of at least 7 and no score below 5. Where both
 * are missed the dimension says `mean_below_7`. Fewer than two judges is inconclusive, without dimensions and overall.
 */
export function aggregatePanel(slots: readonly SlotResult[], dimensions: readonly string[]): PanelAggregate {
  const scored = scoredSlots(slots);
  const errors = slots.flatMap((slot) => (slot.ok ? [] : [{ slot: slot.id, modelId: slot.model, error: slot.error }]));
  const counts = { successes: scored.length, failures: errors.length };
  if (scored.length < LEAST_JUDGES || dimensions.length === 0) {
    const verdictMessage = `Inconclusive: ${scored.length} of ${slots.length} judges gave scores, and it takes ${LEAST_JUDGES}.`;
    return { verdict: 'inconclusive', ...counts, dimensions: {}, topImprovements: topImprovements(scored), errors, verdictMessage };
  }
  const measured = dimensions.map((name) => [name, measure(scored.map(({ scores }) => scores[name]!))] as const);
  const overall = roundToTenth(mean(measured.map(([, dimension]) => dimension.mean)));
  const failing = measured.flatMap(([name, { failReason, ...found }]) =>
    failReason === undefined ? [] : [tellFailure(name, failReason, found)],
  );
  const of = `${scored.length} of ${slots.length} judges, overall ${overall}`;
  return {
    verdict: failing.length === 0 ? 'pass' : 'fail',
    ...counts,
    dimensions: Object.fromEntries(measured),
    overall,
    topImprovements: topImprovements(scored),
    errors,
    verdictMessage: failing.length === 0 ? `Pass by ${of}.` : `Fail by ${of}: ${failing.join('; ')}.`,
  };
}

/** True for scores that pass by themselves: there are some, and each would do as a mean. */
export function passesAlone(scores: readonly number[]): boolean {
  return scores.length > 0 && scores.every((score) => roundToTenth(score) >= LEAST_MEAN);
}

type Dimension = PanelAggregate['dimensions'][string];

function measure(scores: number[]): Dimension {
  const found = { mean: roundToTenth(mean(scores)), min: Math.min(...scores), scores };
  // What is no number is not above anything.
  if (!(found.mean >= LEAST_MEAN)) return { ...found, failReason: 'mean_below_7' };
  return found.min >= LEAST_SCORE ? found : { ...found, failReason: 'min_below_5' };
}

/** As people read it; what is compared is what is printed. */
function roundToTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function tellFailure(
  name: string,
  reason: NonNullable<Dimension['failReason']>,
  { mean: average, min }: Pick<Dimension, 'mean' | 'min'>,
): string {
  return reason === 'mean_below_7'
    ? `${name} has a mean of ${average}, below ${LEAST_MEAN}`
    : `${name} has a score of ${min}, below ${LEAST_SCORE}`;
}

const MOST_IMPROVEMENTS = 10;
/** Two that begin alike are one. */
const COMPARED_CHARS = 40;

function topImprovements(scored: readonly ScoredSlot[]): string[] {
  const byBeginning = new Map<string, string>();
  for (const improvement of scored.flatMap(({ improvements }) => improvements)) {
    const beginning = improvement.slice(0, COMPARED_CHARS).toLowerCase();
    if (!byBeginning.has(beginning)) byBeginning.set(beginning, improvement);
  }
  return [...byBeginning.values()].slice(0, MOST_IMPROVEMENTS);
}
