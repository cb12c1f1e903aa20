import { expect, it } from 'vitest';
import { DETECTORS } from '../../domain/redaction/index.ts';
import { measure, readLabelledTexts } from '../domain/redaction/fixture.ts';
import { readDocument, tableBelow } from './document.ts';

const { text } = readDocument('docs/security.md');

it('prints the recall and the false alarms that the fixture gives, detector by detector', () => {
  const measured = measure([...readLabelledTexts('secrets'), ...readLabelledTexts('personal-data')]);
  const expected = DETECTORS.map(({ name, description }) => {
    const { positives, found, negatives, falseAlarms } = measured.get(name)!;
    return [`\`${name}\``, description, `${found} of ${positives}`, `${falseAlarms} of ${negatives}`];
  });
  expect(tableBelow(text, 'What is redacted')).toEqual(expected);
});
