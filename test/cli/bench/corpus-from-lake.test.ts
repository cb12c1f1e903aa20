import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CorpusInit } from '../../../schemas/bench-corpus-reports.ts';
import type { CorpusRow } from '../../../schemas/bench-corpus.ts';
import { jsonLines } from '../../support/bench-workspace.ts';
import { makeHarborWorkspace } from '../../support/harbor-workspace.ts';
import { runCli } from '../../support/run-cli.ts';
import { onTestFinished } from 'vitest';

it('samples the evidence of the lake as sessions of an agent', async () => {
  const harbor = await makeHarborWorkspace();
  onTestFinished(() => harbor.clear());
  const line = ['bench', 'corpus', 'init', '--from', 'lake', '--now', '2026-03-03T00:00:00Z', '--workspace', harbor.workspace, '--json'];
  const first = await runCli([...line, '--corpus-version', 'desk'], harbor.root);
  expect(first.code).toBe(0);
  const built = JSON.parse(first.out) as CorpusInit;
  // Four attempts of three messages each.
  expect(built).toMatchObject({ event_count: 4, source_counts: { claude: 4 }, dropped_counts: {} });
  const rows = jsonLines<CorpusRow>(join(built.path, 'corpus.jsonl'));
  const payloads = rows.map((row) => JSON.parse(row.redacted_content) as Record<string, unknown>);
  expect(payloads.map((payload) => payload.summary_text).sort()).toEqual([
    'Berth 7 is free from 20:00 on.',
    'Everybody, sadly.',
    'Low tide is at 11:52.',
    'No berth is free.',
  ]);
  for (const [index, row] of rows.entries()) expect(row.event_id).toBe(`claude-${String(payloads[index]?.session_id)}`);
  expect((await runCli(['bench', 'corpus', 'verify', '--corpus-version', 'desk', '--workspace', harbor.workspace], harbor.root)).code).toBe(
    0,
  );
  // Another workspace may take it in, too.
  const other = ['--from', harbor.workspace, '--workspace', join(harbor.root, 'other'), '--corpus-version', 'desk', '--json'];
  const second = await runCli(['bench', 'corpus', 'init', '--now', '2026-03-03T00:00:00Z', ...other], harbor.root);
  expect((JSON.parse(second.out) as CorpusInit).corpus_content_hash).toBe(built.corpus_content_hash);
});
