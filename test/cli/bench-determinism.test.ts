import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../domain/shared/json.ts';
import { determinismReportSchema, type DeterminismReport } from '../../schemas/determinism-report.ts';
import { makeEnd, makeManifest, makeProxy, makeRun, makeSummary, TERN, writeRunFile, type RunShape } from '../support/bench-run-files.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Judged extends CliOutcome {
  readonly report: DeterminismReport;
  /** Cells of the model rows of the Markdown, the verdict last. */
  readonly rows: readonly (readonly string[])[];
}

/** The command over files of these contents, once as JSON and once as Markdown. */
async function determinism(contents: readonly (string | Uint8Array)[], ...more: string[]): Promise<Judged> {
  const names = contents.map((_, at) => `r${at + 1}.jsonl`);
  const cwd = temporaryFolder(Object.fromEntries(names.map((name, at) => [name, contents[at]!])));
  const { code, out, err } = await runCli(['bench', 'determinism', ...names, ...more], cwd);
  const json = await runCli(['bench', 'determinism', ...names, ...more, '--json'], cwd);
  expect(json.code).toBe(code);
  if (json.out === '') throw new Error(`nothing was judged: ${err}`);
  const report = determinismReportSchema.parse(JSON.parse(json.out));
  expect(report.exit_code).toBe(code);
  expect(out).toMatch(new RegExp(`\\n\\*\\*Overall: ${report.overall}\\*\\*\\n$`));
  return { code, out, err, report, rows: rowsOf(out) };
}

async function refused(contents: readonly (string | Uint8Array)[], ...more: string[]): Promise<{ code: number; err: string }> {
  const names = contents.map((_, at) => `r${at + 1}.jsonl`);
  const cwd = temporaryFolder(Object.fromEntries(names.map((name, at) => [name, contents[at]!])));
  const { code, out, err } = await runCli(['bench', 'determinism', ...names, ...more], cwd);
  expect(out).toBe('');
  return { code, err };
}

function rowsOf(markdown: string): string[][] {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => line.startsWith('| model | n_runs |'));
  const rows = lines.slice(head + 2);
  return rows.slice(0, rows.indexOf('')).map((line) => line.slice(2, -2).split(' | '));
}

function runs(...shapes: RunShape[]): string[] {
  return shapes.map((shape, at) => writeRunFile(makeRun(at + 1, shape)));
}

const A = (mrr: unknown, hitAt1: unknown, more: RunShape = {}): RunShape => ({ mrr, hitAt1, ...more });

describe('the conformance table', () => {
  test('D01: spreads within the budgets pass', async () => {
    const { code, report, rows } = await determinism(runs(A(0.4, 0.5), A(0.405, 0.5), A(0.41, 0.51)));
    expect([code, report.overall]).toEqual([0, 'PASS']);
    // MDE for Hit@1 by hand: 2.801585 x sqrt(2 x (0.25 + 0.25 + 0.2499) / 3 / 100) = 0.1981; without items there is none for MRR.
    expect(rows).toEqual([[TERN, '3', '0.4000–0.4100', '0.0100', '0.5000–0.5100', '0.0100', 'n/a', 'n/a', 'n/a / 0.1981', 'PASS']]);
    expect(report.bt29).toEqual({ established: true, claim: 'retrieval_only', reason: null });
  });

  test('D02, D03, D07: one spread beyond its budget fails', async () => {
    for (const [first, second, by] of [
      [A(0.4, 0.5), A(0.45, 0.51), 'mrr'],
      [A(0.5, 0.3), A(0.501, 0.5), 'hit_at_1'],
      [A(0.4, 0.5), A(0.4201, 0.5), 'mrr'],
    ] as const) {
      const { code, report, rows } = await determinism(runs(first, second));
      expect([
        code,
        rows[0]?.at(-1),
        report.models[0]?.reasons.map(({ code: reason, detail }) => `${reason} ${detail.split(' ')[0]}`),
      ]).toEqual([1, 'FAIL', [`over_budget ${by}`]]);
    }
  });

  test('D05, D06: float noise is forgiven, a hundred-millionth is not', async () => {
    expect((await determinism(runs(A(0.4, 0.48), A(0.4, 0.5)))).code).toBe(0);
    expect((await determinism(runs(A(0.4, 0.35), A(0.4, 0.37)))).code).toBe(0);
    expect((await determinism(runs(A(0.4, 0.5), A(0.42 + 5e-10, 0.5)))).code).toBe(0);
    expect((await determinism(runs(A(0.4, 0.5), A(0.42 + 1e-8, 0.5)))).code).toBe(1);
  });

  test('D09: a budget of 0 asks for equality, one below 0 for nothing that can be', async () => {
    const same = runs(A(0.4, 0.5), A(0.4, 0.5));
    expect((await determinism(same, '--mrr-budget', '0', '--hit-at-1-budget', '0')).code).toBe(0);
    expect(await refused(same, '--mrr-budget', '-0.01')).toMatchObject({ code: 2, err: expect.stringContaining('--mrr-budget') as string });
  });

  test.each(['NaN', 'nan', 'Infinity', 'inf', '1e999', '', ' ', '0x1', 'wide'])('D10: a budget of %j is a usage error', async (budget) => {
    for (const flag of ['--mrr-budget', '--hit-at-1-budget', '--judge-budget']) {
      expect((await refused(runs({}, {}), flag, budget)).code).toBe(2);
    }
  });

  test.each([[undefined], [null]])('D11: mrr that is %j in one of two runs is missing', async (mrr) => {
    const { code, rows } = await determinism(runs(A(mrr, 0.5), A(0.4, 0.5)));
    expect([code, rows[0]?.at(-1)]).toEqual([1, 'FAIL (missing: mrr in 1 of 2 runs)']);
  });

  test.each([[undefined], [null], [{}], [{ modes: null }], [{ modes: {} }], [{ modes: { hybrid: null } }], [{ modes: { hybrid: {} } }]])(
    'D13: downstream_proxy %j is missing',
    async (proxy) => {
      const { code, rows } = await determinism(runs({}, { summary: { downstream_proxy: proxy } }));
      expect([code, rows[0]?.at(-1)]).toEqual([1, 'FAIL (missing: mrr in 1 of 2 runs; hit_at_1 in 1 of 2 runs)']);
    },
  );

  test('D14: a mode that no file has is missing in all', async () => {
    const { code, rows } = await determinism(runs({}, {}), '--mode', 'semantic');
    expect([code, rows[0]?.slice(2)]).toEqual([
      1,
      ['n/a', 'n/a', 'n/a', 'n/a', 'n/a', 'n/a', 'n/a / n/a', 'FAIL (missing: mrr in 2 of 2 runs; hit_at_1 in 2 of 2 runs)'],
    ]);
  });

  test('D15: only the values of the asked mode count', async () => {
    const shape = (hybrid: number, semantic: number): RunShape => ({
      summary: {
        downstream_proxy: {
          modes: {
            hybrid: { mrr: hybrid, hit_at_1: hybrid, scored_count: 100 },
            semantic: { mrr: semantic, hit_at_1: semantic, scored_count: 100 },
          },
        },
      },
    });
    const { code, rows, report } = await determinism(runs(shape(0.2, 0.31), shape(0.6, 0.32)), '--mode', 'semantic');
    expect([code, rows[0]?.slice(2, 6), report.mode]).toEqual([0, ['0.3100–0.3200', '0.0100', '0.3100–0.3200', '0.0100'], 'semantic']);
  });

  test('D17: a model of one file decides nothing', async () => {
    const [first, second] = [makeRun(1), makeRun(2)];
    const gull = makeSummary(String(first[0]?.run_id), { model: 'gull-3b', mrr: 0.9 });
    const { code, report, out } = await determinism([writeRunFile([first[0]!, first[1]!, gull, first[2]!]), writeRunFile(second)]);
    expect([code, report.models.map(({ model_id }) => model_id), report.not_compared]).toEqual([0, [TERN], ['gull-3b']]);
    expect(out).toContain('Not compared: gull-3b');
  });

  test('D18, D46: without a shared model nothing is compared; letters differ by case', async () => {
    for (const [left, right] of [
      [TERN, 'gull-3b'],
      ['Qwen', 'qwen'],
    ] as const) {
      const { code, report, rows } = await determinism(runs({ model: left }, { model: right }));
      expect([code, rows, report.overall, [...report.not_compared].sort()]).toEqual([1, [], 'FAIL', [left, right].sort()]);
      expect(report.bt29.established).toBe(false);
    }
  });

  test('D19: one model of two over budget', async () => {
    const file = (number: number, mrr: number): string => {
      const [manifest, summary, end] = makeRun(number, { mrr });
      return writeRunFile([manifest!, summary!, makeSummary(String(manifest?.run_id), { model: 'gull-3b' }), end!]);
    };
    const { code, rows, report } = await determinism([file(1, 0.4), file(2, 0.5)]);
    expect([code, rows.map((row) => [row[0], row.at(-1)]), report.overall]).toEqual([
      1,
      [
        ['gull-3b', 'PASS'],
        [TERN, 'FAIL'],
      ],
      'FAIL',
    ]);
  });

  test('D21: manifest and run_end are no summaries, whatever they hold', async () => {
    const told = {
      mrr: 0.9,
      hit_at_1: 0.9,
      downstream_proxy: { modes: { hybrid: { mrr: 0.9, hit_at_1: 0.9, scored_count: 9 } } },
      model: { id: TERN },
    };
    const { code, report } = await determinism(runs({ manifest: told, end: told }, {}));
    expect([code, report.models[0]?.mrr]).toEqual([0, { min: 0.4, max: 0.4, delta: 0, values: [0.4, 0.4] }]);
  });

  test('D22, D23, D25: what is no run file is an input error that names file and line', async () => {
    const [good] = runs({});
    expect(await refused(['', good!])).toMatchObject({ code: 2, err: expect.stringMatching(/r1\.jsonl: .*record/) as string });
    expect(await refused([good!, '\n \r\n'])).toMatchObject({ code: 2, err: expect.stringMatching(/r2\.jsonl: /) as string });
    const [first, ...rest] = good!.split('\n');
    for (const [broken, line] of [
      [`${first}\n{"record_type": "attempt",\n${rest.join('\n')}`, 2],
      [good!.slice(0, -20), 3],
      [`\ufeff${good!}`, 1],
      [`${first}\n\n[1]\n${rest.join('\n')}`, 3],
      [`${first}\n"tern"\n`, 2],
      [`${first}\nnull\n`, 2],
    ] as const) {
      expect(await refused([good!, broken])).toMatchObject({ code: 2, err: expect.stringContaining(`r2.jsonl:${line}:`) as string });
    }
    const cwd = temporaryFolder({ 'r1.jsonl': good! });
    expect(await runCli(['bench', 'determinism', 'r1.jsonl', 'lost.jsonl'], cwd)).toMatchObject({
      code: 2,
      err: expect.stringContaining('lost.jsonl') as string,
    });
    expect(await runCli(['bench', 'determinism', 'r1.jsonl', '.'], cwd)).toMatchObject({
      code: 2,
      err: expect.stringContaining('a folder') as string,
    });
  });

  test('D27: NaN is missing, in any place', async () => {
    for (const [shapes, cell] of [
      [[A(Number.NaN, 0.5), A(0.4, 0.5)], 'FAIL (missing: mrr in 1 of 2 runs)'],
      [[A(0.4, 0.5), A(Number.NaN, 0.5)], 'FAIL (missing: mrr in 1 of 2 runs)'],
      [[A(Number.NaN, 0.5), A(Number.NaN, 0.5)], 'FAIL (missing: mrr in 2 of 2 runs)'],
    ] as const) {
      const files = runs(...shapes);
      for (const order of [files, files.toReversed()]) {
        const { code, rows } = await determinism(order);
        expect([code, rows[0]?.at(-1)]).toEqual([1, cell]);
      }
    }
  });

  test.each([
    ['D29', '0.4', 0.4, 1],
    ['D30', true, 1, 1],
    ['D31', 1.7, 1.7, 2],
    ['D31 below 0', -0.1, -0.1, 2],
    ['D31 infinite', Number.POSITIVE_INFINITY, 0.4, 1],
    ['D31 a list', [0.4], 0.4, 1],
  ])('%s: mrr %j is invalid', async (_id, mrr, other, count) => {
    const { code, rows } = await determinism(runs(A(mrr, 0.5), A(other, 0.5)));
    expect([code, rows[0]?.at(-1)]).toEqual([1, `FAIL (invalid: mrr in ${count} of 2 runs)`]);
  });

  test('D33: one run given twice is a duplicate, by path, content or run id', async () => {
    const [first, second] = runs({}, {});
    const cwd = temporaryFolder({
      'r1.jsonl': first!,
      'copy.jsonl': first!,
      'r2.jsonl': second!,
      'again.jsonl': writeRunFile(makeRun(1, { mrr: 0.41 })),
    });
    symlinkSync(join(cwd, 'r1.jsonl'), join(cwd, 'link.jsonl'));
    for (const other of ['r1.jsonl', './r1.jsonl', 'link.jsonl', 'copy.jsonl', 'again.jsonl']) {
      const { code, out, err } = await runCli(['bench', 'determinism', 'r1.jsonl', 'r2.jsonl', other], cwd);
      expect([other, code, out]).toEqual([other, 2, '']);
      expect(err).toContain('duplicate');
    }
  });

  test('D34: a model twice in one file is one run', async () => {
    const [manifest, summary, end] = makeRun(1);
    const other = { ...makeSummary('run-20250309T064000Z-1a2b3c4d-abcdez') };
    for (const twice of [summary!, other]) {
      const { code, report } = await determinism([
        writeRunFile([manifest!, summary!, twice, end!]),
        ...runs({}, { model: 'gull-3b' }).slice(1),
      ]);
      expect([code, report.models, report.not_compared]).toEqual([1, [], ['gull-3b', TERN].sort()]);
    }
  });

  test('a model twice in one run of two is invalid', async () => {
    const [manifest, summary, end] = makeRun(1);
    const { code, rows } = await determinism([writeRunFile([manifest!, summary!, summary!, end!]), writeRunFile(makeRun(2))]);
    expect([code, rows[0]?.[1], rows[0]?.at(-1)]).toEqual([
      1,
      '2',
      `FAIL (invalid run: duplicate model_summary in ${String(manifest?.run_id)})`,
    ]);
  });

  test('D35: a third run that was aborted leaves too few', async () => {
    const id = 'run-20250303T064000Z-1a2b3c4d-abcde3';
    const aborted = [
      makeManifest(id, { manifest: { corpus_content_hash: null } }),
      makeEnd(id, { end: { reason: 'preflight_aborted', models_completed: [] } }),
    ];
    const { code, rows } = await determinism([...runs({}, {}), writeRunFile(aborted)]);
    expect([code, rows[0]?.[1], rows[0]?.at(-1)]).toEqual([1, '2', 'FAIL (too few runs: 2 of 3)']);
  });

  test.each([
    ['D37', 'corpus_content_hash'],
    ['D38', 'embedding_model'],
    ['D38', 'eval_qa_version'],
    ['D38', 'qa_content_hash'],
    ['prompts', 'prompt_hash'],
    ['tuning', 'tuning_hash'],
    ['overlay', 'overlay_hash'],
  ])('%s: runs with another %s are not comparable', async (_id, field) => {
    const { code, report, rows, err } = await determinism(runs({}, { manifest: { [field]: 'c'.repeat(64) } }));
    expect([code, rows[0]?.at(-1), report.overall]).toEqual([2, `FAIL (not comparable: ${field})`, 'FAIL']);
    expect(report.comparability).toMatchObject({ status: 'not comparable', key: null });
    expect(err).toContain(`on ${field}: expected the same in all, found`);
    expect(err).toContain('c'.repeat(64));
    // Recorded on one side only is a difference, too.
    const oneSided = await determinism(runs({ manifest: { [field]: 'c'.repeat(64) } }, { manifest: { [field]: undefined } }));
    expect([oneSided.code, oneSided.rows[0]?.at(-1)]).toEqual([2, `FAIL (not comparable: ${field})`]);
  });

  test('D38: a question with another golden is another question', async () => {
    const moved = makeProxy([1, 2]);
    const proxy = makeProxy([1, 2]);
    (moved.per_item as JsonObject[])[1]!.golden_event_id = 'browser-9';
    const { code, rows } = await determinism(runs({ summary: { downstream_proxy: proxy } }, { summary: { downstream_proxy: moved } }));
    expect([code, rows[0]?.at(-1)]).toEqual([2, 'FAIL (not comparable: golden_event_id)']);
  });

  test('a label never stands in for a hash', async () => {
    expect((await determinism(runs({}, { manifest: { corpus_version: 'corpus-v3' } }))).code).toBe(0);
    expect((await determinism(runs({}, { manifest: { corpus_content_hash: 'c'.repeat(64) } }))).code).toBe(2);
  });

  test('D39: equal means over other numbers of items', async () => {
    const { code, rows } = await determinism(runs({ scoredCount: 1 }, { scoredCount: 100 }));
    expect([code, rows[0]?.at(-1)]).toEqual([1, 'FAIL (different denominators: 100, 1)']);
  });

  test('a denominator that is absent: in some runs missing, in all a warning, 0 nothing measured', async () => {
    expect((await determinism(runs({ scoredCount: undefined }, {}))).rows[0]?.at(-1)).toBe('FAIL (missing: scored_count in 1 of 2 runs)');
    const { code, report } = await determinism(runs({ scoredCount: undefined }, { scoredCount: undefined }));
    expect([code, report.models[0]?.warnings.some((warning) => warning.startsWith('scored_count'))]).toEqual([0, true]);
    expect((await determinism(runs({ scoredCount: 0 }, { scoredCount: 0 }))).rows[0]?.at(-1)).toBe('FAIL (nothing measured)');
  });

  test('D41: a model that finds nothing is stable, and degenerate', async () => {
    const { code, report, out } = await determinism(runs(A(0, 0), A(0, 0)));
    expect([code, report.models[0]?.degenerate]).toEqual([0, true]);
    expect(out).toContain('degenerate');
    expect((await determinism(runs({}, {}))).report.models[0]?.degenerate).toBe(false);
  });

  test.each<[string, RunShape, string]>([
    ['D42', { summary: { tier0_verdict: { passed: false } } }, 'tier-0 verdict not passed'],
    ['D42', { summary: { errors: [{ step: 'retrieval', type: 'TimeoutError', error: 'no answer' }] } }, 'errors not empty (retrieval)'],
    ['D42', { summary: { timeout_during_drain: true } }, 'timeout during drain'],
    ['restart', { summary: { prod_brain_restarted_during_bench: true } }, 'production restart'],
    ['restart', { end: { models_with_prod_restart_event: [TERN] } }, 'production restart'],
    ['errored', { end: { models_errored: [TERN] } }, 'model errored'],
    ['cancelled', { end: { reason: 'cancelled' } }, 'ended early (cancelled)'],
    ['D43', { end: null }, 'no run_end'],
  ])('%s: a run with %j is invalid', async (_id, shape, told) => {
    const { code, rows } = await determinism(runs({}, shape));
    expect([code, rows[0]?.at(-1)]).toEqual([1, `FAIL (invalid run: ${told} in run-20250302T064000Z-1a2b3c4d-abcde2)`]);
  });

  test('D45: swapped items show, though the means are equal', async () => {
    const first = makeProxy([1, 2, null, 1]);
    const second = makeProxy([2, 1, null, 1]);
    const { code, report, out } = await determinism(
      runs({ summary: { downstream_proxy: first } }, { summary: { downstream_proxy: second } }),
    );
    expect(code).toBe(0);
    expect(report.models[0]?.flips).toEqual({
      hit_at_1: 2,
      rank: 2,
      items: [
        { qa_id: 'qa-001', source: null, ranks: [1, 2], is_flip: true },
        { qa_id: 'qa-002', source: null, ranks: [2, 1], is_flip: true },
      ],
    });
    // Only the fourth item has Hit@1 in both runs.
    expect(report.models[0]?.pass_all_runs).toBe(0.25);
    expect(out).toContain('Items that flip in Hit@1: 2; items that change their rank: 2.');
  });

  test.each<[string, JsonObject]>([
    ['D47', { model: {} }],
    ['D47', { model: { id: '' } }],
    ['D49', { model: TERN }],
    ['D49', { downstream_proxy: { modes: { hybrid: [] } } }],
    ['D49', { downstream_proxy: { modes: { lexical: 'none' } } }],
    ['D49', { downstream_proxy: { modes: [] } }],
  ])('%s: a summary with %j is an input error', async (_id, summary) => {
    const { code, err } = await refused(runs({}, { summary }));
    expect(code).toBe(2);
    expect(err).toContain('r2.jsonl:2:');
  });

  test('the older key of a model id is read', async () => {
    expect((await determinism(runs({}, { summary: { model: { model_id: TERN } } }))).report.models[0]?.n_runs).toBe(2);
  });

  test('D50: two dry runs', async () => {
    const dry = (number: number): string => {
      const [manifest] = makeRun(number);
      return writeRunFile([manifest!, makeEnd(String(manifest?.run_id), { end: { reason: 'dry_run', models_completed: [] } })]);
    };
    const { code, report, rows } = await determinism([dry(1), dry(2)]);
    expect([code, report.overall, rows, report.not_compared]).toEqual([1, 'FAIL', [], []]);
  });

  test('D51: the judge decides, too', async () => {
    const judged = (mean: number): RunShape => ({ summary: { judge: { mean } }, manifest: { judge: { model: 'heron-70b' } } });
    const { code, report, rows } = await determinism(runs(judged(4.0), judged(4.11), judged(4.05)));
    expect([code, rows[0]?.slice(6, 8), rows[0]?.at(-1)]).toEqual([1, ['4.0000–4.1100', '0.1100'], 'FAIL']);
    expect(report.models[0]?.reasons.map(({ detail }) => detail.split(' ')[0])).toEqual(['judge_mean']);
    expect((await determinism(runs(judged(4.0), judged(4.1), judged(4.05)))).report.bt29).toEqual({
      established: true,
      claim: 'full',
      reason: null,
    });
  });
});

describe('the judge', () => {
  test('asked for once, it is asked for in every run', async () => {
    const { code, rows } = await determinism(runs({ summary: { judge: { mean: 4 } } }, {}));
    expect([code, rows[0]?.at(-1)]).toEqual([1, 'FAIL (missing: judge_mean in 1 of 2 runs)']);
    expect((await determinism(runs({ manifest: { judge: { model: 'heron-70b' } } }, {}))).rows[0]?.at(-1)).toBe(
      'FAIL (missing: judge_mean in 2 of 2 runs)',
    );
    expect((await determinism(runs({ summary: { judge: { mean: 0.5 } } }, { summary: { judge: { mean: 4 } } }))).rows[0]?.at(-1)).toBe(
      'FAIL (invalid: judge_mean in 1 of 2 runs)',
    );
  });
});

describe('a judge that nobody configured', () => {
  test.each([[null], [{}], [undefined]])('%j asks for nothing', async (judge) => {
    const shape: RunShape = { manifest: { judge }, summary: { judge } };
    expect((await determinism(runs(shape, shape))).rows[0]?.slice(6)).toEqual(['n/a', 'n/a', 'n/a / 0.1890', 'PASS']);
  });
});

describe('conditions', () => {
  test.each<[string, RunShape]>([
    ['temperature', { manifest: { temperature: 0.6 } }],
    ['top_p', { manifest: { top_p: 0.9 } }],
    ['max_tokens', { manifest: { max_tokens: 512 } }],
    ['sampling_seed_mode', { manifest: { sampling_seed_mode: 'per_run' } }],
    ['judge', { manifest: { judge: { model: 'owl-8b' } }, summary: { judge: { mean: 4 } } }],
    ['model_card_digest', { summary: { model_card_after: { digest: 'sha256:down' } } }],
    ['model_card_digest', { summary: { model_card_before: { digest: 'sha256:down' }, model_card_after: { digest: 'sha256:down' } } }],
  ])('another %s is another experiment', async (field, shape) => {
    const first: RunShape = field === 'judge' ? { manifest: { judge: { model: 'heron-70b' } }, summary: { judge: { mean: 4 } } } : {};
    const { code, rows } = await determinism(runs(first, shape));
    expect([code, rows[0]?.at(-1)]).toEqual([1, `FAIL (conditions differ: ${field})`]);
  });

  test('a seed that the bench fixes makes runs repeat each other', async () => {
    const fixed: RunShape = { manifest: { sampling_seed_mode: 'fixed' } };
    expect((await determinism(runs(fixed, fixed))).rows[0]?.at(-1)).toBe('FAIL (conditions differ: sampling_seed_mode)');
  });

  test('causes: what the records rule out is not listed as possible', async () => {
    const statesOf = async (...shapes: RunShape[]): Promise<string[] | undefined> =>
      (await determinism(runs(...shapes))).report.models[0]?.causes.map(({ state }) => state);
    expect(await statesOf({}, {})).toEqual([]);
    expect(await statesOf(A(0.4, 0.5), A(0.5, 0.5))).toEqual(['ruled out', 'ruled out', 'ruled out', 'found']);
    expect(await statesOf(A(0.4, 0.5), A(0.5, 0.5, { manifest: { temperature: 0.2 } }))).toEqual([
      'ruled out',
      'ruled out',
      'found',
      'possible',
    ]);
    const noCard = { model_card_before: undefined, model_card_after: undefined };
    expect(await statesOf(A(0.4, 0.5, { summary: noCard }), A(0.5, 0.5, { summary: noCard }))).toEqual([
      'not recorded',
      'ruled out',
      'ruled out',
      'possible',
    ]);
    expect(await statesOf({}, { summary: { timeout_during_drain: true } })).toEqual(['ruled out', 'ruled out', 'ruled out', 'ruled out']);
  });
});

describe('BT-29', () => {
  const older: RunShape = { manifest: { qa_content_hash: undefined, prompt_hash: undefined, tuning_hash: undefined } };

  test.each<[string, RunShape[], string[], string]>([
    ['two runs', [{}, {}], [], '2 runs'],
    ['files that do not record all of it', [older, older, older], [], 'partial'],
    ['a looser budget', [{}, {}, {}], ['--judge-budget', '0.2'], 'looser'],
  ])('is not established by %s, though the comparison passes', async (_name, shapes, more, why) => {
    const { code, report, out } = await determinism(runs(...shapes), ...more);
    expect([code, report.overall, report.bt29.established]).toEqual([0, 'PASS', false]);
    expect(report.bt29.reason).toContain(why);
    expect(out).toContain('BT-29: not established (');
  });

  test('partial runs are warned of', async () => {
    const { report } = await determinism(runs(older, older));
    expect(report.comparability).toEqual({ status: 'partial', key: null, differences: [] });
    expect(report.warnings.join()).toContain('qa_content_hash, prompt_hash, tuning_hash');
  });
});

describe('the command', () => {
  test('one file is too few, and so are unknown modes', async () => {
    expect((await refused(runs({}))).code).toBe(2);
    expect((await refused(runs({}, {}), '--mode', 'loud')).code).toBe(2);
  });

  test('--report leaves Markdown, JSON, page and tables', async () => {
    const cwd = temporaryFolder({ 'r1.jsonl': runs({})[0]!, 'r2.jsonl': runs({}, {})[1]! });
    const { code, out } = await runCli(['bench', 'determinism', 'r1.jsonl', 'r2.jsonl', '--report', 'reports/bt29'], cwd);
    const written = (name: string): string => readFileSync(join(cwd, 'reports/bt29', name), 'utf8');
    expect([code, written('determinism.md')]).toEqual([0, out]);
    expect(determinismReportSchema.parse(JSON.parse(written('determinism.json'))).overall).toBe('PASS');
    const page = written('determinism.html');
    const linked = [...page.matchAll(/href="([\w.%-]+\.(?:csv|json))"/g)].map(([, name]) => name!);
    expect(readdirSync(join(cwd, 'reports/bt29'))).toEqual(expect.arrayContaining([...new Set(linked)]));
  });

  test('hundred items, three runs: budget in flips, MDE of both metrics', async () => {
    const ranks = (shift: number): (number | null)[] => Array.from({ length: 100 }, (_, at) => (at < 35 + shift ? 1 : at < 60 ? 2 : null));
    const { code, report, out } = await determinism(
      runs(...[0, 1, 2].map((shift) => ({ summary: { downstream_proxy: makeProxy(ranks(shift)) } }))),
    );
    expect([code, report.models[0]?.flips.hit_at_1, report.models[0]?.budget_flips]).toEqual([0, 2, 2]);
    expect(out).toContain('budget = floor(0.02 x 100) = 2 item flips');
    expect(report.models[0]?.mde.mrr).toBeGreaterThan(0);
  });
});
