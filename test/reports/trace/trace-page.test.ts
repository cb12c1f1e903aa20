import { expect, test } from 'vitest';
import { renderTrace } from '../../../reports/trace/render-trace.ts';
import { traceSchema, type Trace } from '../../../schemas/trace.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';

const HOSTILE = `</pre><script>alert("tide")</script><img src=x onerror=alert(1)> ' " & \u202e\u001b[31m`;
const ID = 'a'.repeat(64);

const TRACE: Trace = traceSchema.parse({
  schema: 'trace/1',
  asked: ID,
  kind: 'record',
  id: ID,
  run_id: '20260302T081500000Z-a1b2c3',
  latest_run_id: null,
  verdict: 'broken',
  first: { link: 'source_record', state: 'broken', of: ID, path: HOSTILE, expected: HOSTILE, found: HOSTILE, remedy: HOSTILE },
  links: [
    { link: 'export_row', state: 'holds', of: ID, path: 'exports/r/rag/playbooks.jsonl:1', expected: 'x', found: 'x', remedy: '' },
    { link: 'source_record', state: 'broken', of: ID, path: HOSTILE, expected: HOSTILE, found: HOSTILE, remedy: HOSTILE },
  ],
  records: [
    {
      role: 'record',
      evidence_id: ID,
      source: HOSTILE,
      adapter: 'openai-chat',
      task: { key: HOSTILE, text: HOSTILE },
      shard_file: 'lake/evidence/2026/03/02/k.parquet',
      provenance: {
        source_file: HOSTILE,
        locator: { line: 0, pointer: HOSTILE },
        line_offset: 0,
        sig_hash: 'b'.repeat(64),
        recorded_at: '2026-03-02T08:15:00Z',
        recorded_at_from: 'record',
      },
      source_line: 1,
      scored: {
        category: 'accepted',
        rule: HOSTILE,
        reasons: [{ reason: HOSTILE, value: '=1+1' }],
        scorer_version: 'score/1',
        shard_file: 's',
      },
      exports: [{ set: 'rag', id: ID, role: 'record', file: 'exports/r/rag/playbooks.jsonl', line: 1, split: 'train' }],
      left_out: [
        { set: 'sft', reason: 'duplicate_text', detail: `=HYPERLINK("x") ${HOSTILE}`, file: 'exports/r/quarantine/sft.jsonl', line: 3 },
      ],
      source_row: { from: 'evidence', text: HOSTILE, is_cut: true },
    },
  ],
});

test('a page with its tables and its document beside it; whatever the trace says stays text', () => {
  const files = renderTrace(TRACE, '/shelf/tide.html');
  expect(files.map(({ path }) => path)).toEqual(['/shelf/tide-links.csv', '/shelf/tide-rows.csv', '/shelf/tide.json', '/shelf/tide.html']);
  const page = files.at(-1)!.text;
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
  expect(page).toContain('&lt;script&gt;');
  expect(page).toContain('href="tide-links.csv"');
  expect(page).toContain('default-src &#39;none&#39;');
  expect(JSON.parse(files[2]!.text)).toEqual(TRACE);
});

test('the verdict comes first, with what to do', () => {
  const page = renderTrace(TRACE, 'tide.html').at(-1)!.text;
  expect(page.indexOf('Broken</h2>')).toBeGreaterThan(0);
  expect(page.indexOf('Broken</h2>')).toBeLessThan(page.indexOf('id="links"'));
  expect(page).toContain('source record');
});

test('no cell of a table is run by a spreadsheet', () => {
  const [links, rows] = renderTrace(TRACE, 'tide.html').map(({ text }) => text);
  for (const line of [links!, rows!].join('\n').split('\n')) expect(line).not.toMatch(/^[=+@]|,[=+@]/);
});
