import { describe, expect, test } from 'vitest';
import type { ScoredVersion } from '../../activities/score.ts';
import type { Manifest } from '../../schemas/manifest.ts';
import { stageReceiptSchema } from '../../schemas/stage-receipt.ts';
import { doStages, makeTestRun, type TestRun } from './test-run.ts';
import { chat, HARBOUR, lines } from './traces.ts';

function versionOf({ ports, input }: TestRun): ScoredVersion {
  return ports.runs.read<ScoredVersion>(input.run_id, 'score-version');
}

function manifestOf(run: TestRun): Manifest {
  return run.ports.lake.readManifest('scored', versionOf(run).manifest);
}

describe('scoring', () => {
  test('gives every record its category, one score each', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'score');
    // Tide: one accepted, one rejected. Moor: reward 1 and 0.6. Key: nothing known. Lock: no answer, accepted, partly.
    expect(versionOf(run).categories).toEqual({ accepted: 3, partially_accepted: 2, rejected: 2, needs_human_review: 1 });
    expect(await run.ports.lake.countBy(manifestOf(run), ['rule', 'category'])).toEqual([
      { rule: 'ground_truth', category: 'accepted', rows: 1 },
      { rule: 'human', category: 'accepted', rows: 2 },
      { rule: 'human', category: 'partially_accepted', rows: 1 },
      { rule: 'human', category: 'rejected', rows: 1 },
      { rule: 'no_output', category: 'rejected', rows: 1 },
      { rule: 'nothing_known', category: 'needs_human_review', rows: 1 },
      { rule: 'partial_truth', category: 'partially_accepted', rows: 1 },
    ]);
    expect(await run.ports.lake.countBy(manifestOf(run), ['evidence_id'])).toHaveLength(8);
  });

  test('stands in the receipt: as many out as in', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'score');
    const receipt = stageReceiptSchema.parse(run.ports.runs.read(run.input.run_id, 'score-receipt'));
    expect(receipt.counts).toMatchObject({ in: 8, out: 8, quarantined: {}, categories: { accepted: 3, rejected: 2 } });
    expect(receipt.validation.passed).toBe(true);
  });

  test('twice gives the same digest, and the second time nothing is scored', async () => {
    const first = makeTestRun({ traces: HARBOUR });
    await doStages(first, 'score');
    const second = { ...first, input: { ...first.input, run_id: 'run-2' } };
    const plans = await doStages(second, 'score');
    expect(plans.score).toMatchObject({ shards: 1, pending: [] });
    expect(versionOf(second)).toEqual(versionOf(first));
    const elsewhere = makeTestRun({ traces: HARBOUR });
    await doStages(elsewhere, 'score');
    expect(manifestOf(elsewhere).content_digest).toBe(manifestOf(first).content_digest);
  });

  test('with another limit for partial truth is done anew', async () => {
    const first = makeTestRun({ traces: HARBOUR });
    await doStages(first, 'score');
    const stricter = { ...first, input: { ...first.input, run_id: 'run-2', settings: { ...first.input.settings, partial_min: 0.7 } } };
    const plans = await doStages(stricter, 'score');
    expect(plans.materialize?.pending).toEqual([]);
    expect(plans.score?.pending).toEqual([0]);
    expect(versionOf(stricter).categories).toEqual({ accepted: 3, partially_accepted: 1, rejected: 3, needs_human_review: 1 });
  });

  test('an unlabelled source has no accepted row', async () => {
    const run = makeTestRun({ traces: { 'desk.jsonl': lines(chat('When is low tide?', 'At 6:40.'), chat('Is the lock open?', 'Yes.')) } });
    await doStages(run, 'score');
    expect(versionOf(run).categories).toEqual({ accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 2 });
  });
});
