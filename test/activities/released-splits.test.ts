import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publishSplits } from '../../adapters/lake/publish-splits.ts';
import { enterRelease } from '../../adapters/lake/release-entries.ts';
import { exportedRows } from './exported-files.ts';
import { ATTEMPT, doStages, makeTestRun, openTestRun, type TestRun } from './test-run.ts';
import { chat, lines } from './traces.ts';

const BERTHS = ['north', 'south', 'inner', 'outer', 'fuel', 'ferry', 'yacht', 'coal', 'fish', 'guard', 'pilot', 'tug'];

/** One accepted chat for each berth. */
function questions(berths: readonly string[], about: string, answer: string): string {
  return lines(
    ...berths.map((berth) =>
      chat(`${about} the ${berth} berth?`, `${answer} ${berth} list.`, { task_id: `${about} ${berth}`, label: 'accepted' }),
    ),
  );
}

function splitsOf(run: TestRun): Map<string, string> {
  return new Map(exportedRows(run, 'rag/playbooks.jsonl').map(({ task_key, split }) => [task_key as string, split as string]));
}

test('what was released keeps its side whatever the shares are later, and takes along what shares its text; the rest follows the new shares', async () => {
  const first = makeTestRun({
    traces: { 'berths.jsonl': questions(BERTHS, 'Who lies at', 'Look into the') },
    settings: { validation_share: 0.3, test_share: 0.3 },
  });
  await doStages(first);
  const released = splitsOf(first);
  expect(released.size).toBe(BERTHS.length);
  // Otherwise all of them would stay in training anyway.
  expect(new Set(released.values())).toEqual(new Set(['train', 'validation', 'test']));

  const version = 'v1';
  const splits = await publishSplits(first.workspace, { threads: 1, memoryMb: 256 }, { runId: first.input.run_id, version });
  enterRelease(first.workspace, {
    schema: 'release/1',
    version,
    frozen_at: '2026-03-06T12:00:00.000Z',
    run_id: first.input.run_id,
    head: 'c'.repeat(40),
    manifest_digest: 'd'.repeat(64),
    splits,
  });

  writeFileSync(join(first.root, 'traces', 'rights.jsonl'), questions(BERTHS, 'Who may use', 'Look into the'));
  writeFileSync(join(first.root, 'traces', 'dues.jsonl'), questions(BERTHS, 'Who pays for', 'The clerk keeps the'));
  const settings = { ...first.input.settings, validation_share: 0, test_share: 0 };
  const second = openTestRun(first.root, { ...first.input, run_id: 'run-2', settings });
  await doStages(second);
  await second.work.finishRun(second.input, ATTEMPT);
  const later = splitsOf(second);
  expect(later.size).toBe(3 * BERTHS.length);
  for (const berth of BERTHS) {
    const side = released.get(`openai-chat/Who lies at ${berth}`);
    expect(later.get(`openai-chat/Who lies at ${berth}`)).toBe(side);
    expect(later.get(`openai-chat/Who may use ${berth}`)).toBe(side);
    expect(later.get(`openai-chat/Who pays for ${berth}`)).toBe('train');
  }
});
