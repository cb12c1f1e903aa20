import { describe, expect, test } from 'vitest';
import { writeTableCsv } from '../../../reports/shared/table-csv.ts';
import { writeTableHtml } from '../../../reports/shared/table-html.ts';
import { writeTableMarkdown } from '../../../reports/shared/table-markdown.ts';
import { makeTable } from '../../../reports/shared/table.ts';
import { findMarkupFaults } from './markup-check.ts';

const batches = [
  { batch: 'first-wort', litres: 1_250, yield: 0.804, fate: 'accepted' },
  { batch: '=2nd|wort', litres: 310, yield: null, fate: 'rejected' },
  { batch: 'third-wort', litres: 0, yield: 0, fate: 'rejected' },
];

const table = makeTable({
  name: 'batches',
  caption: 'Litres by batch',
  whenEmpty: 'Nothing was brewed.',
  hasSums: true,
  rows: batches,
  columns: [
    { name: 'batch', title: 'Batch', kind: 'name', value: (row) => row.batch },
    { name: 'litres', title: 'Litres', kind: 'number', value: (row) => row.litres },
    { name: 'yield', title: 'Yield', kind: 'share', value: (row) => row.yield },
    { name: 'fate', title: 'Fate', kind: 'state', value: (row) => row.fate },
  ],
});

describe('one table', () => {
  test('as CSV: names, every row, exact values, no sums', () => {
    expect(writeTableCsv(table)).toBe(
      "batch,litres,yield,fate\nfirst-wort,1250,0.804,accepted\n'=2nd|wort,310,,rejected\nthird-wort,0,0,rejected\n",
    );
  });

  test('as Markdown: titles, alignment, people’s numbers, sums', () => {
    expect(writeTableMarkdown(table)).toBe(
      [
        '| Batch | Litres | Yield | Fate |',
        '| --- | ---: | ---: | --- |',
        '| `first-wort` | 1,250 | 80.4% | Accepted |',
        '| `=2nd\\|wort` | 310 | – | Rejected |',
        '| `third-wort` | 0 | 0% | Rejected |',
        '| **Total** | **1,560** |  |  |',
        '',
      ].join('\n'),
    );
  });

  test('as HTML: caption, headings, states with their tone, links to both files', () => {
    const html = writeTableHtml(table, 'report.json').html;
    expect(findMarkupFaults(html)).toEqual([]);
    expect(html).toContain('<caption id="table-batches"><span>Litres by batch</span></caption>');
    expect(html).toContain('<th scope="col" class="number">Litres</th>');
    expect(html).toContain('<th scope="row" class="name">first-<wbr>wort</th>');
    expect(html).toContain('<td class="number share" style="--share:80.40%">80.4%</td>');
    expect(html).toContain('<span class="state tone-rejected">Rejected</span>');
    expect(html).toContain('<a href="batches.csv" aria-label="Litres by batch CSV">CSV</a>');
    expect(html).toContain('<a href="report.json" aria-label="Litres by batch JSON">JSON</a>');
  });

  test('without rows is a sentence for people and a header for programs', () => {
    const empty = { ...table, rows: [] };
    expect(writeTableHtml(empty, 'report.json').html).toBe('<p class="empty">Nothing was brewed.</p>');
    expect(writeTableMarkdown(empty)).toBe('Nothing was brewed.\n');
    expect(writeTableCsv(empty)).toBe('batch,litres,yield,fate\n');
  });

  test('longer than people read says how many rows are left, and CSV holds them all', () => {
    const long = { ...table, rowsShown: 1 };
    expect(writeTableHtml(long, 'report.json').html).toContain('2 more rows in the file.');
    expect(writeTableMarkdown(long)).toContain('2 more rows in `batches.csv`.');
    expect(writeTableCsv(long)).toBe(writeTableCsv(table));
  });
});

test('labels and long digests are for people, words and whole digests for programs', () => {
  const digest = '07c4e2b8'.repeat(8);
  const labelled = makeTable({
    name: 'vessels',
    caption: 'Vessels',
    whenEmpty: 'No vessel.',
    rows: [{ vessel: 'tun', digest }],
    columns: [
      { name: 'vessel', title: 'Vessel', kind: 'word', labels: { tun: 'Mash tun' }, value: (row) => row.vessel },
      { name: 'digest', title: 'Digest', kind: 'digest', value: (row) => row.digest },
    ],
  });
  expect(writeTableHtml(labelled, 'report.json').html).toContain(
    `<th scope="row" class="word">Mash tun</th><td class="word"><code title="${digest}">07c4e2b807c4…</code></td>`,
  );
  expect(writeTableMarkdown(labelled)).toContain('| Mash tun | `07c4e2b807c4…` |');
  expect(writeTableCsv(labelled)).toBe(`vessel,digest\ntun,${digest}\n`);
});

describe('columns for one audience', () => {
  const told = makeTable({
    name: 'shares',
    caption: 'Shares',
    whenEmpty: 'Nothing was brewed.',
    hasSums: true,
    rows: [
      { batch: 'first', clear: 3, of: 4 },
      { batch: 'second', clear: 1, of: 2 },
    ],
    columns: [
      { name: 'batch', title: 'Batch', kind: 'name', value: (row) => row.batch },
      { name: 'clear', title: 'Clear', kind: 'value', audience: 'people', value: (row) => `${row.clear} of ${row.of}` },
      { name: 'clear', title: 'Clear', kind: 'number', audience: 'programs', value: (row) => row.clear },
      { name: 'of', title: 'Of', kind: 'number', value: (row) => row.of },
    ],
  });

  test('people read one part, programs the other, sums included', () => {
    expect(writeTableCsv(told)).toBe('batch,clear,of\nfirst,3,4\nsecond,1,2\n');
    expect(writeTableMarkdown(told)).toBe(
      [
        '| Batch | Clear | Of |',
        '| --- | ---: | ---: |',
        '| `first` | 3 of 4 | 4 |',
        '| `second` | 1 of 2 | 2 |',
        '| **Total** |  | **6** |',
        '',
      ].join('\n'),
    );
    const html = writeTableHtml(told, 'shares.json').html;
    expect(html.match(/<th scope="col"/g)).toHaveLength(3);
    expect(html.match(/3 of 4/g)).toHaveLength(1);
  });
});
