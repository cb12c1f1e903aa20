import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReplayChoices, ReplayQueueRun } from '../../activities/replay-contract.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { searchSettingsSchema } from '../../schemas/search-settings.ts';
import { createReplayQueueWorld } from '../../worker/replay-world.ts';
import { playbook } from '../domain/replay/playbooks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NEVER = new AbortController().signal;
const ROWS = Array.from({ length: 8 }, (_, number) => playbook(`lock-${number}`, `Open lock ${number}`, 'Ring the bell.'));

function place(): string {
  return temporaryFolder({ 'playbooks.jsonl': ROWS.map((row) => `${JSON.stringify(row)}\n`).join('') });
}

function runIn(base: string, id: string, choices: Partial<ReplayChoices>, more: Partial<ReplayQueueRun> = {}): ReplayQueueRun {
  return {
    run_id: id,
    choices: { retriever: 'jaccard', corpus: 'playbooks.jsonl', ...choices },
    base,
    budget: { cost: costSettingsSchema.parse({}), frame: { run_id: id, command: 'replay queue', cap_usd: null } },
    ...more,
  } as ReplayQueueRun;
}

test('a corpus is read once for a run, also by tasks at the same time, and anew for another run', async () => {
  const root = place();
  const world = createReplayQueueWorld({ workspace: root, env: {} });
  const [one, same] = await Promise.all([world.corpus(runIn(root, 'queue-1', {})), world.corpus(runIn(root, 'queue-1', {}))]);
  expect(same).toBe(one);
  expect(await world.corpus(runIn(root, 'queue-2', {}))).not.toBe(one);
  expect(await world.corpus(runIn(root, 'queue-1', {}))).toBe(one);
  expect(await world.corpus(runIn(root, 'queue-3', { retriever: 'none' }))).toBeNull();
});

test('a run may have a share of it', async () => {
  const root = place();
  const world = createReplayQueueWorld({ workspace: root, env: {} });
  expect((await world.corpus(runIn(root, 'queue-1', { corpus_share: 0.25 })))!.rows).toHaveLength(2);
});

test('a corpus that could not be read is looked for again', async () => {
  const root = temporaryFolder();
  const world = createReplayQueueWorld({ workspace: root, env: {} });
  await expect(world.corpus(runIn(root, 'queue-1', {}))).rejects.toThrow(/expected a file, found none/);
  const whole = place();
  expect((await world.corpus(runIn(whole, 'queue-1', {})))!.rows).toHaveLength(8);
});

test('one that cannot be read troubles nobody, when newer ones take its place before that is known', async () => {
  const root = place();
  const world = createReplayQueueWorld({ workspace: root, env: {} });
  const opening = ['gone.jsonl', 'playbooks.jsonl', 'playbooks.jsonl'].map((corpus, at) =>
    world.corpus(runIn(root, `queue-${at}`, { corpus })),
  );
  const ends = await Promise.allSettled(opening);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});

test('by hybrid it is searched with the settings of the run', async () => {
  const root = place();
  const world = createReplayQueueWorld({ workspace: root, env: {} });
  const search = searchSettingsSchema.parse({ embedder: 'chart', embedders: { chart: { kind: 'deterministic' } } });
  const corpus = await world.corpus(runIn(root, 'queue-1', { retriever: 'hybrid' }, { search }));
  const { ranked, notes } = await corpus!.find('Open lock 3', { retriever: 'hybrid', topK: 2 }, NEVER);
  expect(ranked[0]!.row.id).toBe('lock-3');
  expect(ranked).toHaveLength(2);
  expect(notes).toEqual([]);
  expect(readdirSync(join(root, 'lake', 'collections'))).toHaveLength(1);
});
