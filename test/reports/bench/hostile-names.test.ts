import { describe, expect, test } from 'vitest';
import { renderLeaderboard } from '../../../reports/bench/render-leaderboard.ts';
import { renderSummary } from '../../../reports/bench/render-summary.ts';
import { renderComparison } from '../../../reports/comparison/render-comparison.ts';
import { renderTrust } from '../../../reports/trust/render-trust.ts';
import { benchComparisonSchema } from '../../../schemas/bench-comparison.ts';
import { benchLeaderboardSchema } from '../../../schemas/bench-leaderboard.ts';
import { benchSummarySchema } from '../../../schemas/bench-summary.ts';
import { trustListSchema } from '../../../schemas/trust-reports.ts';
import { BENCH_RESULT_FIXTURES } from '../../schemas/bench-result-fixtures.ts';
import { POISON } from '../distill/poison.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';

/** A lawful document of which every free text is hostile. */
function poisoned<Value>(schema: { parse(value: unknown): Value }, fixture: string): Value {
  const [whole] = BENCH_RESULT_FIXTURES[fixture]!.accepts;
  return schema.parse(poison(whole));
}

const NAMES = new Set([
  'model_id',
  'source',
  'qa_id',
  'path',
  'corpus_version',
  'eval_qa_version',
  'run_id',
  'kind',
  'warnings',
  'errors',
  'notes',
  'reasons',
  'metric',
  'mode_name',
]);

function poison(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return NAMES.has(key) ? `${value}${POISON}` : value;
  if (Array.isArray(value)) return value.map((item) => poison(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]));
}

const REPORTS: readonly (readonly [string, () => readonly { readonly name: string; readonly text: string }[]])[] = [
  ['summary', () => renderSummary(poisoned(benchSummarySchema, 'benchSummarySchema'))],
  ['comparison', () => renderComparison(poisoned(benchComparisonSchema, 'benchComparisonSchema'))],
  ['leaderboard', () => renderLeaderboard(poisoned(benchLeaderboardSchema, 'benchLeaderboardSchema'))],
  ['trust ledger', () => renderTrust(poisoned(trustListSchema, 'trustListSchema'), `harbour${POISON}`)],
];

describe.each(REPORTS)('%s', (_name, render) => {
  const files = render();
  const page = files.at(-1)!;

  test('is one well-formed page, and hostile names stay text', () => {
    expect(page.name).toMatch(/\.html$/);
    expect(findMarkupFaults(page.text)).toEqual([]);
    expect(page.text).not.toContain('<script');
    expect(page.text).toContain('Content-Security-Policy');
  });

  test('carries the state of BT-29, and has its tables beside it', () => {
    expect(page.text).toMatch(/BT-29|chained by hash/);
    const names = files.map(({ name }) => name);
    for (const [, link] of page.text.matchAll(/href="([^"#]+)"/g))
      if (link !== 'data:,') expect(names).toContain(decodeURIComponent(link!));
  });

  test('is the same every time', () => {
    expect(render()).toEqual(files);
  });
});
