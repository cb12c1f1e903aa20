import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evalLedgerPath } from '../../adapters/files/eval-ledger.ts';
import { openLedger } from '../../adapters/files/ledger.ts';
import { sha256 } from '../../adapters/digest.ts';
import { comparableLine } from '../../domain/suites/index.ts';
import { evalQuestionRowSchema, type EvalQuestionRow } from '../../schemas/eval-question-row.ts';
import { evalRecordSchema, type EvalRecord } from '../../schemas/eval-record.ts';
import { runAllCompleteLineSchema, runAllEstimateLineSchema } from '../../schemas/run-all-lines.ts';
import { startLauter, type Ended } from '../support/lauter-command.ts';
import { ORCHARD_PAGES, writeOrchard, writeTales } from '../support/orchard-suites.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';

const MODES = ['conservative', 'balanced', 'tokenmax'] as const;

let space: TestSpace;
let workspace: string;

beforeAll(() => {
  space = makeTestSpace();
  workspace = space.workspace({ search: { embedder: 'deterministic' } });
  writeOrchard(join(space.root, 'orchard'));
  writeTales(join(space.root, 'tales.jsonl'), 12);
});
afterAll(() => space.clear());

/** Runs share one server, which goes with the space. */
function runAll(...args: readonly string[]): Promise<Ended> {
  return startLauter(['eval', 'run-all', ...args, '--keep-server', '--workspace', workspace], { cwd: space.root }).ended;
}

const DATA = ['--suites', 'longmemeval,orchard', '--dataset', 'longmemeval=tales.jsonl', '--dataset', 'orchard=orchard'];

function rowsOf(output: string, suite: string, mode: string): string[] {
  return readFileSync(join(space.root, output, suite, `${mode}.rows.ndjson`), 'utf8')
    .split('\n')
    .slice(0, -1);
}

async function records(): Promise<EvalRecord[]> {
  const all: unknown[] = [];
  const ledger = openLedger(evalLedgerPath(workspace), (row) => void all.push(row));
  expect((await ledger.check()).fault).toBeUndefined();
  await ledger.refresh();
  return all.map((row) => evalRecordSchema.parse(row));
}

test('the same command twice, once with cells side by side, gives the same rows for every question', async () => {
  const first = await runAll(...DATA, '--output', 'first', '--json');
  expect(first.code, first.err).toBe(0);
  const [estimate, complete, ...more] = first.out.split('\n').filter((line) => line !== '');
  expect(more).toEqual([]);
  expect(runAllEstimateLineSchema.parse(JSON.parse(estimate!))).toMatchObject({ answer_usd: 0, cells: { length: 6 } });
  const { cells, run_ids, comparison_path } = runAllCompleteLineSchema.parse(JSON.parse(complete!));
  expect(cells.map(({ suite, mode, status }) => `${suite} ${mode} ${status}`)).toEqual(
    ['longmemeval', 'orchard'].flatMap((suite) => MODES.map((mode) => `${suite} ${mode} completed`)),
  );
  expect(run_ids[0]).toMatch(/-longmemeval-conservative-42$/);
  expect(comparison_path).toBe(join(space.root, 'first', 'README.md'));
  expect(existsSync(join(space.root, 'first', 'comparison.json'))).toBe(true);

  const second = await runAll(...DATA, '--output', 'second', '--parallel', '10');
  expect(second.code, second.err).toBe(0);
  expect(second.err).toContain('3 cells at once are the most');
  for (const suite of ['longmemeval', 'orchard']) {
    for (const mode of MODES) {
      const [before, after] = [rowsOf('first', suite, mode), rowsOf('second', suite, mode)];
      expect(before).toHaveLength(suite === 'orchard' ? ORCHARD_PAGES.length : 12);
      expect(after).not.toEqual(before);
      expect(after.map(comparableLine)).toEqual(before.map(comparableLine));
    }
  }
});

test('rows and records state where they come from, and a record its rows', async () => {
  const kept = (await records()).slice(0, 6);
  expect(new Set(kept.map(({ config_hash }) => config_hash)).size).toBe(1);
  expect(new Set(kept.map(({ run_uid }) => run_uid)).size).toBe(6);
  for (const record of kept) {
    const lines = rowsOf('first', record.suite, record.mode);
    expect(sha256(lines.map((line) => `${line}\n`).join(''))).toBe(record.rows_sha256);
    expect(record.params.metrics).toEqual(record.metrics);
    expect(record).toMatchObject({ status: 'completed', seed: 42, counts: { scored: lines.length, harness_error: 0 } });
    expect([record.dataset_hash, record.question_set_hash, record.knob_hash].every((hash) => hash !== null)).toBe(true);
  }
  expect(new Set(kept.map(({ knob_hash }) => knob_hash)).size).toBe(3);
  const row: EvalQuestionRow = evalQuestionRowSchema.parse(JSON.parse(rowsOf('first', 'orchard', 'balanced')[0]!));
  expect(row).toMatchObject({ question_id: 'q1', arm: 'balanced', attempt: 1, clusters: ['walk-1'], outcome: 'scored' });
  expect(Object.keys(row.metrics)).toEqual([
    ...['recall@10', 'precision@10', 'ndcg@10', 'mrr', 'map', 'hit@1'],
    ...['tokens', 'cost_per_query_usd'],
  ]);
  // Three dollars for a million tokens, where no model is named.
  expect(row.metrics.cost_per_query_usd).toBeCloseTo((row.metrics.tokens! * 3) / 1e6, 12);
  const tale = JSON.parse(rowsOf('first', 'longmemeval', 'balanced')[0]!) as EvalQuestionRow;
  expect(tale.metrics).toMatchObject({ 'recall_all@5': 1, 'recall_any@1': 1, 'ndcg@10': 1, mrr: 1 });
  expect(tale.clusters).toHaveLength(6);
  // Of two modes that deliver less and more, the second costs more.
  const tokens = MODES.map((mode) => kept.find((each) => each.suite === 'orchard' && each.mode === mode)!.metrics.tokens!);
  expect(tokens).toEqual(tokens.toSorted((left, right) => left - right));
});

test('a dataset makes no collection of the user’s, and is made searchable once', async () => {
  expect(existsSync(join(workspace, 'lake', 'collections'))).toBe(false);
  const folder = join(workspace, 'lake', 'eval', 'suites', 'collections', 'lake', 'collections');
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  expect(JSON.parse(readFileSync(join(folder, name!, 'head.json'), 'utf8'))).toMatchObject({ generation: 1, pages: ORCHARD_PAGES.length });
});

test('a limit draws the same questions for every mode, by the seed, in their old order', async () => {
  const idsOf = (output: string, mode: string): string[] =>
    rowsOf(output, 'orchard', mode).map((line) => (JSON.parse(line) as EvalQuestionRow).question_id);
  const limited = ['--suites', 'orchard', '--dataset', 'orchard=orchard', '--limit', '8'];
  expect((await runAll(...limited, '--output', 'seed-42')).code).toBe(0);
  expect((await runAll(...limited, '--output', 'seed-7', '--seed', '7')).code).toBe(0);
  const drawn = idsOf('seed-42', 'balanced');
  expect(drawn).toHaveLength(8);
  for (const mode of MODES) expect(idsOf('seed-42', mode)).toEqual(drawn);
  const places = drawn.map((id) => Number(id.slice(1)));
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect(idsOf('seed-7', 'balanced')).not.toEqual(drawn);
});

test('RUN: a cell without data is skipped with its reason, and the run exits 2 though all others are done', async () => {
  const { code, out, err } = await runAll(
    ...['--suites', 'orchard,replay,brainbench', '--dataset', 'orchard=orchard', '--dataset', 'brainbench=nowhere'],
    ...['--modes', 'balanced', '--limit', '3', '--output', 'gaps', '--json'],
  );
  expect(code, err).toBe(2);
  const { cells } = runAllCompleteLineSchema.parse(JSON.parse(out.trim().split('\n').at(-1)!));
  expect(cells.map(({ suite, status, reason }) => [suite, status, reason])).toEqual([
    ['orchard', 'completed', null],
    ['replay', 'skipped', 'no data: name it with --dataset replay=PATH'],
    ['brainbench', 'skipped', 'no data: there is nothing at nowhere'],
  ]);
  const [last] = (await records()).toReversed();
  expect(last).toMatchObject({ suite: 'brainbench', status: 'skipped', metrics: {}, rows_path: null });
});

test('captured searches are put again to a collection of the user’s', async () => {
  const index = ['search', 'index', 'orchard', '--from', join('orchard', 'corpus.jsonl'), '--workspace', workspace];
  expect((await startLauter(index, { cwd: space.root }).ended).code).toBe(0);
  const env = { LAUTER_CONTRIBUTOR_MODE: '1' };
  for (const query of ['quince by the old quay', 'damson by the boathouse']) {
    const asked = await startLauter(['search', 'query', 'orchard', query, '--mode', 'balanced', '--workspace', workspace], {
      cwd: space.root,
      env,
    }).ended;
    expect(asked.code, asked.err).toBe(0);
  }
  const exported = await startLauter(['eval', 'export', '--workspace', workspace], { cwd: space.root }).ended;
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(space.root, 'captured.ndjson'), exported.out);
  const replayed = await runAll(
    ...[
      '--suites',
      'replay',
      '--dataset',
      'replay=captured.ndjson',
      '--collection',
      'orchard',
      '--output',
      'replayed',
      '--modes',
      'balanced',
    ],
  );
  expect(replayed.code, replayed.err).toBe(0);
  const rows = rowsOf('replayed', 'replay', 'balanced').map((line) => JSON.parse(line) as EvalQuestionRow);
  expect(rows.map(({ metrics }) => [metrics['jaccard@k'], metrics.top1_stability, metrics.rbo, metrics.mrr])).toEqual([
    [1, 1, 1, null],
    [1, 1, 1, null],
  ]);
});
