import { createRedactor, DETECTORS } from '../../../../domain/redaction/index.ts';
import { createRandom, deriveSeed } from '../../../../domain/shared/random.ts';
import { MINTS } from './mints.ts';
import { NEGATIVES } from './negatives.ts';
import { CARRIERS, DISGUISES, placesOf, type Shape } from './shapes.ts';

const SEED = 20260302;

/** A text with one value in it that must go. */
export interface LabelledPositive {
  readonly detector: string;
  /** Where the value stands, and what that is carried in. */
  readonly place: string;
  readonly carrier: string;
  readonly value: string;
  readonly text: string;
  /** What stands before and behind the value. */
  readonly around: readonly [before: string, behind: string];
}

export interface LabelledNegative {
  readonly class: string;
  readonly carrier: string;
  readonly text: string;
}

/** Finds and replaces; counts by detector. Another library may be put in its place. */
export type Redact = (text: string) => { readonly redacted: string; readonly counts: Readonly<Record<string, number>> };

export const OWN_DETECTORS: Redact = (text) => {
  const redactor = createRedactor();
  const redacted = redactor.redact(text);
  return { redacted, counts: redactor.counts };
};

/** Stands where a value will stand; no detector finds it, and JSON leaves it as it is. */
const SLOT = '\u{f0000}';

/** Every place in every carrier, with a value of its own. */
export function labelledPositives(): LabelledPositive[] {
  return DETECTORS.flatMap(({ name }) => {
    const places = Object.entries(placesOf(name));
    return places.flatMap(([place, shape]) =>
      Object.entries(CARRIERS).map(([carrier, carry]) => positive(name, place, shape, carrier, carry)),
    );
  });
}

/** Values in spellings that nobody promised to see through. */
export function disguisedPositives(): LabelledPositive[] {
  const told = ['card', 'iban', 'ssn', 'phone', 'github_token', 'openai_key', 'jwt'];
  return told.flatMap((name) =>
    Object.entries(DISGUISES).flatMap(([disguise, hide]) => {
      const random = createRandom(deriveSeed(SEED, `${name}/${disguise}`));
      return Array.from({ length: 12 }, () => MINTS[name]!(random))
        .map((plain) => ({ plain, value: hide(plain) }))
        .filter(({ plain, value }) => plain !== value)
        .map(({ value }) => ({
          detector: name,
          place: disguise,
          carrier: 'prose',
          value,
          text: `The keeper wrote down ${value} and went home.`,
          around: ['The keeper wrote down ', ' and went home.'] as const,
        }));
    }),
  );
}

export function labelledNegatives(): LabelledNegative[] {
  return Object.entries(NEGATIVES).flatMap(([name, make]) => {
    const texts = make(createRandom(deriveSeed(SEED, name)));
    return texts.flatMap((text) => CARRIED_NEGATIVES.map((carrier) => ({ class: name, carrier, text: CARRIERS[carrier]!(text) })));
  });
}

/** Carriers that change what stands around a text; the others would only repeat the same. */
const CARRIED_NEGATIVES = ['as it is', 'JSON in a string', 'a diff'];

function positive(detector: string, place: string, shape: Shape, carrier: string, carry: Shape): LabelledPositive {
  const value = MINTS[detector]!(createRandom(deriveSeed(SEED, `${detector}/${place}/${carrier}`)));
  const [before, behind] = carry(shape(SLOT)).split(SLOT) as [string, string];
  return { detector, place, carrier, value, text: carry(shape(value)), around: [before, behind] };
}

/** What became of a value: gone and nothing else, gone with some of what stood around it, or still there, whole or in part. */
export type Fate = 'exact' | 'wide' | 'leaked';

export function fateOf({ text, around, value }: LabelledPositive, redacted: string): Fate {
  if (redacted === text || leaks(value, text, redacted)) return 'leaked';
  const [before, behind] = around;
  const isExact =
    redacted.startsWith(before) &&
    redacted.endsWith(behind) &&
    /^\[[A-Z_]+_\d+\](?:\\*n)?$/.test(redacted.slice(before.length, redacted.length - behind.length).trim());
  return isExact ? 'exact' : 'wide';
}

/** True when eight characters in a row of the value stand where they stood; of a shorter value, all of it. */
function leaks(value: string, text: string, redacted: string): boolean {
  const solid = value.match(/[\p{L}\p{N}]{4,}/gu) ?? [value];
  const pieces = solid.flatMap((run) =>
    run.length <= 8 ? [run] : Array.from({ length: run.length - 7 }, (_, at) => run.slice(at, at + 8)),
  );
  return pieces.some((piece) => count(redacted, piece) > 0 && count(redacted, piece) >= count(text, piece));
}

function count(text: string, piece: string): number {
  return text.split(piece).length - 1;
}

export interface Score {
  readonly positives: number;
  readonly exact: number;
  readonly wide: number;
  /** Found, but as something else. */
  readonly elsewhere: number;
  readonly leaked: readonly LabelledPositive[];
  /** Negatives in which this detector found something. */
  readonly alarms: readonly LabelledNegative[];
}

export interface Measured {
  readonly detectors: ReadonlyMap<string, Score>;
  readonly classes: ReadonlyMap<
    string,
    { readonly texts: number; readonly alarms: number; readonly detectors: Readonly<Record<string, number>> }
  >;
  readonly negatives: number;
}

/** Recall on the positives and false alarms on the negatives, detector by detector and class by class. */
export function measureRedaction(
  redact: Redact = OWN_DETECTORS,
  positives = labelledPositives(),
  negatives = labelledNegatives(),
): Measured {
  const alarms = new Map<string, LabelledNegative[]>();
  const classes = new Map<string, { texts: number; alarms: number; detectors: Record<string, number> }>();
  for (const negative of negatives) {
    const { redacted, counts } = redact(negative.text);
    const row = classes.get(negative.class) ?? { texts: 0, alarms: 0, detectors: {} };
    classes.set(negative.class, row);
    row.texts += 1;
    if (redacted !== negative.text) row.alarms += 1;
    for (const detector of Object.keys(counts)) {
      row.detectors[detector] = (row.detectors[detector] ?? 0) + 1;
      alarms.set(detector, [...(alarms.get(detector) ?? []), negative]);
    }
  }
  const detectors = new Map<string, Score>();
  for (const { name } of DETECTORS) {
    const own = positives.filter(({ detector }) => detector === name);
    const results = own
      .map((row) => ({ row, ...redact(row.text) }))
      .map(({ row, redacted, counts }) => ({ row, counts, fate: fateOf(row, redacted) }));
    detectors.set(name, {
      positives: own.length,
      exact: results.filter(({ fate }) => fate === 'exact').length,
      wide: results.filter(({ fate }) => fate === 'wide').length,
      elsewhere: results.filter(({ fate, counts }) => fate !== 'leaked' && counts[name] === undefined).length,
      leaked: results.filter(({ fate }) => fate === 'leaked').map(({ row }) => row),
      alarms: alarms.get(name) ?? [],
    });
  }
  return { detectors, classes, negatives: negatives.length };
}
