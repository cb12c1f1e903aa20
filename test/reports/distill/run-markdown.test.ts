import { expect, test } from 'vitest';
import { writeRunMarkdown } from '../../../reports/distill/run-markdown.ts';
import { expectGolden } from './golden.ts';
import { POISON, poisonReport } from './poison.ts';
import { nightAfterTheSwitch, nightOfTheFullDisk } from './run-report-fixture.ts';

test('the Markdown of an accepted run', () => {
  expectGolden('run-page.md', writeRunMarkdown(nightAfterTheSwitch));
});

test('a refused run begins with its reasons', () => {
  const [title, , sentence, , first, second] = writeRunMarkdown(nightOfTheFullDisk).split('\n');
  expect(title).toBe('# Refused: refinery run `20250304-0210-9d4e`');
  expect(sentence).toContain('for 2 reasons');
  expect(first).toMatch(/^- \*\*A source has more quarantined records/);
  expect(second).toMatch(/^- \*\*A check of the audit stage found something\.\*\*/);
});

test('hostile text changes no heading, no table and no list', () => {
  const sound = writeRunMarkdown(nightAfterTheSwitch);
  const poisoned = writeRunMarkdown(poisonReport(nightAfterTheSwitch).report);
  expect(shapeOf(poisoned)).toEqual(shapeOf(sound));
  const outsideCode = poisoned.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '');
  expect(outsideCode).not.toMatch(/(?<!\\)<|(?<!\\)@|https:\/\/|(?<!\\)\[/);
  for (const unseen of ['\u001b', '\u202e']) expect(poisoned).not.toContain(unseen);
});

test('the check of shapes can fail', () => {
  expect(shapeOf('| a |\n| --- |\n')).not.toEqual(shapeOf(`| a |\n| ${POISON} |\n`));
});

/** What kind of block each line is; for a row of a table, how many cells it has. */
function shapeOf(markdown: string): string[] {
  return markdown.split('\n').map((line) => {
    if (line.startsWith('|')) return `row of ${line.split(/(?<!\\)\|/).length}`;
    return /^(#+|-|\d+\.) /.exec(line)?.[1] ?? (line === '' ? 'blank' : 'text');
  });
}
