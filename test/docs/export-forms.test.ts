import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COLUMN_RULES } from '../../domain/export/index.ts';
import { EXPORT_FORMATS, EXPORT_FORMS, FORM_REFUSALS, FORMS_OF_SET } from '../../schemas/vocabulary.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/export-forms.md'), 'utf8');

describe.each(Object.entries(COLUMN_RULES))('%s', (name, { origin, columns, rules }) => {
  const start = document.indexOf(`\n### ${name}\n`);
  const section = document.slice(start, document.indexOf('\n### ', start + 1) === -1 ? undefined : document.indexOf('\n### ', start + 1));

  test('has its origin, its columns and its rules in the document, and no others', () => {
    expect(start).toBeGreaterThan(0);
    expect(section).toContain(`From: ${origin}.`);
    expect([...section.matchAll(/^\* (.*)$/gm)].map(([, line]) => line)).toEqual(rules);
    expect([...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, column, what]) => [column, what])).toEqual(Object.entries(columns));
  });
});

test('every form of a set has rules', () => {
  const forms = Object.entries(FORMS_OF_SET).flatMap(([set, words]) => words.map((word) => `${set}/${word}`));
  expect(Object.keys(COLUMN_RULES).sort()).toEqual(forms.sort());
  expect([...new Set(Object.values(FORMS_OF_SET).flat())].sort()).toEqual([...EXPORT_FORMS].sort());
});

test('every reason to leave a row out is explained, every format and form named', () => {
  const told = [...document.matchAll(/^\| `(\w+)` \| (.*\.) \|$/gm)].map(([, reason, sentence]) => [reason, sentence]);
  for (const [reason, sentence] of Object.entries(FORM_REFUSALS)) expect(told).toContainEqual([reason, sentence]);
  for (const word of [...EXPORT_FORMATS, ...EXPORT_FORMS]) expect(document).toContain(word);
});
