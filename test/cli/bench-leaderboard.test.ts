import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import { benchLeaderboardSchema, type BenchLeaderboard } from '../../schemas/bench-leaderboard.ts';
import { makeProxy, makeRun, TERN, writeRunFile, type RunShape } from '../support/bench-run-files.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const GANNET = 'gannet-3b';

function measured(ranks: readonly (number | null)[], more: RunShape = {}): RunShape {
  return { ...more, summary: { downstream_proxy: makeProxy(ranks), gates: { schema_validity_rate: 1 }, ...more.summary } };
}

/** Stores a run for each shape and reads the leaderboard. */
async function board(
  shapes: readonly RunShape[],
  ...more: readonly string[]
): Promise<{ board: BenchLeaderboard; text: string; root: string }> {
  const root = temporaryFolder();
  const place = ['--workspace', join(root, 'workspace')];
  const names = shapes.map((shape, at) => `r${at + 1}.jsonl`);
  for (const [at, name] of names.entries()) writeFileSync(join(root, name), writeRunFile(makeRun(at + 1, shapes[at])));
  expect((await runCli(['bench', 'import', ...names, ...place], root)).code).toBe(0);
  const { code, out } = await runCli(['bench', 'leaderboard', '--json', ...place, ...more], root);
  expect(code).toBe(0);
  const { out: text } = await runCli(['bench', 'leaderboard', ...place, ...more], root);
  return { board: benchLeaderboardSchema.parse(JSON.parse(out)), text, root };
}

const GANNET_CARD = { model: GANNET, summary: { model_card_before: { digest: 'sha256:plume' } } };
const gannet = (ranks: readonly (number | null)[]): RunShape =>
  measured(ranks, {
    ...GANNET_CARD,
    summary: { ...GANNET_CARD.summary, downstream_proxy: makeProxy(ranks), gates: { schema_validity_rate: 1 } },
  });

test('a model stands there with all its runs, never with the newest alone', async () => {
  const { board: found, text } = await board([measured([1, 1, 2, null]), measured([1, 2, 2, null]), gannet([2, 2, 2, 2])]);
  expect(found.rows.map(({ model_id, run_ids, n }) => [model_id, run_ids.length, n])).toEqual([
    [TERN, 2, 4],
    [GANNET, 1, 4],
  ]);
  const [tern] = found.rows;
  // By hand: questions 1, (1 + 1/2) / 2, 1/2, 0 over four; Hit@1 1, 1/2, 0, 0.
  expect(tern!.mrr.mean).toBeCloseTo(2.25 / 4, 12);
  expect(tern!.hit_at_1.mean).toBeCloseTo(1.5 / 4, 12);
  expect(tern!.mrr.ci95![0]).toBeLessThan(2.25 / 4);
  expect(tern!.mrr.ci95![1]).toBeGreaterThan(2.25 / 4);
  expect(tern!.verdicts).toEqual({ PASS: 2, FAIL: 0, INCONCLUSIVE: 0 });
  expect(text.match(/BT-29 deferred/g)).toHaveLength(2);
});

test('keys are never mixed, and runs without an end, a key or a reason to count are left out', async () => {
  const otherKey = measured([1, 1, 1, 1], { manifest: { tuning_hash: sha256('sharper tuning'), started_at_iso: '2025-03-01T00:00:00Z' } });
  const shapes = [measured([1, 2]), otherKey, measured([1, 1], { manifest: { tuning_hash: undefined } }), measured([1, 1], { end: null })];
  const { board: found } = await board(shapes);
  expect(found).toMatchObject({ runs: 1, left_out: { other_key: 1, no_key: 1, incomplete: 1, no_items: 0 } });
  expect(found.rows.map(({ mrr }) => mrr.mean)).toEqual([0.75]);
  const other = await board(shapes, '--key', found.other_keys[0]!.comparability_key);
  expect(other.board.rows.map(({ mrr }) => mrr.mean)).toEqual([1]);
});

test('another card of the same name is another model', async () => {
  const requantized = measured([2, 2], { summary: { downstream_proxy: makeProxy([2, 2]), model_card_before: { digest: 'sha256:down' } } });
  const { board: found } = await board([measured([1, 1]), requantized]);
  expect(found.rows.map(({ model_id, card_digest }) => [model_id, card_digest])).toEqual([
    [TERN, 'sha256:feather'],
    [TERN, 'sha256:down'],
  ]);
});

test('without a workspace there is nothing to rank: exit 2', async () => {
  const root = temporaryFolder();
  expect((await runCli(['bench', 'leaderboard', '--workspace', root], root)).code).toBe(2);
});
