import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { runsCancel } from '../../cli/commands/runs-cancel.ts';
import { runsPause } from '../../cli/commands/runs-pause.ts';
import { runsResume } from '../../cli/commands/runs-resume.ts';
import type { EngineView } from '../../cli/runs/engine-view.ts';
import { viewRun } from '../../cli/runs/run-view.ts';
import { withUnfinishedRun, type UnfinishedRun } from '../../cli/runs/with-unfinished-run.ts';
import { ownRun } from '../../cli/run-owner.ts';
import { readLakeRun } from '../../cli/runs/lake-runs.ts';
import { configSchema } from '../../schemas/config.ts';
import { runRecordSchema } from '../../schemas/run-record.ts';
import { engineRun, fakeEngine, makeBrewery, scoring, type Brewery } from '../support/brewery.ts';
import { recordingIo } from '../support/recording-io.ts';

const RUN = '20260302T081500000Z-a1b2c3';
const WORKFLOW = engineRun(RUN).workflowId;

/** A client that notes what is asked of the workflow. */
function notingClient(onCall: (call: string) => void = () => undefined) {
  const calls: string[] = [];
  const note = async (call: string): Promise<void> => {
    calls.push(call);
    onCall(call);
  };
  const getHandle = (workflowId: string) => ({
    signal: (name: string, ...args: unknown[]) => note(`${workflowId} ${[name, ...args].join(' ')}`),
    cancel: () => note(`${workflowId} cancel`),
    terminate: () => note(`${workflowId} terminate`),
  });
  return { calls, client: { workflow: { getHandle } } as unknown as Client };
}

interface Scene {
  readonly engine: EngineView;
  readonly client: Client;
  readonly work?: () => void;
  readonly giveUpAfterS?: number;
}

/** The run as it is found, with a session that is none. */
function finding(brewery: Brewery, { engine, client, work, giveUpAfterS = 120 }: Scene): typeof withUnfinishedRun {
  return async (_io, _request, use) => {
    const [open] = await engine.runs();
    const lake = readLakeRun(brewery.root, RUN);
    const observed = open === undefined ? undefined : await engine.observe(open);
    const session = {
      client,
      work: async () => {
        work?.();
        return { stopped: new Promise<void>(() => undefined), stop: async () => undefined };
      },
    } as unknown as UnfinishedRun['session'];
    const { engine: settings, ...rest } = configSchema.parse({});
    const config = { ...rest, engine: { ...settings, give_up_after_s: giveUpAfterS, heartbeat_timeout_s: 0 } };
    const run = viewRun({ lake, engine: open, observed, engineState: 'answering' });
    return use({ session, engine, workspace: brewery.root, config, run, lake, open });
  };
}

describe('pause and resume', () => {
  test('pause is a signal in the name of a person', async () => {
    const { client, calls } = notingClient();
    const io = recordingIo();
    const engine = fakeEngine([engineRun(RUN)], () => scoring(RUN, 2));
    expect(await runsPause(io, RUN, {}, finding(makeBrewery(), { engine, client }))).toBe(0);
    expect(calls).toEqual([`${WORKFLOW} pause user`]);
    expect(io.said()).toBe(`run ${RUN} pauses after the steps in progress. \`lauter runs resume ${RUN}\` lets it go on.`);
  });

  test('resume tells that a worker goes on', async () => {
    const { client, calls } = notingClient();
    const io = recordingIo();
    const engine = fakeEngine([engineRun(RUN)], () => scoring(RUN, 2, 'user'));
    expect(await runsResume(io, RUN, { workspace: '/cellar' }, finding(makeBrewery(), { engine, client }))).toBe(0);
    expect(calls).toEqual([`${WORKFLOW} resume`]);
    expect(io.said()).toBe(`run ${RUN} is not paused any more. \`lauter runs watch ${RUN} --workspace /cellar\` shows it.`);
  });

  test('resume names the commands that carry the run on when nobody works on it', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN, ['distill', 'run-all', './traces']);
    const io = recordingIo({ cwd: '/brewery' });
    const engine = fakeEngine([engineRun(RUN)], () => ({ progress: null, pausedBy: 'user' }));
    expect(await runsResume(io, RUN, {}, finding(brewery, { engine, client: notingClient().client }))).toBe(0);
    expect(io.said().split('\n')).toEqual([
      `run ${RUN} is not paused any more, but nobody works on it. Carry it on with one of:`,
      '  lauter distill run-all ./traces',
      '  lauter worker --with-server',
    ]);
  });

  test('a run that the engine has lost is not paused, and the way on is named', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN, ['distill', 'run-all', './traces']);
    const pausing = runsPause(
      recordingIo({ cwd: '/brewery' }),
      RUN,
      {},
      finding(brewery, { engine: fakeEngine(), client: notingClient().client }),
    );
    await expect(pausing).rejects.toMatchObject({ remedy: expect.stringContaining('`lauter distill run-all ./traces`') });
  });

  test('a run that has ended is refused before a server is started for it', async () => {
    const brewery = makeBrewery();
    brewery.ended(RUN, 'accepted');
    const open = (): never => {
      throw new Error('a server was started');
    };
    const pausing = withUnfinishedRun(
      recordingIo(),
      { id: RUN, acting: 'pausing', options: { workspace: brewery.root } },
      async () => 0,
      open,
    );
    await expect(pausing).rejects.toThrow(`pausing run ${RUN}: expected one that has not ended, found it accepted.`);
  });
});

describe('cancel', () => {
  /** An engine whose run closes, with a record as its workflow leaves it, when `isClosed` says so. */
  function closing(brewery: Brewery, isClosed: () => boolean, isWorkedOn: boolean): EngineView {
    return {
      ...fakeEngine(),
      runs: async () => {
        if (isClosed()) brewery.ended(RUN, 'cancelled', 'cancelled');
        return [engineRun(RUN, isClosed() ? 'CANCELLED' : 'RUNNING')];
      },
      observe: async () => (isWorkedOn ? scoring(RUN, 2) : { progress: null, pausedBy: null }),
    };
  }

  test('waits until the run is closed by the worker that is at it', async () => {
    const brewery = makeBrewery();
    let looks = 0;
    const { client, calls } = notingClient();
    const engine = closing(brewery, () => calls.length > 0 && (looks += 1) > 2, true);
    const work = (): never => {
      throw new Error('a worker too many');
    };
    const io = recordingIo();
    expect(await runsCancel(io, RUN, {}, finding(brewery, { engine, client, work }))).toBe(0);
    expect(calls).toEqual([`${WORKFLOW} cancel`]);
    expect(io.said()).toContain(`run ${RUN} is cancelled. Finished shards are kept`);
  });

  test('brings one worker of its own when nobody is at it', async () => {
    const brewery = makeBrewery();
    let workers = 0;
    const engine = closing(brewery, () => workers > 0, false);
    expect(
      await runsCancel(recordingIo(), RUN, {}, finding(brewery, { engine, client: notingClient().client, work: () => (workers += 1) })),
    ).toBe(0);
    expect(workers).toBe(1);
  });

  test('ends a run by force that does not close in time, and leaves its record', async () => {
    const brewery = makeBrewery();
    let isTerminated = false;
    const { client, calls } = notingClient((call) => (isTerminated ||= call.endsWith('terminate')));
    const engine: EngineView = {
      ...fakeEngine(),
      runs: async () => [engineRun(RUN, isTerminated ? 'TERMINATED' : 'RUNNING')],
      observe: async () => scoring(RUN, 2),
    };
    expect(await runsCancel(recordingIo(), RUN, {}, finding(brewery, { engine, client, giveUpAfterS: 0 }))).toBe(0);
    expect(calls).toEqual([`${WORKFLOW} cancel`, `${WORKFLOW} terminate`]);
    expect(recordOf(brewery)).toMatchObject({ state: 'cancelled', detail: 'cancelled by force', workflow_id: WORKFLOW });
  });

  test('leaves the record of a run that the engine has lost', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN);
    const { client, calls } = notingClient();
    expect(await runsCancel(recordingIo(), RUN, {}, finding(brewery, { engine: fakeEngine(), client }))).toBe(0);
    expect(calls).toEqual([]);
    expect(recordOf(brewery)).toMatchObject({ state: 'cancelled', workflow_id: WORKFLOW, started_at: '2026-03-02T08:15:00.000Z' });
  });

  test('does not give up a run that its command works on with another engine', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN);
    // The parent of this process stands for that command: it lives, and it is not us.
    ownRun(brewery.root, RUN);
    brewery.put(RUN, 'owner', { pid: process.ppid, started: '' });
    const cancelling = runsCancel(recordingIo(), RUN, {}, finding(brewery, { engine: fakeEngine(), client: notingClient().client }));
    await expect(cancelling).rejects.toThrow('its command is alive and works with another one');
  });

  test('says that a run has ended otherwise meanwhile', async () => {
    const brewery = makeBrewery();
    let isDone = false;
    const { client } = notingClient(() => {
      isDone = true;
      brewery.ended(RUN, 'accepted');
    });
    const engine: EngineView = {
      ...fakeEngine(),
      runs: async () => [engineRun(RUN, isDone ? 'COMPLETED' : 'RUNNING')],
      observe: async () => scoring(RUN, 2),
    };
    const io = recordingIo();
    expect(await runsCancel(io, RUN, {}, finding(brewery, { engine, client }))).toBe(2);
    expect(io.said()).toContain('ended before it could be cancelled: accepted');
  });

  test('an interrupt while it waits ends with 130', async () => {
    const io = recordingIo();
    const { client } = notingClient(() => io.interrupt());
    const engine = fakeEngine([engineRun(RUN)], () => scoring(RUN, 2));
    expect(await runsCancel(io, RUN, {}, finding(makeBrewery(), { engine, client, giveUpAfterS: 1 }))).toBe(130);
    expect(io.said()).toContain('is told to end');
  });
});

function recordOf(brewery: Brewery) {
  return runRecordSchema.parse(JSON.parse(readFileSync(join(brewery.root, 'lake', 'runs', RUN, 'record.json'), 'utf8')));
}
