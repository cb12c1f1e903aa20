import { isMeasure, parseMeasure, type Measure } from '../../../domain/measures/index.ts';
import type { BodyName } from './bodies.ts';

/** A part of the questions of a data set, and what it is measured by. */
export interface Split {
  readonly name: string;
  readonly body: BodyName;
  readonly has: (queryId: string) => boolean;
  /** False where constants of the rankings were chosen by these questions. */
  readonly isHeldOut: boolean;
  readonly measures: readonly Measure[];
}

const named = (text: string): Measure => {
  const measure = parseMeasure(text);
  if (!isMeasure(measure)) throw new Error(`there is no measure ${text}`);
  return measure;
};
const RECALL = named('R@5');
const DOCUMENTS: readonly Measure[] = [named('MAP'), named('nDCG@10'), RECALL];
/** Any session with a part of the answer at the top, all of them among five, and the share of them among five. */
const SESSIONS: readonly Measure[] = [
  { ...named('hit@1'), name: 'any@1' },
  {
    ...RECALL,
    name: 'all@5',
    family: { ...RECALL.family, isBinary: true, compute: (ranking, k) => Number(RECALL.family.compute(ranking, k) === 1) },
  },
  RECALL,
];

const isOddNumber = (id: string): boolean => Number(id) % 2 === 1;
/** Parts the questions into two halves that have nothing to do with what they ask. */
const isOddSum = (id: string): boolean => [...id].reduce((sum, sign) => sum + sign.codePointAt(0)!, 0) % 2 === 1;
const isAny = (): boolean => true;

/** What is measured, and where the constants of the rankings come from. */
export const SPLITS: readonly Split[] = [
  { name: 'cranfield, odd', body: 'cranfield', has: isOddNumber, isHeldOut: false, measures: DOCUMENTS },
  { name: 'oracle, one half', body: 'oracle', has: isOddSum, isHeldOut: false, measures: SESSIONS },
  { name: 'cranfield, even', body: 'cranfield', has: (id) => !isOddNumber(id), isHeldOut: true, measures: DOCUMENTS },
  { name: 'cacm', body: 'cacm', has: isAny, isHeldOut: true, measures: DOCUMENTS },
  { name: 'relational', body: 'relational', has: isAny, isHeldOut: true, measures: DOCUMENTS },
  { name: 'oracle, other half', body: 'oracle', has: (id) => !isOddSum(id), isHeldOut: true, measures: SESSIONS },
  { name: 'dev50', body: 'dev50', has: isAny, isHeldOut: true, measures: SESSIONS },
];
