import { expect, test } from 'vitest';
import { renderAuditMarkdown, renderAuditPage } from '../../../reports/audit/render-audit.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { auditReport, HOSTILE } from './audit-report-fixture.ts';

const files = new Map(renderAuditPage(auditReport(), 'tide').map(({ name, text }) => [name, text]));
const page = files.get('tide.html')!;

test('a page, its document, and a CSV for each table, all named after it', () => {
  expect([...files.keys()]).toEqual([
    'tide-drift.csv',
    'tide-checks.csv',
    'tide-findings.csv',
    'tide-warnings.csv',
    'tide-baselines.csv',
    'tide.json',
    'tide.html',
  ]);
  expect(JSON.parse(files.get('tide.json')!)).toEqual(auditReport());
});

test('whatever the findings quote stays text, on the page and in the tables', () => {
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).not.toMatch(/<script|<img/);
  expect(page).not.toContain('\u001b');
  expect(files.get('tide-findings.csv')).toContain(`"'=HYPERLINK(""x"")`);
});

test('the verdict comes first, with what to do about the failed check', () => {
  const verdict = page.slice(page.indexOf('class="verdict'), page.indexOf('<nav'));
  expect(verdict).toContain('Refused');
  expect(verdict).toContain('1 check of 16 failed');
  expect(verdict).toContain('11 RAG rules:');
  expect(verdict).toContain('(and 6 more)');
  expect(verdict).toContain('lauter distill audit-full');
});

test('the drift table holds both the change and the interval, and what warns is said', () => {
  // From 60 to 20: a third is left; chance would go down to about 60 - 1.96 * sqrt(2 * 60) = 38.5 and no further.
  expect(files.get('tide-drift.csv')).toMatch(/\np3_accepted,60,20,-0\.6+\d*,(39|40),8[3-6],warn,/);
  expect(files.get('tide-drift.csv')).toMatch(/\np2_evidence_rows,100,100,0,/);
  expect(page).toContain('Scored runs accepted, SFT rows warn.');
});

test('ten small pictures over all baselines, in both sizes', () => {
  for (const label of ['Evidence', 'Preference pairs', 'Kept out']) expect(page).toContain(`>${label}</text>`);
  expect(page.match(/<div class="chart (?:wide|narrow)">/g)).toHaveLength(2);
  expect(page).toContain('over 3 baselines');
});

test('the same in Markdown', () => {
  const { name, text } = renderAuditMarkdown(auditReport(), 'tide');
  expect(name).toBe('tide.md');
  expect(text).toMatch(/^# Refused: full audit of run `20260303T050000000Z-a1b2c3`\n/);
  expect(text).toContain('## What changed');
  expect(text).toMatch(/\| `p3_accepted` \| 60 \| 20 \| −66\.7% \|/);
  expect(text).not.toContain(HOSTILE);
  // Code spans, which paths stand in, are left as they are.
  expect(text.replace(/`[^`\n]*`/g, '')).not.toMatch(/(?<!\\)<(?:script|img)/);
});

test('an audit with nothing to compare with says so', () => {
  const first = {
    ...auditReport(),
    drift: { against: null, severity: 'ok' as const, reason: 'there is no accepted baseline to compare with', metrics: [] },
    baselines: [],
    baseline: null,
  };
  const text = renderAuditPage(first, 'tide').at(-1)!.text;
  expect(findMarkupFaults(text)).toEqual([]);
  expect(text).toContain('There is no accepted baseline to compare with.');
  expect(text).toContain('the chain is damaged');
});
