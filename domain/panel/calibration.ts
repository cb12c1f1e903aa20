import type { PanelCalibration, PanelCalibrationRow } from '../../schemas/panel-calibration.ts';
import { mean } from '../stats/variance.ts';
import { passesAlone } from './aggregate.ts';
import type { ScoredSlot, SlotResult } from './slot-result.ts';

/** A row whose worth is known, and what the judges made of it. */
export interface LabelledRow {
  readonly label: Pick<PanelCalibrationRow, 'score' | 'scores' | 'injected'>;
  readonly slots: readonly SlotResult[];
}

type JudgeCalibration = PanelCalibration['judges'][number];

/** How far each judge is from the labels. Labels of dimensions that were not asked for are left aside. */
export function calibrateJudges(rows: readonly LabelledRow[], dimensions: readonly string[]): PanelCalibration {
  const judges = [...new Map(rows.flatMap(({ slots }) => slots.map(({ id, model }) => [id, model] as const)))];
  return {
    rows: rows.length,
    injected_rows: rows.filter(({ label }) => label.injected).length,
    judges: judges.map(([id, model]) => calibrate(id, model, rows, dimensions)),
  };
}

/**
 * Scores less the judge's mean error in each dimension, where that is not known its error over all, and on the scale from 1 to 10 still. A judge that
 * the calibration does not know, and one that failed, comes back as it was.
 */
export function adjustScores(slots: readonly SlotResult[], { judges }: PanelCalibration): SlotResult[] {
  return slots.map((slot) => {
    const judge = judges.find(({ id }) => id === slot.id);
    if (!slot.ok || judge === undefined) return slot;
    const scores = Object.entries(slot.scores).map(([name, score]): [string, number] => {
      const error = judge.dimensions[name]?.mean_error ?? judge.overall.mean_error ?? 0;
      return [name, Math.min(HIGHEST, Math.max(LOWEST, withoutDust(score - error)))];
    });
    return { ...slot, scores: Object.fromEntries(scores) };
  });
}

const LOWEST = 1;
const HIGHEST = 10;

/** To a millionth: what binary fractions leave behind, 4.999999999999999 for 5, decides nothing. */
function withoutDust(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}

interface Judged {
  readonly label: LabelledRow['label'];
  readonly scores: ScoredSlot['scores'];
}

function calibrate(id: string, model: string, rows: readonly LabelledRow[], dimensions: readonly string[]): JudgeCalibration {
  const asked = rows.flatMap(({ label, slots }) => slots.filter((slot) => slot.id === id).map((slot) => ({ label, slot })));
  const judged = asked.flatMap(({ label, slot }) => (slot.ok ? [{ label, scores: slot.scores }] : []));
  const injected = judged.filter(({ label }) => label.injected);
  return {
    id,
    model,
    scored: judged.length,
    failures: asked.length - judged.length,
    overall: errorsOf(judged.flatMap((row) => overallError(row, dimensions))),
    dimensions: Object.fromEntries(dimensions.map((name) => [name, errorsOf(judged.flatMap((row) => errorIn(name, row)))])),
    confusion: confusionOf(judged),
    injected: { scored: injected.length, passed: injected.filter(({ scores }) => passesAlone(Object.values(scores))).length },
  };
}

function errorIn(name: string, { label, scores }: Judged): number[] {
  const known = label.scores?.[name];
  return known === undefined || scores[name] === undefined ? [] : [scores[name] - known];
}

/** Of the mean of all dimensions where the label has one score, else of those that it tells. */
function overallError(row: Judged, dimensions: readonly string[]): number[] {
  const { score } = row.label;
  if (score !== undefined) return [mean(Object.values(row.scores)) - score];
  const errors = dimensions.flatMap((name) => errorIn(name, row));
  return errors.length === 0 ? [] : [mean(errors)];
}

function errorsOf(errors: readonly number[]): JudgeCalibration['overall'] {
  if (errors.length === 0) return { rows: 0, mean_error: null, mean_absolute_error: null };
  return { rows: errors.length, mean_error: mean(errors), mean_absolute_error: mean(errors.map(Math.abs)) };
}

function confusionOf(judged: readonly Judged[]): JudgeCalibration['confusion'] {
  const count = (isRight: boolean, isPassed: boolean): number =>
    judged.filter(({ label, scores }) => passesByLabel(label) === isRight && passesAlone(Object.values(scores)) === isPassed).length;
  return { true_pass: count(true, true), false_pass: count(false, true), true_fail: count(false, false), false_fail: count(true, false) };
}

function passesByLabel({ score, scores }: LabelledRow['label']): boolean {
  return passesAlone(score === undefined ? Object.values(scores ?? {}) : [score]);
}
