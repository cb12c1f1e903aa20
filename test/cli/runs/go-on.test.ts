import { expect, test } from 'vitest';
import { nextCommands } from '../../../cli/runs/go-on.ts';
import type { LakeRun } from '../../../cli/runs/lake-runs.ts';
import { viewRun } from '../../../cli/runs/run-view.ts';
import type { RunView } from '../../../schemas/run-view.ts';

const RUN = '20260302T081500250Z-a1b2c3';
const START = {
  schema: 'run-start/1' as const,
  run_id: RUN,
  workflow_id: 'distill-1',
  started_at: '2026-03-02T08:15:00.250Z',
  cwd: '/brewery',
  command: ['distill', 'run-all', "the cellar's traces", '--include-partial'],
};
const LAKE: LakeRun = { runId: RUN, start: START, record: null, plan: null, receipts: [], unreadable: [] };
const AGAIN = `lauter distill run-all 'the cellar'\\''s traces' --include-partial`;

function next(change: Partial<RunView>, place: { cwd: string; workspace?: string } = { cwd: '/brewery' }, lake = LAKE): string[] {
  return nextCommands({ ...viewRun({ lake, engineState: 'stopped' }), ...change }, lake, place);
}

test('an interrupted run goes on by the command that began it, from the folder it was given in', () => {
  expect(next({ state: 'interrupted' })).toEqual([AGAIN, `lauter runs cancel ${RUN}`]);
  expect(next({ state: 'interrupted' }, { cwd: '/' })[0]).toBe(`cd /brewery && ${AGAIN}`);
});

test('commands about a run keep to the workspace that was named', () => {
  expect(next({ state: 'running', worked_on: true }, { cwd: '/brewery', workspace: '/the cellar' })).toEqual([
    `lauter runs watch ${RUN} --workspace '/the cellar'`,
    `lauter runs pause ${RUN} --workspace '/the cellar'`,
  ]);
});

test('a run that nobody works on can be carried on by its command or by a worker', () => {
  expect(next({ state: 'running', worked_on: false })).toEqual([AGAIN, 'lauter worker --with-server', `lauter runs cancel ${RUN}`]);
});

test('what a person has paused a person resumes, whoever works on it', () => {
  expect(next({ state: 'paused', paused_by: 'user', worked_on: true })[0]).toBe(`lauter runs resume ${RUN}`);
  expect(next({ state: 'paused', paused_by: 'interrupt', worked_on: false })[0]).toBe(AGAIN);
});

test('a run whose beginning nobody wrote down can still be carried on', () => {
  expect(next({ state: 'interrupted' }, { cwd: '/' }, { ...LAKE, start: null })[0]).toBe('lauter worker --with-server');
});

test('an accepted run leads to its receipts', () => {
  expect(next({ state: 'accepted' })).toEqual([`lauter distill receipts --run-id ${RUN}`]);
});
