import { describe, expect, test } from 'vitest';
import { renderDeterminism } from '../../../reports/determinism/render-determinism.ts';
import { determinismReportSchema, type DeterminismModel, type DeterminismReport } from '../../../schemas/determinism-report.ts';
import { POISON } from '../distill/poison.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';

const NOT_MEASURED = { min: null, max: null, delta: null, values: [null, null, null] };

const TERN: DeterminismModel = {
  model_id: 'tern-7b',
  n_runs: 3,
  run_ids: ['run-1', 'run-2', 'run-3'],
  mrr: { min: 0.4, max: 0.41, delta: 0.01, values: [0.4, 0.405, 0.41] },
  hit_at_1: { min: 0.5, max: 0.55, delta: 0.05, values: [0.5, 0.5, 0.55] },
  judge_mean: NOT_MEASURED,
  ndcg_at_10: { min: 0.45, max: 0.46, delta: 0.01, values: [0.45, 0.45, 0.46] },
  hit_at_3: NOT_MEASURED,
  hit_at_5: NOT_MEASURED,
  hit_at_10: NOT_MEASURED,
  per_source: [{ source: 'shell', n: 7, mrr: { min: 0.3, max: 0.3, delta: 0, values: [0.3, 0.3, 0.3] }, hit_at_1: NOT_MEASURED }],
  scored_count: 100,
  verdict: 'FAIL',
  reasons: [{ code: 'over_budget', detail: 'hit_at_1 delta 0.0500, budget 0.02' }],
  degenerate: false,
  mde: { form: 'unpaired', mrr: 0.17, hit_at_1: 0.1981 },
  budget_flips: 2,
  flips: {
    hit_at_1: 25,
    rank: 25,
    items: Array.from({ length: 25 }, (_, at) => ({ qa_id: `qa-${at}`, source: 'shell', ranks: [1, null, 3], is_flip: true })),
  },
  pass_all_runs: 0.31,
  causes: [
    {
      cause: 'model_changed',
      state: 'ruled out',
      evidence: [{ field: 'model_card_before', values: [{ value: 'sha256:feather', run_ids: ['run-1', 'run-2', 'run-3'] }] }],
    },
  ],
  bt29: { established: false, claim: null, reason: 'the verdict is FAIL' },
  warnings: [],
};

const REPORT: DeterminismReport = {
  schema: 'lauter.determinism/1',
  mode: 'hybrid',
  budgets: { mrr: 0.02, hit_at_1: 0.02, judge_mean: 0.1 },
  tolerance: 1e-9,
  required_runs: 3,
  runs: [1, 2, 3].map((number) => ({ run_id: `run-${number}`, path: `r${number}.jsonl`, sha256: String(number).repeat(64) })),
  comparability: { status: 'comparable', key: 'k'.repeat(64), differences: [] },
  models: [TERN],
  not_compared: ['gull-3b'],
  overall: 'FAIL',
  bt29: { established: false, claim: null, reason: 'the verdict is FAIL' },
  warnings: ['the fog was thick'],
  exit_code: 1,
};

function render(report: DeterminismReport): { markdown: string; page: string; names: string[] } {
  const { markdown, files } = renderDeterminism(determinismReportSchema.parse(report));
  return { markdown, page: files.at(-1)!.text, names: files.map(({ name }) => name) };
}

describe('Markdown', () => {
  const { markdown } = render(REPORT);

  test('one row for each model, to four decimals', () => {
    expect(markdown).toContain(
      '| model | n_runs | mrr range | mrr delta | hit@1 range | hit@1 delta | judge-mean range | judge-mean delta | MDE mrr / hit@1 | verdict |\n',
    );
    expect(markdown).toContain('| tern-7b | 3 | 0.4000–0.4100 | 0.0100 | 0.5000–0.5500 | 0.0500 | n/a | n/a | 0.1700 / 0.1981 | FAIL |\n');
  });

  test('runs with their hashes, mode, budgets, comparability before it', () => {
    const before = markdown.slice(0, markdown.indexOf('| model |'));
    for (const told of [
      '`run-2`',
      '2'.repeat(64),
      'Mode: hybrid',
      'MRR 0.02, Hit@1 0.02, judge-mean 0.1',
      'floor(0.02 x 100) = 2 item flips',
      'comparable, key',
    ])
      expect(before).toContain(told);
  });

  test('not compared, flips, causes, BT-29 after it, in this order, the verdict last', () => {
    const places = [
      '| model |',
      'Not compared: gull-3b',
      '## Flips',
      '## Possible causes',
      'BT-29: not established (the verdict is FAIL)',
      '**Overall: FAIL**',
    ].map((text) => markdown.indexOf(text));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
    expect(markdown.endsWith('**Overall: FAIL**\n')).toBe(true);
  });

  test('the twenty widest flips', () => {
    expect(markdown.match(/^\| qa-\d+ \|/gm)).toHaveLength(20);
    expect(markdown).toContain('| qa-0 | shell | 1 · – · 3 | yes |');
    expect(markdown).toContain('5 more in the JSON.');
    expect(markdown).toContain('Hit@1 in every run: 31.0% of the items.');
  });

  test('a passed verdict claims no more than was measured', () => {
    const passed: DeterminismReport = {
      ...REPORT,
      models: [{ ...TERN, verdict: 'PASS', reasons: [], causes: [] }],
      overall: 'PASS',
      exit_code: 0,
      bt29: { established: true, claim: 'retrieval_only', reason: null },
    };
    expect(render(passed).markdown).toContain('BT-29: established for retrieval only; judge-mean deferred\n');
    expect(render(passed).page).toContain('judge-mean deferred');
    expect(render({ ...passed, bt29: { established: true, claim: 'full', reason: null } }).markdown).toContain('\nBT-29: established\n');
  });

  test.each([
    ['tern|7b', 'tern\\|7b'],
    ['**tern**', '\\*\\*tern\\*\\*'],
    ['[tern](http://rock)', '\\[tern\\](http\\://rock)'],
    [' tern ', '" tern "'],
    ['tern\nFAIL |', '"tern\\\\nFAIL \\|"'],
  ])('a model called %j stays in its cell', (id, shown) => {
    expect(render({ ...REPORT, models: [{ ...TERN, model_id: id }] }).markdown).toContain(`\n| ${shown} | 3 | 0.4000`);
  });
});

describe('the page', () => {
  test('is one well-formed file that links to nothing but what lies beside it', () => {
    const { page, names } = render(REPORT);
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).toContain('<meta http-equiv="Content-Security-Policy" content="default-src ');
    const linked = [...page.matchAll(/href="([^"#:]+)"/g)].map(([, name]) => name!);
    expect(linked.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('shows the spread of each metric against its budget', () => {
    const { page } = render(REPORT);
    expect(page).toContain('MRR · tern-7b');
    expect(page).toContain('0.5000–0.5500, Δ 0.0500');
    expect(page).toContain('one leaves it');
  });

  test('hostile names are text', () => {
    const hostile: DeterminismReport = {
      ...REPORT,
      models: [
        {
          ...TERN,
          model_id: POISON,
          run_ids: [POISON, POISON, POISON],
          warnings: [POISON],
          reasons: [{ code: 'invalid_run', detail: POISON }],
          flips: { hit_at_1: 1, rank: 1, items: [{ qa_id: POISON, source: POISON, ranks: [1, null, 2], is_flip: true }] },
          causes: [
            { cause: 'model_changed', state: 'found', evidence: [{ field: POISON, values: [{ value: POISON, run_ids: [POISON] }] }] },
          ],
        },
      ],
      runs: [{ run_id: POISON, path: POISON, sha256: 'a'.repeat(64) }],
      comparability: {
        status: 'not comparable',
        key: null,
        differences: [{ field: POISON, values: [{ value: POISON, run_ids: [POISON] }] }],
      },
      not_compared: [POISON],
      bt29: { established: false, claim: null, reason: POISON },
      warnings: [POISON],
    };
    const { page, markdown } = render(hostile);
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).not.toContain('<script');
    // Outside of code, where nothing but the fence has a meaning, every sign of markup is escaped.
    expect(markdown.replace(/(?<fence>`+)[^\n]*?\k<fence>(?!`)/g, '')).not.toMatch(/(?<!\\)</);
    expect(markdown.split('\n').filter((line) => line.startsWith('# '))).toEqual(['# Determinism of bench runs']);
  });

  test('nothing compared: no picture, and the reason why', () => {
    const { page, markdown } = render({
      ...REPORT,
      models: [],
      bt29: { established: false, claim: null, reason: 'no model was compared' },
    });
    expect(findMarkupFaults(page)).toEqual([]);
    expect(page).not.toContain('<figure');
    expect(markdown).toContain('| model | n_runs |');
    expect(markdown).toContain('N is not known');
  });
});
