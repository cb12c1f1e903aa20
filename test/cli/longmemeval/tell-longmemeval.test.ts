import { expect, test } from 'vitest';
import { tellLongMemEval } from '../../../cli/longmemeval/tell-longmemeval.ts';
import { renderLongMemEval } from '../../../reports/longmemeval/render-longmemeval.ts';
import { longMemEvalReport } from '../../support/longmemeval-report.ts';

test('people read numerator and denominator of all, any and fraction, all six counts, and why', () => {
  const told = tellLongMemEval(longMemEvalReport(), true);
  expect(told).toMatch(/^LongMemEval, S split \(longmemeval_s\.json\), 4 questions, 1 abstention questions left out, all turns$/m);
  expect(told).toMatch(/^all +1 +1\/4 25\.0%.* 2\/4 50\.0%.* 0\.3750 of 4$/m);
  expect(told).toMatch(/scored +system_failure +harness_error +skipped_budget +malformed +abstention/);
  expect(told).toMatch(/floor_missed: multi-session: all_rate 0\.5, rate 1/);
  expect(told).toContain('cost: estimated $1.50, settled $0.75, cap $5.00');
  expect(told).toContain('degraded: keyword only (no embedder configured): 5 questions');
});

test('terminal escapes of a dataset are shown, not obeyed', () => {
  const report = longMemEvalReport({ notices: ['question \u001b[2Jreef comes twice'] });
  expect(tellLongMemEval(report, false)).toContain('\\u001b[2Jreef');
});

test('the page is one offline document with the same numbers in Markdown, JSON and CSV beside it', () => {
  const files = new Map(
    renderLongMemEval(longMemEvalReport({ notices: ['<script>alert(1)</script>'] })).map(({ name, text }) => [name, text]),
  );
  const html = files.get('longmemeval.html')!;
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(html).toContain('recall_all@5');
  expect(html).toContain('S split (longmemeval_s.json), 4 questions');
  expect(files.get('longmemeval-recall.csv')!.split('\n')[1]).toMatch(/^all,1,1,4,0\.25,/);
  expect(files.get('longmemeval.md')).toContain('not your collection');
  expect(html).toContain('Cost estimated $1.50, settled $0.75, cap $5.00, by the price table harbour-2026');
  expect(JSON.parse(files.get('longmemeval.json')!)).toMatchObject({ schema_version: 1, verdict: 'floor_missed' });
  expect([...files.keys()].at(-1)).toBe('longmemeval.html');
});
