import { expect, it } from 'vitest';
import { measureRedaction } from '../domain/redaction/labelled/measure.ts';
import { classTable, detectorTable, disguiseTable } from '../domain/redaction/labelled/tables.ts';
import { readDocument, tableBelow } from './document.ts';

const { text } = readDocument('docs/security.md');
const measured = measureRedaction();

it.each([
  ['What is redacted', detectorTable(measured)],
  ['What only looks like a finding', classTable(measured)],
  ['Disguises', disguiseTable()],
])('prints what the labelled texts give: %s', (heading, rows) => {
  expect(tableBelow(text, heading)).toEqual(rows);
});
