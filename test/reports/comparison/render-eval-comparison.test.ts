import { describe, expect, test } from 'vitest';
import { renderEvalComparison } from '../../../reports/comparison/render-eval-comparison.ts';
import type { EvalComparison, ExpectationOutcome } from '../../../schemas/eval-comparison.ts';
import { POISON } from '../distill/poison.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { makeUp, type MadeUpSuite } from './made-up-comparison.ts';

/** Ten questions about a harbour: tokenmax wins two over conservative and loses one. */
const HARBOUR: MadeUpSuite = {
  suite: 'longmemeval',
  arms: ['conservative', 'balanced', 'tokenmax'],
  metrics: ['recall_all@5', 'recall_any@1'],
  usd: { conservative: 0.001, balanced: 0.004, tokenmax: 0.003 },
  questions: [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
    [0, 0, 0],
    [0, 0, 0],
    [0, 1, 1],
    [0, 0, 1],
    [1, 0, 0],
    [1, 1, 1],
  ].map((scores, at) => ({ id: `q${at}`, type: at < 4 ? 'single-session' : 'multi-session', text: `When does tide ${at} turn?`, scores })),
  drift: 0.01,
};

const REPLAY: MadeUpSuite = { ...HARBOUR, suite: 'replay', metrics: ['jaccard@k'], usd: {} };

function render(comparison: EvalComparison): { page: string; markdown: string; names: string[]; file(name: string): string } {
  const files = renderEvalComparison(comparison);
  const file = (name: string): string => files.find((one) => one.name === name)!.text;
  return { page: files.at(-1)!.text, markdown: file('eval-comparison.md'), names: files.map(({ name }) => name), file };
}

/** Figures, captions, and tables that follow their figure in the same section. */
function figuresOf(page: string): { readonly sentence: string; readonly hasTwin: boolean }[] {
  return page.split('<section').flatMap((section) => {
    const [, sentence] = /<figcaption>([^<]*)<\/figcaption>/.exec(section) ?? [];
    return sentence === undefined ? [] : [{ sentence, hasTwin: section.indexOf('<table>') > section.indexOf('<figcaption>') }];
  });
}

describe('three arms', () => {
  const { page, markdown, names, file } = render(makeUp([HARBOUR]));

  test('are a page, Markdown, JSON and a table for each section, the same bytes each time', () => {
    expect(findMarkupFaults(page)).toEqual([]);
    expect(renderEvalComparison(makeUp([HARBOUR]))).toEqual(renderEvalComparison(makeUp([HARBOUR])));
    expect(names).toEqual([
      'eval-comparison.md',
      'eval-comparison.json',
      ...[
        'differences',
        'means',
        'questions',
        'types',
        'costs',
        'standouts',
        'outcomes',
        'records',
        'notices',
        'glossary',
        'reproducibility',
      ].map((table) => `eval-comparison-${table}.csv`),
      'eval-comparison.html',
    ]);
    for (const [, link] of page.matchAll(/href="([^"#]+)"/g)) if (link !== 'data:,') expect(names).toContain(decodeURIComponent(link!));
    expect(JSON.parse(file('eval-comparison.json'))).toMatchObject({ schema_version: 2 });
  });

  test('each figure has a sentence, and a table below it', () => {
    const figures = figuresOf(page);
    expect(figures.map(({ sentence }) => sentence.slice(0, 14))).toEqual([
      'The difference',
      'Questions by t',
      'recall_all@5 b',
      'On the Pareto ',
    ]);
    for (const { sentence, hasTwin } of figures) expect([sentence, hasTwin]).toEqual([expect.stringMatching(/\.$/), true]);
    for (const { sentence } of figures) expect(markdown.replaceAll('\\', '')).toContain(sentence);
  });

  test('a row of chance alone says so, in every form', () => {
    expect(page).toContain('Not significant');
    expect(
      file('eval-comparison-differences.csv')
        .split('\n')
        .slice(1, 7)
        .every((row) => row.includes('not significant')),
    ).toBe(true);
    expect(markdown.match(/^\| recall_a\S+ \|.*\| not significant \|/gm)).toHaveLength(6);
  });

  test('wins, losses and what stayed are counted pair by pair', () => {
    // conservative: q0-q3, q8, q9. tokenmax: q0-q3, q6, q7, q9. balanced: q0-q3, q6, q9.
    expect(page).toContain('balanced against conservative: 1 won, 1 lost, 8 the same.');
    expect(page).toContain('tokenmax against conservative: 2 won, 1 lost, 7 the same.');
    expect(page).toContain('tokenmax against balanced: 1 won, 0 lost, 9 the same.');
  });

  test('questions stand widest first, with the score of every arm', () => {
    const rows = file('eval-comparison-questions.csv').split('\n');
    expect(rows[0]).toBe('question_id,type,conservative,balanced,tokenmax');
    expect(rows.slice(1, 5)).toEqual([
      'q6,multi-session,0,1,1',
      'q7,multi-session,0,0,1',
      'q8,multi-session,1,0,0',
      'q0,single-session,1,1,1',
    ]);
  });

  test('the Pareto front is named, and what it leaves out, and by whom', () => {
    // conservative 0.6 for $0.001, tokenmax 0.7 for $0.003, balanced 0.6 for $0.004.
    expect(page).toContain('On the Pareto front: conservative ($0.001 est, 0.6000) and tokenmax ($0.003 est, 0.7000).');
    expect(page).toContain('balanced ($0.004 est, 0.6000) is dominated by conservative.');
    expect(page).toContain('The step from conservative to tokenmax is not significant.');
    expect(file('eval-comparison-costs.csv')).toContain('dominated by conservative');
  });

  test('a type is told with its count, and small ones are named as such', () => {
    expect(file('eval-comparison-types.csv').split('\n').slice(0, 2)).toEqual([
      'type,metric,conservative,n conservative,balanced,n balanced,tokenmax,n tokenmax',
      'single-session,recall_all@5,1,4,1,4,1,4',
    ]);
    expect(page).toContain('2 types of 2 have fewer than 30 questions.');
  });

  test('outcomes are all six', () => {
    expect(file('eval-comparison-outcomes.csv').split('\n')).toHaveLength(1 + 6 + 1);
  });
});

describe('the verdict', () => {
  const outcome = (state: ExpectationOutcome['state'], changes: Partial<ExpectationOutcome> = {}): ExpectationOutcome => ({
    expectation: {
      id: 'E3',
      text: 'at most 3 pp apart',
      suite: 'longmemeval',
      metric: 'recall_all@5',
      arm: 'tokenmax',
      versus: 'balanced',
      statistic: 'absolute_difference',
      op: '<=',
      high: 3,
      unit: 'pp',
    },
    suite: 'longmemeval',
    arm: 'tokenmax',
    state,
    reason: null,
    observed: 10,
    ci95: [2, 18.5],
    is_late: false,
    ...changes,
  });
  const withOutcomes = (...outcomes: ExpectationOutcome[]) =>
    render(
      makeUp([HARBOUR], {
        expectations: { sha256: 'd'.repeat(64), registered_at: '2026-03-01T00:00:00Z', path: 'expected.json', outcomes },
      }),
    );

  test('a failed expectation comes first, with what was found and its interval, before any section', () => {
    const { page } = withOutcomes(outcome('held'), outcome('failed', { is_late: true }));
    const verdict = page.slice(page.indexOf('<main'), page.indexOf('<nav'));
    expect(verdict).toContain('Expectations failed');
    expect(verdict).toContain('1 of 2 expectations failed.');
    expect(verdict).toContain('at most 3 pp apart; found 10.00 pp (2.00 to 18.50) for tokenmax; registered after the run');
    expect(page).toContain('d'.repeat(64));
  });

  test('what held or cannot be tested fails nothing', () => {
    const { page } = withOutcomes(outcome('held'), outcome('not_testable', { reason: 'no cost is known', observed: null, ci95: null }));
    expect(page).not.toContain('Expectations failed');
    expect(page).toContain('no cost is known');
    expect(page).toContain('Not testable');
  });

  test('says which arms are apart, and only where it is significant', () => {
    const { page } = render(makeUp([{ ...HARBOUR, isSignificant: (a) => a === 'conservative' }]));
    expect(page).toContain('4 of 6 comparisons are significant after correction.');
    expect(page).toContain('tokenmax minus conservative +0.1000');
    expect(render(makeUp([HARBOUR])).page).toContain('Of 6 comparisons none is more than chance may explain: not significant.');
  });

  test('names cells that are missing, dropped questions, and what cannot be made again', () => {
    const whole = makeUp([HARBOUR]);
    const { page } = render({
      ...whole,
      grouped: { longmemeval: { ...whole.grouped.longmemeval, tokenmax: null } },
      suites: whole.suites.map((suite) => ({ ...suite, dropped: { balanced: 3 } })),
      malformed_lines: 2,
      _meta: { ...whole._meta, footer: { ...whole._meta.footer, commit: null, is_reproducible: false } },
    });
    expect(page).toContain('there is no record of it');
    expect(page).toContain('dropped were 3 of balanced');
    expect(page).toContain('not reproducible');
    expect(page).toContain('2 lines of the ledger could not be read');
  });
});

describe('hostile text', () => {
  const poisoned = {
    ...HARBOUR,
    suite: `tides${POISON}`,
    arms: HARBOUR.arms.map((arm) => `${arm}${POISON}`),
    metrics: HARBOUR.metrics.map((metric) => `${metric}${POISON}`),
    questions: HARBOUR.questions.map(({ text, id, type, scores }) => ({
      id: `${id}${POISON}`,
      type: `${type}${POISON}`,
      text: `${text}${POISON}`,
      scores,
    })),
    usd: Object.fromEntries(HARBOUR.arms.map((arm, at) => [`${arm}${POISON}`, at + 1])),
  };
  const { page, markdown, names, file } = render(makeUp([poisoned, HARBOUR], { notices: [POISON] }));

  test('stays text on the page, in Markdown and in tables', () => {
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(markdown.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/(?<!\\)<script/);
    expect(markdown).not.toContain('\u001b');
    for (const name of names.filter((one) => one.endsWith('.csv'))) expect(file(name)).not.toMatch(/\u001b|^=/m);
  });

  test('names no file and no anchor', () => {
    for (const name of names) expect(name).toMatch(/^[\w.-]+$/);
  });

  test('a question that fills the page is cut for people, and whole in the file', () => {
    const text = `When does the tide turn? ${'Tell me. '.repeat(200)}end of it`;
    const long = render(makeUp([{ ...HARBOUR, questions: HARBOUR.questions.map((question) => ({ ...question, text })) }]));
    expect(long.page).not.toContain('end of it');
    expect(long.file('eval-comparison-standouts.csv')).toContain('end of it');
  });
});

describe('little to compare', () => {
  test('no suite at all', () => {
    const { page } = render(makeUp([]));
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).toContain('Nothing was compared.');
  });

  test('a suite without questions, types, metrics or costs', () => {
    const { page } = render(makeUp([{ ...HARBOUR, metrics: [], usd: {}, questions: [] }]));
    expect(findMarkupFaults(page)).toEqual([]);
    expect(figuresOf(page)).toEqual([]);
  });

  test('one arm is not compared', () => {
    const { page } = render(
      makeUp([
        {
          ...HARBOUR,
          arms: ['balanced'],
          questions: HARBOUR.questions.map((question) => ({ ...question, scores: question.scores.slice(0, 1) })),
        },
      ]),
    );
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).toContain('There are fewer than two arms, so nothing was compared.');
  });

  test('one question is not testable', () => {
    const { page } = render(makeUp([{ ...HARBOUR, questions: HARBOUR.questions.slice(6, 7) }]));
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).toContain('not testable, not significant');
  });

  test('means that nobody knows are n/a, and never 0', () => {
    const { page, file } = render(
      makeUp([
        { ...HARBOUR, questions: HARBOUR.questions.map((question) => ({ ...question, scores: [null, ...question.scores.slice(1)] })) },
      ]),
    );
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).not.toContain('NaN');
    expect(page).toContain('n/a');
    expect(file('eval-comparison-means.csv').split('\n')[1]).toBe('recall_all@5,conservative,10,,,,');
  });

  test('arms that cost nothing have no front to draw', () => {
    const { page } = render(makeUp([{ ...HARBOUR, usd: { conservative: 0, balanced: 0, tokenmax: 0 } }]));
    expect(page).not.toContain('On the Pareto front:');
    expect(page).toContain('$0');
  });
});

test('two suites have sections, tables and files of their own', () => {
  const { page, names } = render(makeUp([HARBOUR, REPLAY]));
  expect(findMarkupFaults(page)).toEqual([]);
  expect(names).toContain('eval-comparison-1-differences.csv');
  expect(names).toContain('eval-comparison-2-differences.csv');
  expect(page).toContain('Differences: replay');
});

test('one mode in two runs: questions that moved, widest first, with what was won and lost', () => {
  const rerun = {
    ...HARBOUR,
    arms: ['balanced 01aa', 'balanced 02bb'],
    mode: () => 'balanced',
    questions: HARBOUR.questions.map((question) => ({ ...question, scores: [question.scores[0]!, question.scores[2]!] })),
  };
  const { page, file } = render(makeUp([rerun]));
  expect(page).toContain('Comparison of two runs');
  expect(page).toContain('Questions that moved');
  expect(page).toContain('Of 10 questions, 2 won, 1 lost, 7 the same.');
  const rows = file('eval-comparison-questions.csv').split('\n');
  expect(rows[0]).toBe('question_id,type,balanced 01aa,balanced 02bb,difference,movement');
  expect(rows.slice(1, 5)).toEqual([
    'q6,multi-session,0,1,1,won',
    'q7,multi-session,0,1,1,won',
    'q8,multi-session,1,0,-1,lost',
    'q0,single-session,1,1,0,same',
  ]);
});
