import { describe, expect, test } from 'vitest';
import { runsWatch } from '../../cli/commands/runs-watch.ts';
import type { EngineView, withEngineView } from '../../cli/runs/engine-view.ts';
import { runProgressSchema } from '../../schemas/run-progress.ts';
import type { RunState } from '../../schemas/vocabulary.ts';
import { engineRun, fakeEngine, makeBrewery, scoring, STOPPED_ENGINE } from '../support/brewery.ts';
import { recordingIo } from '../support/recording-io.ts';

const RUN = '20260302T081500000Z-a1b2c3';

const looking =
  (engine: EngineView): typeof withEngineView =>
  (_io, _workspace, use) =>
    use(engine);

describe('a watch ends with the code of the state that the run ended in', () => {
  test.each([
    ['accepted', 0],
    ['refused', 1],
    ['failed', 2],
    ['cancelled', 130],
  ] as const)('%s: %d', async (state: RunState, code) => {
    const brewery = makeBrewery();
    brewery.ended(RUN, state, 'the kettle was empty');
    const io = recordingIo();
    expect(await runsWatch(io, RUN, { workspace: brewery.root }, looking(STOPPED_ENGINE))).toBe(code);
    expect(io.said()).toContain(`run ${RUN} is ${state}: the kettle was empty.`);
  });

  test('an interrupted run is not waited for; what goes on with it is said', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN, ['distill', 'run-all']);
    const io = recordingIo({ cwd: '/brewery' });
    expect(await runsWatch(io, RUN, { workspace: brewery.root }, looking(STOPPED_ENGINE))).toBe(130);
    expect(io.said()).toContain('\n  lauter distill run-all\n');
  });
});

test('--json prints a line for every change and nothing twice', async () => {
  const brewery = makeBrewery();
  let asked = 0;
  const engine: EngineView = {
    ...fakeEngine(),
    runs: async () => {
      asked += 1;
      if (asked === 4) brewery.ended(RUN, 'accepted');
      return [engineRun(RUN, asked >= 4 ? 'COMPLETED' : 'RUNNING')];
    },
    // The second and the third look find the same.
    observe: async () => scoring(RUN, 3),
  };
  const io = recordingIo();
  expect(await runsWatch(io, RUN, { workspace: brewery.root, json: true }, looking(engine))).toBe(0);
  const lines = io
    .printed()
    .split('\n')
    .map((line) => runProgressSchema.parse(JSON.parse(line)));
  expect(lines.map(({ run }) => [run.state, run.position?.done ?? null])).toEqual([
    ['running', 3],
    ['accepted', null],
  ]);
});

test('an interrupt detaches with 130 and leaves the run alone', async () => {
  const brewery = makeBrewery();
  const io = recordingIo();
  const engine = fakeEngine([engineRun(RUN)], () => {
    io.interrupt();
    return scoring(RUN, 3);
  });
  expect(await runsWatch(io, RUN, { workspace: brewery.root }, looking(engine))).toBe(130);
  expect(io.said()).toContain(`detached; run ${RUN} is running.`);
});
