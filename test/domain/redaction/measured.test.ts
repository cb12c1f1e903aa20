import { describe, expect, it } from 'vitest';
import { createRedactor, DETECTORS } from '../../../domain/redaction/index.ts';
import {
  labelledNegatives,
  labelledPositives,
  fateOf,
  measureRedaction,
  OWN_DETECTORS,
  type LabelledPositive,
} from './labelled/measure.ts';
import { wilson } from './labelled/wilson.ts';

const positives = labelledPositives();
const negatives = labelledNegatives();
const measured = measureRedaction(OWN_DETECTORS, positives, negatives);

/** Share of the values that must be found, where that is not all of them. `npm run bench -- redaction` shows what they are. */
const RECALL: Readonly<Record<string, number>> = { password_assignment: 0.97, placed_secret: 0.94 };
/** Texts that may be taken for a finding, where that is not none. */
const ALARMS: Readonly<Record<string, number>> = { password_assignment: 3, phone: 7 };

describe('the detectors on values drawn by lot, in every place and carrier', () => {
  it.each(DETECTORS)('$name finds what it must', ({ name }) => {
    const { positives: all, leaked } = measured.detectors.get(name)!;
    expect(all).toBeGreaterThanOrEqual(60);
    expect({ share: 1 - leaked.length / all >= (RECALL[name] ?? 1), of: leaked.slice(0, 3) }).toEqual({
      share: true,
      of: name in RECALL ? expect.anything() : [],
    });
  });

  it.each(DETECTORS)('$name leaves alone what it must', ({ name }) => {
    const { alarms } = measured.detectors.get(name)!;
    expect(alarms.slice(ALARMS[name] ?? 0)).toEqual([]);
  });

  it.each(DETECTORS)('$name calls its findings by their name', ({ name }) => {
    const { positives: all, elsewhere } = measured.detectors.get(name)!;
    expect(elsewhere / all).toBeLessThanOrEqual(0.01);
  });

  it('keeps what stands around a finding', () => {
    for (const [name, { wide, positives: all }] of measured.detectors)
      expect({ name, isExact: wide / all <= 0.06 }).toEqual({ name, isExact: true });
  });

  it('reads the digits of other scripts, and gives a number the placeholder that it has in ASCII', () => {
    const redacted = createRedactor().redact('4242 4242 4242 4242, ٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢, ４２４２４２４２４２４２４２４２; ٣ boats, 第３号');
    expect(redacted).toBe('[CARD_1], [CARD_1], [CARD_1]; ٣ boats, 第３号');
  });
});

describe('the measurement', () => {
  it('is made on many texts of every kind', () => {
    expect(positives.length).toBeGreaterThan(4_000);
    expect(negatives.length).toBeGreaterThan(1_400);
    expect(new Set(positives.map(({ text }) => text)).size).toBe(positives.length);
  });

  it('finds nothing where nobody looks', () => {
    const blind = measureRedaction((text) => ({ redacted: text, counts: {} }), positives, negatives);
    for (const { exact, wide, alarms } of blind.detectors.values()) expect([exact, wide, alarms.length]).toEqual([0, 0, 0]);
  });

  it('sounds an alarm for every text where everything is taken away', () => {
    const greedy = measureRedaction((text) => ({ redacted: text === '' ? '' : '[EMAIL_1]', counts: { email: 1 } }), positives, negatives);
    expect(greedy.detectors.get('email')?.alarms).toHaveLength(negatives.length);
    for (const [name, { exact, positives: all }] of greedy.detectors) expect({ name, few: exact < all * 0.2 }).toEqual({ name, few: true });
  });

  const noted: LabelledPositive = {
    detector: 'github_token',
    place: 'prose',
    carrier: 'as it is',
    value: 'ghx_0123456789abcdefghijABCDEFGHIJ',
    text: 'I noted ghx_0123456789abcdefghijABCDEFGHIJ here.',
    around: ['I noted ', ' here.'],
  };

  it.each([
    ['exact', 'I noted [GITHUB_TOKEN_1] here.'],
    ['wide', 'I [GITHUB_TOKEN_1] here.'],
    ['leaked', 'I noted ghx_0123456789abcdefghijABCDEFGHIJ here.'],
    ['leaked', 'I noted [GITHUB_TOKEN_1]cdefghijABCDEFGHIJ here.'],
    ['leaked', 'I noted ghx_01234567[GITHUB_TOKEN_1] here.'],
  ])('calls it %s: %s', (fate, redacted) => {
    expect(fateOf(noted, redacted)).toBe(fate);
  });

  // By hand: (8 + 1.92) / 13.84 ± 1.96 · √(0.8 · 0.2 / 10 + 3.84 / 400) / 1.384.
  it('has intervals that stay inside what is possible', () => {
    expect(wilson(8, 10).map((bound) => Math.round(bound * 10) / 10)).toEqual([49.0, 94.3]);
    expect(wilson(0, 100)[0]).toBeCloseTo(0);
    expect(wilson(100, 100)[1]).toBeCloseTo(100);
  });
});
