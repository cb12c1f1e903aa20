import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineRun } from '../../adapters/temporal/engine-runs.ts';
import type { EngineView, Observation } from '../../cli/runs/engine-view.ts';
import type { RunRecord } from '../../schemas/run-record.ts';
import type { RunStart } from '../../schemas/run-start.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A workspace with runs in it, laid out by hand: what commands see of it owes nothing to the code that writes workspaces. */
export interface Brewery {
  readonly root: string;
  readonly workspace: { readonly root: string; readonly id: string };
  /** Writes a document of a run. */
  put(runId: string, name: string, value: object): void;
  /** A run that ended. */
  ended(runId: string, state: RunRecord['state'], detail?: string): void;
  /** A run that was begun by this command line. */
  begun(runId: string, command?: readonly string[]): void;
}

const ID = 'b4e4e412';

/** Makes the workspace; it is gone when the test ends. */
export function makeBrewery(): Brewery {
  const root = temporaryFolder({
    'workspace.json': JSON.stringify({
      schema: 'workspace/1',
      format: 1,
      id: ID,
      version: '0.1.0',
      created_at: '2026-03-02T08:00:00.000Z',
    }),
  });
  const put = (runId: string, name: string, value: object): void => {
    const path = join(root, 'lake', 'runs', runId, `${name}.json`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(value));
  };
  return {
    root,
    workspace: { root, id: ID },
    put,
    ended: (runId, state, detail = '') =>
      put(runId, 'record', {
        schema: 'run-record/1',
        run_id: runId,
        workflow_id: workflowOf(runId),
        state,
        started_at: '2026-03-02T08:15:00.000Z',
        ended_at: '2026-03-02T08:16:30.000Z',
        detail,
        sources: ['harbour'],
      } satisfies RunRecord),
    begun: (runId, command = ['distill', 'run-all', './traces']) =>
      put(runId, 'start', {
        schema: 'run-start/1',
        run_id: runId,
        workflow_id: workflowOf(runId),
        started_at: '2026-03-02T08:15:00.000Z',
        cwd: '/brewery',
        command: [...command],
      } satisfies RunStart),
  };
}

/** A run as the engine lists it. */
export function engineRun(runId: string, status: EngineRun['status'] = 'RUNNING'): EngineRun {
  return {
    runId,
    workflowId: workflowOf(runId),
    status,
    startedAt: '2026-03-02T08:15:00.500Z',
    endedAt: status === 'RUNNING' ? null : '2026-03-02T08:16:31.000Z',
  };
}

/** An engine that knows these runs and answers for them as told. */
export function fakeEngine(
  runs: readonly EngineRun[] = [],
  observe: (run: EngineRun) => Observation = () => ({ progress: null, pausedBy: null }),
  workers: readonly string[] = [],
): EngineView {
  return {
    state: 'answering',
    address: '127.0.0.1:7233',
    runs: async () => runs,
    observe: async (run) => observe(run),
    workers: async () => workers,
    schedules: async () => [],
  };
}

/** What commands see when no server is up. */
export const STOPPED_ENGINE: EngineView = { ...fakeEngine(), state: 'stopped', address: null };

/** A worker's answer for a run in the middle of scoring. */
export function scoring(runId: string, done: number, paused: Observation['pausedBy'] = null): Observation {
  return { progress: { run_id: runId, stage: 'score', done, total: 8, rows: done * 50, in_flight: 2, paused }, pausedBy: paused };
}

function workflowOf(runId: string): string {
  return `distill-${ID}-${runId}`;
}
