import { expect, test } from 'vitest';
import { renderLongMemEval } from '../../../reports/longmemeval/render-longmemeval.ts';
import { longMemEvalReport } from '../../support/longmemeval-report.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';

const files = renderLongMemEval(longMemEvalReport({ hypotheses: [] }));
const textOf = (name: string): string => files.find((file) => file.name === name)!.text;

test('people read a share with its count and interval in two columns, so that the table by kind fits the page', () => {
  const page = files.at(-1)!.text;
  expect(findMarkupFaults(page)).toEqual([]);
  const table = page.slice(page.indexOf('id="table-longmemeval-types"'));
  const titles = [...table.slice(0, table.indexOf('</thead>')).matchAll(/<th scope="col"[^>]*>([^<]*)</g)].map(([, title]) => title);
  expect(titles).toEqual(['Questions', 'k', 'All gold', '95 % interval', 'Any gold', '95 % interval', 'Mean fraction', 'Errors']);
  // Both questions of one session are found at 5: q1 and q3.
  expect(table).toContain('100% (2/2)');
});

test('programs find every part of it in the file', () => {
  expect(textOf('longmemeval-types.csv').split('\n')[0]).toBe(
    'type,k,recall_all_hit,recall_all_total,recall_all_rate,recall_all_ci95,recall_any_hit,recall_any_total,recall_any_rate,recall_any_ci95,fraction_sum,mean_fraction,errors',
  );
});
