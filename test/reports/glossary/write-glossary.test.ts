import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GLOSSARY } from '../../../domain/glossary/index.ts';
import { writeGlossary } from '../../../reports/glossary/write-glossary.ts';

const PAGE = join(import.meta.dirname, '../../../docs/metrics.md');

test('docs/metrics.md is what the glossary says now: write it anew with `lauter glossary --write docs/metrics.md`', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(writeGlossary());
});

test('the page is the same every time, and holds a row for each metric', () => {
  const page = writeGlossary();
  expect(writeGlossary()).toBe(page);
  for (const { title, terms } of GLOSSARY) {
    expect(page).toContain(`\n## ${title}\n`);
    for (const { name } of terms) expect(page).toContain(`\n| \`${name}\``);
  }
  for (const line of page.split('\n').filter((each) => each.startsWith('| `'))) expect(line.split(' | ')).toHaveLength(4);
});
