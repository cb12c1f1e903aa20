import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordEvaluation } from '../../../adapters/files/eval-ledger.ts';
import { checkDrift } from '../../../cli/doctor/check-drift.ts';
import { configSchema } from '../../../schemas/config.ts';
import { replayReportSchema } from '../../../schemas/replay-report.ts';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { evalRecord } from '../../support/eval-records.ts';
import { git, makeRepository } from '../../support/harbor-repository.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('hashes that a real search left in a record are those of the present, until a knob or a page changes', async () => {
  const search = { collection: 'harbour', embedder: 'deterministic' };
  const root = temporaryFolder({
    'data/lauter.config.json': JSON.stringify({ search }),
    'data/pages/office.md': '---\ntitle: Office\n---\nThe harbour master opens at six.\n',
    'rows.ndjson': rowFile([capturedRow('when does the harbour master open', ['office'], { tool_name: 'query', expand_enabled: false })]),
  });
  makeRepository(root, { '.gitignore': 'data/\n', 'README.md': 'the harbour\n' });
  const workspace = join(root, 'data');
  const cli = (...args: string[]) => runCli([...args, '--workspace', workspace], root);
  expect((await cli('search', 'index', 'harbour', '--from', 'data/pages', '--embedder', 'deterministic')).code).toBe(0);
  const replayed = await cli('eval', 'replay', '--against', 'rows.ndjson', '--mode', 'conservative', '--json');
  const { summary } = replayReportSchema.parse(JSON.parse(replayed.out));
  expect(summary).toMatchObject({ rows_replayed: 1, rows_errored: 0, knob_hash: expect.stringMatching(/^[0-9a-f]{16}$/) });
  const { knob_hash, corpus_hash } = summary;
  const params = { retriever: 'builtin', strategy: 'hybrid', knobs: {} };
  const record = { suite: 'replay', mode: 'conservative', params, knob_hash, corpus_hash, models: { embedder: 'deterministic' } };
  await recordEvaluation(workspace, evalRecord({ ...record, commit: git(root, 'rev-parse', 'HEAD') }));
  const look = (config: object) =>
    checkDrift(
      { io: recordingIo({ cwd: root, env: process.env }), root: workspace, options: { workspace } },
      { config: configSchema.parse({ eval: { drift_watch: ['engine/'] }, ...config }), base: workspace },
    );
  expect(await look({ search })).toMatchObject({ status: 'ok' });
  expect((await look({ search: { ...search, title_boost: 2 } })).message).toContain('knob hash:');
  writeFileSync(join(workspace, 'pages/orchard.md'), '---\ntitle: Orchard\n---\nApples are picked in September.\n');
  await cli('search', 'index', 'harbour', '--from', 'data/pages', '--embedder', 'deterministic');
  expect((await look({ search })).message).toContain('corpus hash:');
});
