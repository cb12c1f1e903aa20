import { describe, expect, test } from 'vitest';
import type { LakeRun } from '../../../cli/runs/lake-runs.ts';
import { viewRun } from '../../../cli/runs/run-view.ts';
import { runViewSchema } from '../../../schemas/run-view.ts';
import type { StageReceipt } from '../../../schemas/stage-receipt.ts';
import { engineRun, scoring } from '../../support/brewery.ts';

const RUN = '20260302T081500250Z-a1b2c3';
const BARE: LakeRun = { runId: RUN, start: null, record: null, plan: null, receipts: [], unreadable: [] };
const RECORDED: LakeRun = {
  ...BARE,
  record: {
    schema: 'run-record/1',
    run_id: RUN,
    workflow_id: 'distill-1',
    state: 'refused',
    started_at: '2026-03-02T08:15:00.250Z',
    ended_at: '2026-03-02T08:16:00.000Z',
    detail: 'nothing_exported: expected at least one row',
    sources: ['harbour', 'cellar'],
  },
};
const PLANNED: LakeRun = {
  ...BARE,
  plan: { sources: [{ name: 'harbour', adapter: 'openai-chat', files: 2, bytes: 4096 }] },
  receipts: [{ stage: 'materialize' } as StageReceipt],
};

describe('a run that has ended', () => {
  test('is what its record says, also when the engine is stopped or has forgotten it', () => {
    for (const engineState of ['stopped', 'answering'] as const) {
      const view = runViewSchema.parse(viewRun({ lake: RECORDED, engineState }));
      expect(view).toMatchObject({
        state: 'refused',
        detail: 'nothing_exported: expected at least one row',
        started_at: '2026-03-02T08:15:00.250Z',
        ended_at: '2026-03-02T08:16:00.000Z',
        sources: ['harbour', 'cellar'],
        stage: null,
        position: null,
        worked_on: null,
      });
    }
  });
  test('is told from the engine when it left no record', () => {
    const ended = viewRun({ lake: BARE, engine: engineRun(RUN, 'TERMINATED'), engineState: 'answering' });
    expect(ended).toMatchObject({ state: 'cancelled', ended_at: '2026-03-02T08:16:31.000Z' });
    expect(viewRun({ lake: BARE, engine: engineRun(RUN, 'TIMED_OUT'), engineState: 'answering' })).toMatchObject({
      state: 'failed',
      detail: 'the engine says timed out, and there is no record of how it ended',
    });
    expect(viewRun({ lake: BARE, engine: engineRun(RUN, 'COMPLETED'), engineState: 'answering' }).state).toBe('failed');
  });
});

describe('a run that goes on', () => {
  test('stands where its worker says', () => {
    const view = runViewSchema.parse(
      viewRun({ lake: PLANNED, engine: engineRun(RUN), observed: scoring(RUN, 3), engineState: 'answering' }),
    );
    expect(view).toMatchObject({
      state: 'running',
      stage: 'score',
      position: { stage: 'score', done: 3, total: 8, rows: 150, in_flight: 2 },
      paused_by: null,
      worked_on: true,
      ended_at: null,
      sources: ['harbour'],
    });
  });
  test('stands after its last receipt when no worker answers', () => {
    const observed = { progress: null, pausedBy: null };
    expect(viewRun({ lake: PLANNED, engine: engineRun(RUN), observed, engineState: 'answering' })).toMatchObject({
      state: 'running',
      stage: 'score',
      position: null,
      worked_on: false,
    });
    expect(viewRun({ lake: BARE, engine: engineRun(RUN), observed, engineState: 'answering' }).stage).toBe('plan');
  });
  test('is paused by a person or by an interrupt', () => {
    const paused = (pausedBy: 'user' | 'interrupt') =>
      viewRun({ lake: PLANNED, engine: engineRun(RUN), observed: { progress: null, pausedBy }, engineState: 'answering' });
    expect(paused('user')).toMatchObject({ state: 'paused', paused_by: 'user' });
    expect(paused('interrupt')).toMatchObject({ state: 'paused', paused_by: 'interrupt' });
  });
  test('goes on although an earlier try has left a record', () => {
    expect(viewRun({ lake: RECORDED, engine: engineRun(RUN), observed: scoring(RUN, 1), engineState: 'answering' }).state).toBe('running');
  });
});

describe('a run that has neither ended nor an engine', () => {
  test.each([
    ['answering', 'the engine does not know it any more'],
    ['stopped', 'the engine is stopped, so nobody works on it'],
    ['silent', 'the engine does not answer'],
  ] as const)('is interrupted: %s', (engineState, detail) => {
    expect(viewRun({ lake: PLANNED, engineState })).toMatchObject({ state: 'interrupted', detail, stage: 'score', worked_on: null });
  });
  test('has started at the time that its id states', () => {
    expect(viewRun({ lake: BARE, engineState: 'stopped' }).started_at).toBe('2026-03-02T08:15:00.250Z');
  });
  test('names what of it cannot be read', () => {
    const view = viewRun({ lake: { ...BARE, unreadable: ['record.json'] }, engineState: 'stopped' });
    expect(view.detail).toBe('the engine is stopped, so nobody works on it; of what it left, record.json cannot be read');
  });
});
