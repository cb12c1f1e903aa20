import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withBenchResults } from '../../adapters/lake/read-bench-results.ts';
import { checkLake } from '../../adapters/lake/check-lake.ts';
import { importRunFile } from '../../cli/bench/import-run-file.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { benchImportReportSchema, type BenchImport } from '../../schemas/bench-import-report.ts';
import type { BenchModelRow, BenchRetrievalRow, BenchRunRow } from '../../schemas/bench-results.ts';
import { makeEnd, makeManifest, makeProxy, makeRun, makeSummary, TERN, writeRunFile } from '../support/bench-run-files.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RUN = 'run-20250301T064000Z-1a2b3c4d-abcde1';

interface Store {
  readonly root: string;
  readonly workspace: string;
  /** Imports a file of this content. */
  bring(content: string, ...more: readonly string[]): Promise<{ code: number; err: string; file: BenchImport }>;
  runs(): Promise<BenchRunRow[]>;
  models(): Promise<BenchModelRow[]>;
  retrieval(mode?: string): Promise<BenchRetrievalRow[]>;
  manifest(): JsonObject;
}

function openStore(): Store {
  const root = temporaryFolder();
  const workspace = join(root, 'workspace');
  const manifest = (): JsonObject => {
    const head = JSON.parse(readFileSync(join(workspace, 'lake', 'heads', 'bench-results.json'), 'utf8')) as { manifest: string };
    return JSON.parse(readFileSync(join(workspace, 'lake', 'manifests', 'bench-results', `${head.manifest}.json`), 'utf8')) as JsonObject;
  };
  return {
    root,
    workspace,
    bring: async (content, ...more) => {
      writeFileSync(join(root, 'run.jsonl'), content);
      const { code, out, err } = await runCli(['bench', 'import', 'run.jsonl', '--workspace', workspace, '--json', ...more], root);
      if (out === '') throw new Error(`nothing was imported: ${err}`);
      return { code, err, file: benchImportReportSchema.parse(JSON.parse(out)).files[0]! };
    },
    runs: () => withBenchResults(workspace, (results) => results.runs()),
    models: () => withBenchResults(workspace, (results) => results.models()),
    retrieval: (mode = 'hybrid') =>
      withBenchResults(workspace, async (results) =>
        results.retrieval(
          (await results.runs()).map(({ run_id }) => run_id),
          mode,
        ),
      ),
    manifest,
  };
}

const COMPLETE = writeRunFile(makeRun(1, { summary: { downstream_proxy: makeProxy([1, 2, null]) } }));

describe('I1', () => {
  test('a complete run is stored, and skipped the second time', async () => {
    const { bring, runs } = openStore();
    expect(await bring(COMPLETE)).toMatchObject({ code: 0, file: { outcome: 'stored', run_id: RUN } });
    const [first] = await runs();
    expect(await bring(COMPLETE)).toMatchObject({ code: 0, file: { outcome: 'skipped', rows: 0 } });
    expect(await runs()).toEqual([first]);
  });

  test('--force replaces it', async () => {
    const { bring, models } = openStore();
    await bring(COMPLETE);
    const worse = writeRunFile(makeRun(1, { summary: { verdict: 'FAIL', gates: { refusal_rate: 0.2 } } }));
    expect(await bring(worse)).toMatchObject({ file: { outcome: 'skipped' } });
    expect(await bring(worse, '--force')).toMatchObject({ code: 0, file: { outcome: 'replaced' } });
    expect(await models()).toMatchObject([{ verdict: 'FAIL', refusal_rate: 0.2 }]);
  });

  test('two imports of one file have the same logical content, and the old set is gone', async () => {
    const { bring, manifest, workspace } = openStore();
    await bring(COMPLETE);
    const { content_digest, shards } = manifest();
    await bring(COMPLETE, '--force');
    const again = manifest();
    expect(again.content_digest).toBe(content_digest);
    await bring(writeRunFile(makeRun(1, { summary: { downstream_proxy: makeProxy([1, 2, 3]) } })), '--force');
    expect(manifest().content_digest).not.toBe(content_digest);
    await bring(COMPLETE, '--force');
    expect(again).toMatchObject({ schema: 'manifest/1', kind: 'bench-results', store_version: 1 });
    const keys = (manifest().shards as { key: string }[]).map(({ key }) => key);
    expect(keys).not.toEqual((shards as { key: string }[]).map(({ key }) => key));
    expect(readdirSync(join(workspace, 'lake', 'bench', 'results'))).toEqual(keys);
    expect((await checkLake(join(workspace, 'lake'))).findings).toEqual([]);
  });
});

describe('I2', () => {
  test('a run without its end is completed later', async () => {
    const { bring, runs } = openStore();
    const unfinished = writeRunFile(makeRun(1, { end: null }));
    expect(await bring(unfinished)).toMatchObject({ code: 0, file: { outcome: 'stored' } });
    expect(await runs()).toMatchObject([{ is_complete: false, exit_code: null }]);
    expect(await bring(unfinished)).toMatchObject({ file: { outcome: 'skipped' } });
    expect(await bring(COMPLETE)).toMatchObject({ file: { outcome: 'completed' } });
    expect(await runs()).toMatchObject([{ is_complete: true, finished_at_iso: '2025-03-02T07:10:00Z' }]);
  });

  test('a run that ended early is not stored, and what was stored without its end is removed', async () => {
    const { bring, runs } = openStore();
    await bring(writeRunFile(makeRun(2)));
    await bring(writeRunFile(makeRun(1, { end: null })));
    const cancelled = writeRunFile(makeRun(1, { end: { reason: 'cancelled' } }));
    expect(await bring(cancelled)).toMatchObject({ code: 0, file: { outcome: 'not_stored', reason: 'cancelled', removed_partial: true } });
    expect((await runs()).map(({ run_id }) => run_id)).toEqual(['run-20250302T064000Z-1a2b3c4d-abcde2']);
    expect(await bring(cancelled)).toMatchObject({ file: { outcome: 'not_stored', removed_partial: false } });
  });

  test('a complete run stays when a file of the same id says that it ended early', async () => {
    const { bring, runs } = openStore();
    await bring(COMPLETE);
    await bring(writeRunFile(makeRun(1, { end: { reason: 'deadline' } })), '--force');
    expect(await runs()).toMatchObject([{ run_id: RUN, reason: null }]);
  });
});

test('I4: malformed and non-object lines are counted and passed over', async () => {
  const { bring, retrieval } = openStore();
  const [manifest, summary, end] = COMPLETE.split('\n');
  const { code, file } = await bring(
    [manifest, '{"record_type": "attempt", ', '[1]', '', summary, 'null', end, '{"record_type": "weather"}'].join('\r\n'),
  );
  expect([code, file.outcome]).toEqual([0, 'stored']);
  expect(file.counts).toMatchObject({ malformed_lines: 3, unknown_records: 1 });
  expect(await retrieval()).toHaveLength(3);
});

describe('I5', () => {
  test.each([
    ['no manifest', writeRunFile([makeSummary(RUN), makeEnd(RUN)])],
    ['a manifest without run_id', writeRunFile([{ ...makeManifest(RUN), run_id: null }, makeSummary(RUN)])],
    ['nothing at all', ''],
  ])('%s stores nothing and is exit 2', async (_what, content) => {
    const { bring, workspace } = openStore();
    const { code, err, file } = await bring(content);
    expect([code, file.outcome]).toEqual([2, 'unusable']);
    expect(err).toContain('run_manifest');
    expect(existsSync(join(workspace, 'lake', 'heads', 'bench-results.json'))).toBe(false);
  });

  test('a file that is not there is exit 2', async () => {
    const root = temporaryFolder();
    const { code, err } = await runCli(['bench', 'import', 'gone.jsonl', '--workspace', join(root, 'w')], root);
    expect([code, err]).toEqual([2, expect.stringContaining('gone.jsonl')]);
  });

  test('the other files are stored all the same', async () => {
    const { root, workspace, runs } = openStore();
    writeFileSync(join(root, 'bad.jsonl'), 'weather\n');
    writeFileSync(join(root, 'good.jsonl'), COMPLETE);
    const { code } = await runCli(['bench', 'import', 'bad.jsonl', 'good.jsonl', '--workspace', workspace], root);
    expect([code, (await runs()).length]).toEqual([2, 1]);
  });
});

test('I7: a null hit_at_k is a miss; items without qa_id, mode or event_id are passed over', async () => {
  const { bring, retrieval } = openStore();
  const item = { qa_id: 'qa-001', golden_event_id: 'shell-1', mode: 'hybrid', rank: null, mrr: 0, hit_at_k: null };
  const items = [
    item,
    { ...item, qa_id: 'qa-002', hit_at_k: { '1': null, '3': 1 }, mrr: 0.5 },
    { ...item, qa_id: undefined },
    { ...item, mode: null },
    'weather',
  ];
  const attempt = { record_type: 'attempt', run_id: RUN, model: { id: TERN }, purpose: 'main', event: { source: 'shell' } };
  const content = writeRunFile([
    makeManifest(RUN),
    attempt,
    makeSummary(RUN, { summary: { downstream_proxy: JSON.parse(JSON.stringify({ modes: {}, per_item: items })) as JsonObject } }),
    makeEnd(RUN),
  ]);
  const { file } = await bring(content);
  expect(file.counts.skipped_rows).toBe(4);
  expect(await retrieval()).toMatchObject([
    { qa_id: 'qa-001', hit_at_1: 0, hit_at_3: 0, hit_at_5: 0, hit_at_10: 0, rr: 0 },
    { qa_id: 'qa-002', hit_at_1: 0, hit_at_3: 1, rr: 0.5 },
  ]);
});

test('I8: a store that a newer Lauter wrote is refused and not touched', async () => {
  const { bring, workspace, root } = openStore();
  await bring(COMPLETE);
  const head = readFileSync(join(workspace, 'lake', 'heads', 'bench-results.json'), 'utf8');
  const path = join(workspace, 'lake', 'manifests', 'bench-results', `${(JSON.parse(head) as { manifest: string }).manifest}.json`);
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), store_version: 2, tables: ['new'] }));
  const before = readdirSync(workspace, { recursive: true }).sort();
  writeFileSync(join(root, 'other.jsonl'), writeRunFile(makeRun(2)));
  for (const command of [['import', 'other.jsonl'], ['import', 'other.jsonl', '--force'], ['leaderboard'], ['summary']]) {
    const { code, err } = await runCli(['bench', ...command, '--workspace', workspace], root);
    expect([code, err]).toEqual([2, expect.stringContaining('store_version')]);
  }
  expect(readdirSync(workspace, { recursive: true }).sort()).toEqual(before);
  expect(readFileSync(join(workspace, 'lake', 'heads', 'bench-results.json'), 'utf8')).toBe(head);
});

describe('I9', () => {
  test('the summary of a crashed model has null gates and the verdict FAIL', async () => {
    const { bring, models } = openStore();
    await bring(
      writeRunFile(makeRun(1, { summary: { gates: {}, verdict: 'PASS', tier0_verdict: { passed: true }, downstream_proxy: {} } })),
    );
    expect(await models()).toMatchObject([
      { verdict: 'FAIL', schema_validity_rate: null, latency_p95_ms: null, card_before: 'sha256:feather' },
    ]);
  });

  test('a gate that is NaN is null, and the verdict FAIL', async () => {
    const { bring, models } = openStore();
    await bring(writeRunFile(makeRun(1, { summary: { gates: { schema_validity_rate: 1, refusal_rate: Number.NaN } } })));
    expect(await models()).toMatchObject([{ verdict: 'FAIL', schema_validity_rate: 1, refusal_rate: null }]);
  });

  test('of several summaries of a model the last one is stored, and the others are counted', async () => {
    const { bring, models } = openStore();
    const gates = { schema_validity_rate: 1 };
    const content = [
      makeManifest(RUN),
      makeSummary(RUN, { summary: { gates, verdict: 'FAIL' } }),
      makeSummary(RUN, { summary: { gates } }),
      makeEnd(RUN),
    ];
    const { file } = await bring(writeRunFile(content));
    expect(file.counts.replaced_summaries).toBe(1);
    expect(await models()).toMatchObject([{ verdict: 'PASS' }]);
  });
});

test('a file of an older program, without the newer fields, is stored as it is', async () => {
  const { bring, runs } = openStore();
  const { file } = await bring(
    readFileSync(join(import.meta.dirname, '../adapters/sources/fixtures/bench-run/older-unfinished.jsonl'), 'utf8'),
  );
  expect(file.outcome).toBe('stored');
  expect(await runs()).toMatchObject([{ schema: null, comparability_key: null, is_complete: false }]);
});

test('values of the wrong kind are null, and text that cannot be stored as it is stays readable', async () => {
  const { bring, runs, models, retrieval } = openStore();
  const odd = { weather: ['calm', { at: 'sea' }] };
  const content = [
    {
      ...makeManifest(RUN, {
        manifest: { temperature: 'warm', sweep_index: 1.5, host: odd, corpus_version: 2, git_dirty: 'no', top_p: 1e-320, lease: [] },
      }),
    },
    {
      record_type: 'attempt',
      model: { id: TERN },
      purpose: 'main',
      event: { event_id: 'shell-\ud800\u0000', source: 7 },
      gates: [],
      parsed_output: { said: '\udc00' },
    },
    { record_type: 'attempt', model: 'tern', purpose: 'main', event: { event_id: 'shell-2' } },
    makeSummary(RUN, {
      summary: {
        gates: { latency_p95_ms: Number.POSITIVE_INFINITY, refusal_rate: '0' },
        errors: 'many',
        per_source: { shell: 'calm', '': { modes: { hybrid: [1] }, n: -0 } },
        judge: { mean: 3.5, scored: 2.5, per_item: [{ event_id: 'shell-1', scores: { accuracy: 3.5, usefulness: 'good' } }, {}, 'none'] },
        downstream_proxy: { modes: [], per_item: { 0: 'none' } },
        call_errors: { timeout: Number.NaN },
      },
    }),
    makeEnd(RUN, { end: { paused_seconds: Number.POSITIVE_INFINITY, interruptions: 'two' } }),
  ];
  const { code, file } = await bring(writeRunFile(content));
  expect([code, file.outcome, file.counts.skipped_rows]).toEqual([0, 'stored', 3]);
  const [run] = await runs();
  expect(run).toMatchObject({
    temperature: null,
    sweep_index: null,
    corpus_version: '2',
    git_dirty: null,
    paused_seconds: null,
    interruptions: '"two"',
  });
  expect(JSON.parse(run!.host!)).toEqual(odd);
  expect(await models()).toMatchObject([
    { verdict: 'FAIL', latency_p95_ms: null, call_errors: '{"timeout":null}', judge_mean: 3.5, judge_scored: null },
  ]);
  expect(await retrieval()).toEqual([]);
});

test('imports at the same time all end up in the store', async () => {
  const { root, workspace, runs, manifest } = openStore();
  const files = [1, 2, 3].map((number) => {
    writeFileSync(join(root, `r${number}.jsonl`), writeRunFile(makeRun(number)));
    return `r${number}.jsonl`;
  });
  const outcomes = await Promise.all(files.map((name) => importRunFile(workspace, name, { cwd: root })));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['stored', 'stored', 'stored']);
  expect((await runs()).map(({ run_id }) => run_id.slice(0, 12))).toEqual(['run-20250301', 'run-20250302', 'run-20250303']);
  expect(manifest().shards).toHaveLength(3);
});

test('--all takes the run files of the workspace', async () => {
  const { workspace, root, runs } = openStore();
  const bringAll = () => runCli(['bench', 'import', '--all', '--workspace', workspace], root);
  expect(await bringAll()).toMatchObject({ code: 2, err: expect.stringContaining('found none') as string });
  for (const number of [1, 2]) {
    const folder = join(workspace, 'lake', 'bench', 'runs', `run-${number}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'run.jsonl'), writeRunFile(makeRun(number)));
  }
  mkdirSync(join(workspace, 'lake', 'bench', 'runs', 'run-3-not-over-yet'));
  expect((await bringAll()).code).toBe(0);
  expect(await runs()).toHaveLength(2);
});
