import { describe, expect, test } from 'vitest';
import { writeRunPage } from '../../../reports/distill/run-page.ts';
import { runTables } from '../../../reports/distill/run-tables.ts';
import type { RunReport } from '../../../schemas/run-report.ts';
import { QUARANTINE_REASONS } from '../../../schemas/vocabulary.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { expectGolden } from './golden.ts';
import { poisonReport } from './poison.ts';
import { nightAfterTheSwitch, nightOfTheFullDisk } from './run-report-fixture.ts';

const page = writeRunPage(nightAfterTheSwitch);

test('the page of an accepted run', () => {
  expectGolden('run-page.html', page);
});

test('the page is sound and the same every time', () => {
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).not.toMatch(/<script|https?:\/\//);
  expect(writeRunPage(nightAfterTheSwitch)).toBe(page);
});

test('verdict first, then what changed, then the evidence', () => {
  const headings = [...page.matchAll(/<h2 id="([\w-]+)">/g)].map(([, id]) => id);
  expect(headings.slice(0, 4)).toEqual(['verdict', 'drift', 'flow', 'sets']);
  expect(headings.at(-1)).toBe('paths');
});

test('each picture has a sentence and each table its files', () => {
  expect(page.match(/<figure>/g)).toHaveLength(3);
  expect(page.match(/<figcaption>[A-Z][^<]+\.<\/figcaption>/g)).toHaveLength(3);
  const links = new Set([...page.matchAll(/href="([^"#]+\.csv)"/g)].map(([, name]) => name!));
  expect([...links].toSorted()).toEqual(
    runTables(nightAfterTheSwitch)
      .map(({ name }) => name)
      .toSorted(),
  );
});

test('every quarantine reason comes with its sentence', () => {
  for (const { reason } of nightAfterTheSwitch.quarantine)
    expect(page).toContain(QUARANTINE_REASONS[reason as keyof typeof QUARANTINE_REASONS]);
});

describe('a refused run', () => {
  const refused = writeRunPage(nightOfTheFullDisk);

  test('says so first, with its reasons and their numbers', () => {
    expect(refused).toContain('<title>Refused: Refinery run');
    expect(refused).toContain('A source has more quarantined records than max_quarantined allows.');
    expect(refused).toContain('help-desk-chats: 1,412 of 6,480 records (21.8 %) are quarantined');
    expect(refused).not.toContain('tone-accepted" aria-labelledby="verdict"');
  });

  test('names the commands that lead on, the commonest reason first', () => {
    const commands = [...refused.matchAll(/<code class="command">([^<]+)<\/code>/g)].map(([, command]) => command);
    expect(commands).toEqual([
      'lauter distill quarantine --reason broken_json',
      'lauter distill receipts --run-id 20250304-0210-9d4e',
      'lauter distill run-all',
    ]);
  });

  test('shows the failed check before the passed ones', () => {
    const [first] = refused.split('id="table-checks"')[1]?.match(/<tbody>\n<tr>.*<\/tr>/) ?? [];
    expect(first).toContain('124 of 125');
  });
});

test('hostile text in every free position stays text', () => {
  const { report, count } = poisonReport(nightAfterTheSwitch);
  expect(count).toBeGreaterThan(100);
  const poisoned = writeRunPage(report);
  expect(findMarkupFaults(poisoned)).toEqual([]);
  expect(poisoned).toContain('&lt;script&gt;brew()&lt;/script&gt;');
  expect(poisoned).not.toMatch(/<script|<img|href="javascript/);
});

test('a run that found nothing has no pictures and says why', () => {
  const empty = writeRunPage(emptyRun);
  expect(findMarkupFaults(empty)).toEqual([]);
  expect(empty).not.toContain('<svg');
  expect(empty).toContain('This is the first run of the workspace');
  expect(empty).toContain('No source was read.');
});

test('a source that left no evidence still stands in the picture and the table', () => {
  const [first, ...others] = nightAfterTheSwitch.summary.sources;
  const silent = { ...first!, name: 'torn-archive', records: 5, evidence: 0, quarantined: 5 };
  const report = { ...nightAfterTheSwitch, summary: { ...nightAfterTheSwitch.summary, sources: [first!, ...others, silent] } };
  expect(writeRunPage(report).match(/torn-archive<\/text>/g)).toHaveLength(2);
  expect(writeRunPage(report)).toContain('>torn-<wbr>archive</th>');
});

test('of very many sources the largest are drawn and the rest are summed', () => {
  const names = Array.from({ length: 30 }, (_, index) => `shelf-${String(index).padStart(2, '0')}`);
  const report: RunReport = {
    ...nightAfterTheSwitch,
    summary: {
      ...nightAfterTheSwitch.summary,
      sources: names.map((name) => ({ name, adapter: 'openai-chat', files: 1, records: 10, evidence: 10, quarantined: 0 })),
    },
    categories_by_source: names.map((source) => ({ source, category: 'accepted', rows: 10 })),
  };
  const drawn = writeRunPage(report);
  expect(drawn).toContain('>shelf-23</text>');
  expect(drawn).not.toContain('>shelf-24</text>');
  expect(drawn).toContain('>6 other sources</text>');
  expect(drawn).toContain('>60 rows</text>');
});

test('of very many ignored files 200 are listed and the rest are counted', () => {
  const ignored = Array.from({ length: 203 }, (_, index) => ({
    file: `note-${index + 1}.txt`,
    reason: 'Not JSON, JSONL or a log archive.',
  }));
  const long = writeRunPage({ ...nightAfterTheSwitch, ignored });
  expect(long).toContain('>note-<wbr>200.<wbr>txt<');
  expect(long).not.toContain('note-<wbr>201');
  expect(long).toContain('3 more rows in the file.');
});

const emptyRun: RunReport = {
  ...nightAfterTheSwitch,
  summary: {
    ...nightAfterTheSwitch.summary,
    verdict: 'refused',
    reasons: [{ reason: 'nothing_exported', detail: 'rag 0, sft 0, preference 0.' }],
    stages: [],
    sources: [],
    categories: { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 },
    exports: { rag: 0, sft: 0, preference: 0 },
    quarantined: {},
    redactions: {},
    drift: { severity: 'ok', against: null },
  },
  drift: { ...nightAfterTheSwitch.drift, severity: 'ok', against: null, metrics: [] },
  categories_by_source: [],
  quarantine: [],
  rules: [],
  health: [],
  checks: [],
  splits: [],
  ignored: [],
};
