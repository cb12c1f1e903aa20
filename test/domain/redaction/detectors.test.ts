import { describe, expect, it } from 'vitest';
import { createRedactor, DETECTOR_FAMILIES, DETECTORS } from '../../../domain/redaction/index.ts';
import { measure, readLabelledTexts } from './fixture.ts';

const labelled = [...readLabelledTexts('secrets'), ...readLabelledTexts('personal-data')];

describe('detectors on the labelled texts', () => {
  it.each(labelled.filter((row) => row.expected !== undefined))('$detector finds all in $text', ({ detector, text, expected }) => {
    const redactor = createRedactor();
    expect(redactor.redact(text)).toBe(expected);
    expect(Object.keys(redactor.counts)).toEqual([detector]);
  });

  it.each([...labelled.filter((row) => row.expected === undefined), ...readLabelledTexts('clean')])(
    '$detector leaves alone $text',
    ({ text }) => {
      expect(createRedactor().redact(text)).toBe(text);
    },
  );

  it('has at least three positives and three hard negatives for each detector of the table', () => {
    const measured = measure(labelled);
    expect([...measured.keys()].toSorted()).toEqual(DETECTORS.map((detector) => detector.name).toSorted());
    for (const { positives, negatives } of measured.values()) expect(Math.min(positives, negatives)).toBeGreaterThanOrEqual(3);
  });

  it('measures recall 1 and no false alarm for each detector', () => {
    for (const [detector, { positives, found, falseAlarms }] of measure(labelled)) {
      expect({ detector, recall: found / positives, falseAlarms }).toEqual({ detector, recall: 1, falseAlarms: 0 });
    }
  });
});

describe('hints and gates', () => {
  it.each(
    DETECTOR_FAMILIES.flatMap((family) => family.detectors.map((detector) => ({ ...detector, mayHoldFindings: family.mayHoldFindings }))),
  )('of $name are never stricter than its pattern', ({ hint, pattern, mayHoldFindings }) => {
    const candidates = labelled.map((row) => row.text).filter((text) => text.search(pattern) >= 0);
    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.filter((text) => !hint.test(text) || !mayHoldFindings(text))).toEqual([]);
  });
});

describe('the measurement itself', () => {
  it.each(DETECTORS)('loses recall when $name is switched off', ({ name }) => {
    const without = DETECTOR_FAMILIES.map((family) => ({ ...family, detectors: family.detectors.filter((row) => row.name !== name) }));
    const { positives, found } = measure(labelled, without).get(name) ?? { positives: 0, found: 0 };
    expect(found).toBeLessThan(positives);
  });

  it('counts a false alarm when a detector takes every word for a secret', () => {
    const greedy = { name: 'word', placeholder: 'WORD', description: 'Any word.', hint: /\w/, pattern: /\w+/g };
    const { negatives, falseAlarms } = measure(labelled, [{ detectors: [greedy], mayHoldFindings: () => true }]).get('email') ?? {
      negatives: 0,
      falseAlarms: 0,
    };
    expect(negatives).toBeGreaterThan(0);
    expect(falseAlarms).toBe(negatives);
  });
});
