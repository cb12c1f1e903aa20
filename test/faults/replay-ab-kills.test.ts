import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkStore } from '../../adapters/work-store.ts';
import { createRandom } from '../../domain/shared/random.ts';
import { replayAbSchema } from '../../schemas/replay-ab.ts';
import { tallyBudget } from '../support/budget-tally.ts';
import { askedAgain, killAgainAndAgain } from '../support/kill-evaluation.ts';
import { startModelServer } from '../support/model-server/model-server.ts';
import type { Fault } from '../support/model-server/script.ts';
import { IN_GENERAL } from '../support/model-server/steered-keeper.ts';
import { CALL_USAGE, loggedReplays, openReplayDesk } from '../support/replay-desk.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

const SEED = Number(process.env['LAUTER_AB_KILL_SEED'] ?? Date.now() % 1_000_000);
const TASKS = Number(process.env['LAUTER_AB_TASKS'] ?? 30);
const CAP_USD = 1;

test('an A/B that is killed again and again replays every task once in each arm, and no call that was answered is made again', async () => {
  const random = createRandom(SEED);
  const folder = makeFolder({});
  const requestLog = join(folder, 'requests.jsonl');
  writeFileSync(requestLog, '');
  const busy: Fault = { path: 'chat', from: 5, to: 5, does: { kind: 'status', status: 503, headers: { 'retry-after': '0' } } };
  const says: Fault = { path: 'chat', from: 1, does: { kind: 'say', text: IN_GENERAL } };
  const server = await startModelServer({ models: [{ id: 'keeper-7b' }], requestLog, usage: CALL_USAGE, faults: [busy, says] });
  const tasks = Array.from({ length: TASKS }, (_, at) => ({ id: `lock-${at}`, task: `How is north lock ${at + 10} opened at dawn?` }));
  const desk = await openReplayDesk(tasks, { 'keeper-7b': server.url });
  const { workspace } = desk;
  try {
    const start = () => desk.start('ab', '--json', '--max-usd', String(CAP_USD));
    const known = /ab-\S+ (?:started|was left)/;
    const { ended, standings } = await killAgainAndAgain({ kind: 'replay', workspace, requestLog, calls: 2 * TASKS, known, start }, random);
    const story = `LAUTER_AB_KILL_SEED=${SEED}\n${ended.err}`;
    expect(ended.code, story).toBe(0);
    expect(story).toMatch(/was left unfinished; going on with it/);
    const report = replayAbSchema.parse(JSON.parse(ended.out));
    expect(report, story).toMatchObject({ verdict: 'compared', counts: { tasks: TASKS, paired: TASKS } });
    expect(report.paired.gate_pass.table, story).toEqual({ both: TASKS, only_with: 0, only_without: 0, neither: 0 });
    const ids = ['with', 'without'].flatMap((arm) => tasks.map((_, at) => `${report.run_id}-${arm}-${at + 1}`));
    expect(
      loggedReplays(workspace)
        .map(({ run_id: id }) => id)
        .sort(),
      story,
    ).toEqual(ids.sort());
    expect(askedAgain(requestLog, standings), story).toEqual([]);
    expect(standings.some(({ kept }) => kept.size > 0)).toBe(true);
    const runs = [report.run_id, `${report.run_id}-with`, `${report.run_id}-without`];
    expect(openWorkStore(workspace, 'replay').list().sort(), story).toEqual(runs);
    expect(tallyBudget(workspace, report.run_id).highest, story).toBeLessThanOrEqual(CAP_USD * 1e9);
    expect(temporariesIn(workspace), story).toEqual([]);
  } finally {
    await desk.clear();
    await server.close();
    removeFolder(folder);
  }
});
