import { describe, expect, test } from 'vitest';
import { renderReplayRun } from '../../../reports/replay-run/render-replay-run.ts';
import { replayRunReportSchema, type ReplayRunReport } from '../../../schemas/replay-run-report.ts';
import { REPLAY_FIXTURES } from '../../schemas/replay-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const REPORT = replayRunReportSchema.parse(REPLAY_FIXTURES['replayRunReportSchema']!.accepts[0]);
const ANSWER = 'Ring the bell as lock-house/bell.md says, wait 45 seconds, then see lock-house/bell.md again.';

function changed(change: Partial<ReplayRunReport['run']>): string {
  return pageOf({ ...REPORT, run: { ...REPORT.run, ...change } });
}

function pageOf(report: ReplayRunReport): string {
  return renderReplayRun(report).at(-1)!.text;
}

const refused = {
  answer: ANSWER,
  gate: { passed: false, reasons: ['ungrounded'] },
  escalation_path: [{ model: 'keeper-7b', gate: { passed: false, reasons: ['ungrounded'] } }],
  grounding: [
    { text: 'lock-house/bell.md', kind: 'path' as const, grounded: true },
    { text: '45 seconds', kind: 'number' as const, grounded: false },
    { text: 'quay@harbour.example', kind: 'identifier' as const, grounded: false },
  ],
};

describe('the answer', () => {
  const page = changed(refused);

  test('has every name marked, what has no ground otherwise than what has', () => {
    expect(
      page.match(/<span class="named grounded" title="path, found in the bundle or the task">lock-house\/bell\.md<\/span>/g),
    ).toHaveLength(2);
    expect(page).toContain('<span class="named ungrounded" title="number, found in neither bundle nor task">45 seconds</span>');
    expect(findMarkupFaults(page)).toEqual([]);
  });

  test('does not lean on colour: a cross and a wave stand for what has no ground, and a legend says so', () => {
    expect(page).toMatch(/\.named\.ungrounded::before \{ content: "✕/);
    expect(page).toMatch(/\.named\.ungrounded \{ text-decoration: underline wavy/);
    expect(page.indexOf('found in neither bundle nor task</li>')).toBeLessThan(page.indexOf('class="answer"'));
  });

  test('is told in Markdown with the same marks', () => {
    const markdown = renderReplayRun({ ...REPORT, run: { ...REPORT.run, ...refused } })[0]!.text;
    expect(markdown).toContain('> Ring the bell as *lock-house/bell.md* says, wait **✕ 45 seconds**, then see *lock-house/bell.md* again.');
  });

  test('that lacks a listed name says so in the table', () => {
    const [, , ...tables] = renderReplayRun({ ...REPORT, run: { ...REPORT.run, ...refused } });
    expect(tables.find(({ name }) => name === 'replay-run-names.csv')?.text).toBe(
      'text,kind,ground,place\n45 seconds,number,ungrounded,1 time\nquay@harbour.example,identifier,ungrounded,not found there\nlock-house/bell.md,path,grounded,2 times\n',
    );
  });
});

test('the verdict comes first, with its reasons and what has no ground', () => {
  const page = changed(refused);
  expect(page).toContain('Refused</h2>');
  expect(page).toContain('the answer names what neither the bundle nor the task names: 45 seconds · quay@harbour.example');
  expect(page.indexOf('id="verdict"')).toBeLessThan(page.indexOf('id="answer"'));
  expect(changed({ escalation_path: [{ model: 'keeper-7b', gate: { passed: true, reasons: [] } }] })).toContain('Passed</h2>');
});

test('a run in which no model answered has no answer, and says what failed', () => {
  const gate = { passed: false, reasons: ['no_answer'] };
  const page = changed({ answer: '', gate, grounding: [], escalation_path: [{ model: 'keeper-7b', gate, failure: 'it hung' }] });
  expect(page).toContain('No answer</h2>');
  expect(page).toContain('it hung');
  expect(page).not.toContain('class="answer"');
});

test('what only warns, what was not looked at, and what was trimmed is told', () => {
  const { trimmed: _, ...whole } = REPORT.run;
  const told = (run: ReplayRunReport['run']): string => pageOf({ ...REPORT, run });
  expect(told({ ...whole, ...refused, gate: { passed: true, reasons: [] }, grounding_mode: 'warn' })).toContain(
    'Not grounded, which only warns here:',
  );
  expect(told({ ...whole, grounding: [], grounding_mode: 'off' })).toContain('Grounding was not checked.');
  expect(pageOf(REPORT)).toContain('the window of 4096 tokens has no room for all of it');
  expect(told(whole)).not.toContain('trimmed');
});

test('a long playbook is folded behind its beginning, a short one is not', () => {
  const entry = REPORT.run.bundle.exemplars[0]!;
  const bundle = { ...REPORT.run.bundle, exemplars: [{ ...entry, content: `Walk the quay. ${'Read the gauge. '.repeat(60)}` }] };
  expect(changed({ bundle })).toContain('<summary>Walk the quay. Read the gauge.');
  expect(pageOf(REPORT)).not.toContain('<summary>');
});

test('hostile tasks, answers and playbooks stay text', () => {
  const poisoned = poisonTexts(replayRunReportSchema, { ...REPORT, run: { ...REPORT.run, ...refused } });
  const files = renderReplayRun(poisoned);
  expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
  expect(files.at(-1)!.text).not.toMatch(/<script|<img/);
  expect(files[0]!.text.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
  for (const { name, text } of files.filter((file) => file.name.endsWith('.csv')))
    for (const line of text.split('\n')) expect(line, name).not.toMatch(/^[=+@]|,[=+@]/);
});

test('the same report gives the same bytes, and all of it lies beside the page', () => {
  expect(renderReplayRun(REPORT)).toEqual(renderReplayRun(REPORT));
  const files = renderReplayRun(REPORT, 'dawn');
  expect(files.map(({ name }) => name)).toContain('dawn-names.csv');
  expect(files.at(-1)!.name).toBe('dawn.html');
  expect(replayRunReportSchema.parse(JSON.parse(files[1]!.text))).toEqual(REPORT);
});
