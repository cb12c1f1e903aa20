import { MEASURE_FAMILIES } from './measure-families.ts';
import type { Measure, MeasureFamily } from './measure-family.ts';

/** What a name is that no measure here has. */
export interface UnknownMeasure {
  readonly text: string;
  readonly reason: string;
}

/**
 * The measure of a name: ours (`P@5`, `nDCG@10`, `MAP`), the long one (`precision@5`) or that of trec_eval (`P_5`, `ndcg_cut_10`, `map`), in any
 * letter case; or why there is none, so that nobody skips it without a word.
 */
export function parseMeasure(text: string): Measure | UnknownMeasure {
  const name = text.trim().toLowerCase();
  const bare = BY_NAME.get(name);
  if (bare !== undefined) {
    if (bare.takes === 'nothing' || bare.isOptional) return measureOf(bare, null);
    return { text, reason: `needs ${PARAMETERS[bare.takes]}, such as ${bare.name}@${bare.takes === 'place' ? 5 : 0.5}` };
  }
  const [, stem, number] = /^(.+?)[@_.](\d+(?:\.\d+)?|\.\d+)$/.exec(name) ?? [];
  const found = stem === undefined ? undefined : BY_NAME.get(stem);
  if (found === undefined) return { text, reason: 'is not a measure that is computed here' };
  if (found.takes === 'nothing') return { text, reason: 'takes no number' };
  const parameter = Number(number);
  return isFit(found, parameter) ? measureOf(found, parameter) : { text, reason: `needs ${PARAMETERS[found.takes]}` };
}

/** True for what {@link parseMeasure} gave when it is a measure. */
export function isMeasure(parsed: Measure | UnknownMeasure): parsed is Measure {
  return 'family' in parsed;
}

/** A measure of a family. `parameter` is null for the whole ranking. */
function measureOf(family: MeasureFamily, parameter: number | null): Measure {
  const { name, trec } = family;
  if (parameter === null) return { name, trecName: trec, family, parameter };
  const number = family.takes === 'place' ? String(parameter) : parameter.toFixed(2);
  const stem = name in TREC_CUTS ? (TREC_CUTS[name] ?? null) : trec;
  return { name: `${name}@${parameter}`, trecName: stem === null ? null : `${stem}_${number}`, family, parameter };
}

const PARAMETERS = {
  nothing: 'no number',
  place: 'a place, a whole number from 1 on',
  share: 'a share from 0 to 1',
  multiple: 'a number above 0',
} as const;

/** Where trec_eval has another name for the measure at a place; null where it has none. */
const TREC_CUTS: Readonly<Record<string, string | null>> = { nDCG: 'ndcg_cut', MAP: 'map_cut', MRR: null };

const BY_NAME = new Map(MEASURE_FAMILIES.flatMap((family) => [family.name, ...family.also].map((name) => [name.toLowerCase(), family])));

function isFit({ takes }: MeasureFamily, parameter: number): boolean {
  if (takes === 'place') return Number.isSafeInteger(parameter) && parameter >= 1;
  if (takes === 'share') return parameter >= 0 && parameter <= 1;
  return takes === 'multiple' && parameter > 0;
}
