import {
  isMeasure,
  parseMeasure,
  trecMeasures,
  usualMeasures,
  type Floor,
  type Measure,
  type NamedMeasure,
} from '../../domain/measures/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { QrelsOptions } from './qrels-options.ts';

/** What is measured, and the floors under it. */
export interface ChosenMeasures {
  readonly asked: readonly NamedMeasure[];
  readonly floors: readonly Floor[];
}

/**
 * The measures that were asked for, each under the name it was asked for by, with those of the floors. `@k` stands for the place of --k. UsageError names
 * every measure that is not computed here.
 */
export function chooseMeasures({ metrics, trec = false, k, floor = [] }: QrelsOptions): ChosenMeasures {
  const floors = floor.map((text) => readFloor(text, k));
  const asked = metrics === undefined ? usual(trec, k) : readList(metrics, k);
  const known = new Set(asked.map(({ measure }) => measure.name));
  const beside = floors.filter(({ measure }) => !known.has(measure.name)).map(({ text, measure }) => ({ label: text, measure }));
  return { asked: [...asked, ...beside], floors };
}

/** The deepest place that a measure looks at; as many pages have to be searched. */
export function deepestPlace({ asked }: ChosenMeasures): number {
  return Math.max(1, ...asked.flatMap(({ measure: { family, parameter } }) => (family.takes === 'place' ? (parameter ?? []) : [])));
}

function usual(isTrec: boolean, k: number): NamedMeasure[] {
  const measures = isTrec ? trecMeasures() : usualMeasures(k);
  return measures.map((measure) => ({ label: (isTrec ? measure.trecName : null) ?? measure.name, measure }));
}

function readList(text: string, k: number): NamedMeasure[] {
  const labels = [...new Set(text.split(',').map((name) => atPlace(name, k)))];
  const parsed = labels.map((label) => ({ label, measure: parseMeasure(label) }));
  const unknown = parsed.flatMap(({ measure }) => (isMeasure(measure) ? [] : [measure]));
  if (unknown.length > 0) {
    const list = unknown.map(({ text: name, reason }) => `${JSON.stringify(name)} ${reason}`).join('; ');
    throw badValue('--metrics', text, 'measures that are computed here', list);
  }
  return parsed.map(({ label, measure }) => ({ label, measure: measure as Measure }));
}

function readFloor(text: string, k: number): Floor {
  const [, name = '', number = ''] = /^(.+)=([^=]*)$/.exec(text) ?? [];
  const least = Number(number);
  if (name === '' || !/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(number) || least > 1) {
    throw badValue('--floor', text, 'METRIC=VALUE with a value from 0 to 1', JSON.stringify(text));
  }
  const label = atPlace(name, k);
  const measure = parseMeasure(label);
  if (!isMeasure(measure))
    throw badValue('--floor', text, 'a measure that is computed here', `${JSON.stringify(name)}, which ${measure.reason}`);
  return { text: label, measure, least };
}

function atPlace(name: string, k: number): string {
  return name.trim().replace(/@k$/, `@${k}`);
}

function badValue(flag: string, value: string, expected: string, found: string): UsageError {
  const remedy =
    'Such as P@5, R@10, MRR, nDCG@10, MAP, hit@1, Rprec, bpref, gm_map, infAP, expected_top1, iprec_at_recall_0.10, num_rel_ret.';
  return new UsageError(`reading ${flag}: expected ${expected}, found ${found}.`, remedy, { flag, value });
}
