import { describe, expect, test } from 'vitest';
import { replayAbPages } from '../../../reports/replay-ab/replay-ab-pages.ts';
import { replayAbSchema, type ReplayAb } from '../../../schemas/replay-ab.ts';
import { REPLAY_ARMS_FIXTURES } from '../../schemas/replay-arms-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const REPORT = replayAbSchema.parse(REPLAY_ARMS_FIXTURES['replayAbSchema']!.accepts[0]);
const PASSED = REPORT.pairs[0]!.with;
const REFUSED: ReplayAb['pairs'][number]['with'] = {
  ...PASSED,
  state: 'refused',
  reasons: ['ungrounded'],
  answer: 'Call openGate with LOCK_99.',
  gate: { passed: false, reasons: ['ungrounded'] },
  grounding: [{ text: 'LOCK_99', kind: 'identifier', grounded: false }],
};
const SILENT: ReplayAb['pairs'][number]['with'] = {
  ...PASSED,
  state: 'unanswered',
  reasons: ['it hung'],
  answer: null,
  gate: null,
  grounding: [],
  model: null,
  replay_id: null,
  latency_ms: null,
};

const pageOf = (report: ReplayAb): string => replayAbPages(report).at(-1)!.text;

const pairsOf = (...pairs: [id: string, left: typeof PASSED, right: typeof PASSED][]): ReplayAb => ({
  ...REPORT,
  pairs: pairs.map(([id, left, right]) => ({ id, task: `How is ${id} opened?`, with: left, without: right, same_evidence: null })),
});

test('answers that had less to go by are told of', () => {
  const told = 'Less than was asked for, with playbooks:';
  const withArm = (trimmed: number, degraded: number): ReplayAb => ({
    ...REPORT,
    arms: { ...REPORT.arms, with: { ...REPORT.arms.with, trimmed, degraded } },
  });
  expect(pageOf(withArm(0, 0))).not.toContain(told);
  const page = pageOf(withArm(1, 3));
  expect(page.split(told)).toHaveLength(3);
  expect(page).toContain('1 answer had a bundle that was trimmed to the window');
  expect(page).toContain('3 answers had playbooks that were found otherwise than asked for');
});

describe('answers side by side', () => {
  const report = pairsOf(
    ['alike', PASSED, PASSED],
    ['silent', SILENT, PASSED],
    ['grounded', { ...REFUSED, grounding: [] }, REFUSED],
    ['lost', REFUSED, PASSED],
    ['won', PASSED, REFUSED],
  );

  test('begin with the tasks that came out differently', () => {
    const rows = replayAbPages(report)
      .find(({ name }) => name === 'replay-ab-pairs.csv')!
      .text.split('\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(0, 2));
    expect(rows).toEqual([
      ['lost', 'only_without'],
      ['won', 'only_with'],
      ['grounded', 'neither_passes'],
      ['alike', 'both_pass'],
      ['silent', 'not_compared'],
    ]);
    const page = pageOf(report);
    expect(page).toContain('3 tasks came out differently and stand first');
    expect(page.indexOf('How is lost opened?')).toBeLessThan(page.indexOf('How is alike opened?'));
  });

  test('have what they name marked on both sides', () => {
    const page = pageOf(pairsOf(['won', PASSED, REFUSED]));
    expect(page).toMatch(/<span class="named grounded"[^>]*>lock-house\/bell\.md<\/span>/);
    expect(page).toMatch(/<span class="named ungrounded"[^>]*>LOCK_99<\/span>/);
    expect(page).toContain('grounded 0 of 1');
    const markdown = replayAbPages(pairsOf(['won', PASSED, REFUSED]))[0]!.text;
    expect(markdown).toContain('**✕ LOCK_99**');
  });

  test('stay in the file where the page has no more room', () => {
    const many = pairsOf(...Array.from({ length: 45 }, (_, at): [string, typeof PASSED, typeof PASSED] => [`lock-${at}`, PASSED, REFUSED]));
    const files = replayAbPages(many);
    expect(files.at(-1)!.text).toContain('5 more pairs in the file.');
    expect(files.find(({ name }) => name === 'replay-ab-pairs.csv')!.text.split('\n')).toHaveLength(47);
  });
});

describe('the verdict', () => {
  const withDelta = (delta: number, significant: boolean): ReplayAb => {
    const changed = { delta, significant, ci95: [delta - 0.1, delta + 0.1] as [number, number], p_raw: 0.001 };
    const { gate_pass, wholly_grounded, grounding_rate } = REPORT.paired;
    return {
      ...REPORT,
      paired: {
        gate_pass: { ...gate_pass, ...changed },
        wholly_grounded: { ...wholly_grounded, significant: false },
        grounding_rate: { ...grounding_rate, significant: false },
      },
    };
  };

  test.each([
    ['Playbooks help', withDelta(0.42, true)],
    ['Playbooks harm', withDelta(-0.42, true)],
    ['No difference shown', withDelta(0.42, false)],
    ['Unfinished', { ...withDelta(0.42, true), verdict: 'unfinished' as const }],
  ])('%s', (word, report) => {
    expect(pageOf(report)).toContain(`${word}</h2>`);
  });

  test('tells the difference in points, with its interval, its p and whether it is significant', () => {
    expect(pageOf(withDelta(0.42, true))).toContain('+42.0 points (95 % +32.0 to +52.0, p 0.001), significant.');
    expect(pageOf(withDelta(-0.42, false))).toContain('−42.0 points (95 % −52.0 to −32.0, p 0.001), not significant.');
  });

  test('comes before what it rests on, the same evidence with it', () => {
    const page = pageOf(REPORT);
    expect(page).toContain('both judged on the same evidence');
    expect(page.indexOf('id="verdict"')).toBeLessThan(page.indexOf('id="arms"'));
    expect(page).toContain('without, same evidence');
  });
});

test('an answer that runs over 40 lines, markup and formulas: hostile text stays text', () => {
  const files = replayAbPages(
    poisonTexts(replayAbSchema, { ...REPORT, pairs: pairsOf(['won', PASSED, REFUSED], ['silent', SILENT, PASSED]).pairs }),
  );
  expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
  expect(files.at(-1)!.text).not.toMatch(/<script|<img/);
  expect(files[0]!.text.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
});

test('the document beside the page is the report', () => {
  expect(replayAbSchema.parse(JSON.parse(replayAbPages(REPORT)[1]!.text))).toEqual(REPORT);
  const { footer: _, ...bare } = REPORT;
  expect(pageOf(bare)).not.toContain('Reproducibility');
});
