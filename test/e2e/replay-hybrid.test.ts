import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loggedReplays, openReplayDesk, type ReplayDesk } from '../support/replay-desk.ts';

const TASKS = ['Alma', 'Berta', 'Clara', 'Dora', 'Erna', 'Frida'].map((boat) => ({
  id: boat,
  task: `How is the north lock opened at dawn for the ${boat}, and what is verified?`,
}));

let desk: ReplayDesk;
beforeEach(async () => {
  desk = await openReplayDesk(TASKS, {}, { embedder: 'chart', embedders: { chart: { kind: 'deterministic' } } });
});
afterEach(() => desk.clear());

test('two queues at once find playbooks by words and vectors in one collection, which whoever comes first makes', async () => {
  const queue = (grounding: string) => desk.start('queue', '--retriever', 'hybrid', '--grounding', grounding, '--json', '--keep-server');
  const ends = await Promise.all([queue('fail').ended, queue('warn').ended]);
  expect(
    ends.map(({ code }) => code),
    ends.map(({ err }) => err).join('\n'),
  ).toEqual([0, 0]);

  const rows = loggedReplays(desk.workspace);
  expect(rows).toHaveLength(2 * TASKS.length);
  for (const { retriever, retrieval_notes: notes, retrieved } of rows) {
    expect([retriever, notes]).toEqual(['hybrid', undefined]);
    expect(retrieved).not.toEqual([]);
  }
  expect(new Set(rows.map(({ task_hash: task, bundle_digest: bundle }) => `${task} ${bundle}`)).size).toBe(TASKS.length);
  expect(readdirSync(join(desk.workspace, 'lake', 'collections')).filter((name) => name.startsWith('playbooks-'))).toHaveLength(1);
});
