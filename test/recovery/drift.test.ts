import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { chat, lines } from '../activities/traces.ts';
import { removeFolder } from '../support/temporary-folder.ts';
import { digestsOf } from '../support/workspace-facts.ts';

// Each rehearsal runs the refinery several times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SCORE = '../../domain/score/index.ts';
type ScoreModule = typeof import('../../domain/score/index.ts');

/** The rehearsals' own tools, over the rules that are loaded now. */
const load = () => import('./refinery.ts');

afterEach(() => {
  vi.doUnmock(SCORE);
  vi.resetModules();
});

/** Sixty questions at a desk; so many of the answers were right. */
function day(right: number): string {
  return lines(
    ...Array.from({ length: 60 }, (_, berth) =>
      chat(`Is berth ${berth + 1} free tonight?`, `Berth ${berth + 1} is free.`, { label: berth < right ? 'accepted' : 'rejected' }),
    ),
  );
}

describe('Drift warns', () => {
  test('the numbers that moved are named, and beside what they were; with the traces as they were, so are the digests', async () => {
    const { makeRefinery, runAll, driftOf, query } = await load();
    const refinery = makeRefinery(day(50));
    onTestFinished(() => removeFolder(refinery.root));
    const monday = await runAll(refinery);
    writeFileSync(refinery.traces, day(10));
    const tuesday = await runAll(refinery);
    expect(tuesday.drift).toEqual({ severity: 'warn', against: monday.run_id });
    const drift = driftOf(refinery, tuesday);
    expect(drift.reason).toBe('the input changed');
    const moved = drift.metrics.filter(({ severity }) => severity === 'warn').map(({ metric, old, new: now }) => [metric, old, now]);
    expect(moved).toEqual([
      ['accepted', 50, 10],
      ['rejected', 10, 50],
      ['rag', 50, 10],
      ['sft', 50, 10],
    ]);
    const sql = "SELECT run_id, rows_in, rows_out, categories FROM receipts WHERE stage = 'score' ORDER BY run_id";
    expect((await query<{ run_id: string }>(refinery, sql)).map(({ run_id }) => run_id)).toEqual([monday.run_id, tuesday.run_id]);
    writeFileSync(refinery.traces, day(50));
    const mended = await runAll(refinery);
    expect(digestsOf(mended)).toEqual(digestsOf(monday));
    expect((await runAll(refinery)).drift).toEqual({ severity: 'ok', against: mended.run_id });
  });
});

describe('Another digest from identical input', () => {
  test('drift names the stage, the receipts say that no file was touched, and the program as it was gives the digests as they were', async () => {
    const score = await vi.importActual<ScoreModule>(SCORE);
    const { makeRefinery, runAll, lauter } = await load();
    const refinery = makeRefinery();
    onTestFinished(() => removeFolder(refinery.root));
    const before = await runAll(refinery);
    // A rule that changed its mind without a new version; shards that bear the old version are out of the way.
    vi.resetModules();
    vi.doMock(SCORE, () => ({
      ...score,
      scoreEvidence: (...given: Parameters<ScoreModule['scoreEvidence']>) => ({ ...score.scoreEvidence(...given), reasons: [] }),
    }));
    rmSync(join(refinery.workspace, 'lake', 'entries'), { recursive: true });
    const changed = await load();
    const other = await changed.runAll(refinery);
    expect(other.drift).toEqual({ severity: 'alert', against: before.run_id });
    expect(changed.driftOf(refinery, other).reason).toBe('score gave another result from the same input, config, code and rules');
    expect((await lauter(refinery, 'distill', 'receipts', '--verify', '--run-id', other.run_id)).code).toBe(0);

    vi.doUnmock(SCORE);
    vi.resetModules();
    rmSync(join(refinery.workspace, 'lake', 'entries'), { recursive: true });
    const mended = await (await load()).runAll(refinery);
    expect(digestsOf(mended)).toEqual(digestsOf(before));
    expect((await runAll(refinery)).drift).toEqual({ severity: 'ok', against: mended.run_id });
  });
});
