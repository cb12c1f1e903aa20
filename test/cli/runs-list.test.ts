import { expect, test } from 'vitest';
import { runsList } from '../../cli/commands/runs-list.ts';
import type { EngineView, withEngineView } from '../../cli/runs/engine-view.ts';
import { runsListSchema } from '../../schemas/runs-list.ts';
import { engineRun, fakeEngine, makeBrewery, scoring, STOPPED_ENGINE, type Brewery } from '../support/brewery.ts';
import { recordingIo } from '../support/recording-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MONDAY = '20260302T081500000Z-a1b2c3';
const TUESDAY = '20260303T081500000Z-0f0f0f';
const WEDNESDAY = '20260304T081500000Z-ffeedd';

const looking =
  (engine: EngineView): typeof withEngineView =>
  (_io, _workspace, use) =>
    use(engine);

async function list(brewery: Brewery, engine: EngineView, json = true) {
  const io = recordingIo();
  expect(await runsList(io, { workspace: brewery.root, json }, looking(engine))).toBe(0);
  return io.printed();
}

test('runs of the lake and of the engine stand in one list, the newest first', async () => {
  const brewery = makeBrewery();
  brewery.ended(MONDAY, 'accepted');
  brewery.begun(TUESDAY);
  const engine = fakeEngine([engineRun(MONDAY, 'COMPLETED'), engineRun(WEDNESDAY)], () => scoring(WEDNESDAY, 5));
  const document = runsListSchema.parse(JSON.parse(await list(brewery, engine)));
  expect(document).toMatchObject({ workspace: brewery.root, engine: { state: 'answering', address: '127.0.0.1:7233' } });
  expect(document.runs.map(({ run_id, state }) => [run_id, state])).toEqual([
    [WEDNESDAY, 'running'],
    [TUESDAY, 'interrupted'],
    [MONDAY, 'accepted'],
  ]);
});

test('without an engine every run of the lake is still there', async () => {
  const brewery = makeBrewery();
  brewery.ended(MONDAY, 'cancelled', 'cancelled');
  brewery.begun(TUESDAY);
  const { runs, engine } = runsListSchema.parse(JSON.parse(await list(brewery, STOPPED_ENGINE)));
  expect(engine).toEqual({ state: 'stopped', address: null });
  expect(runs.map(({ state }) => state)).toEqual(['interrupted', 'cancelled']);
});

test('people get a table', async () => {
  const brewery = makeBrewery();
  brewery.ended(MONDAY, 'accepted');
  const engine = fakeEngine([engineRun(WEDNESDAY)], () => ({ progress: null, pausedBy: 'user' }));
  const lines = (await list(brewery, engine, false)).split('\n');
  expect(lines[0]).toMatch(/^run +state +stands at +started +took +sources$/);
  expect(lines[2]).toMatch(new RegExp(`^${WEDNESDAY}  paused \\(no worker\\)  plan +2026-03-02 08:15:00 UTC`));
  expect(lines[3]).toMatch(new RegExp(`^${MONDAY}  accepted +2026-03-02 08:15:00 UTC  1 min 30 s +harbour$`));
});

test('a workspace without runs says so', async () => {
  expect(await list(makeBrewery(), STOPPED_ENGINE, false)).toContain('no runs yet');
});

test('a record that is torn leaves its run in the list', async () => {
  const brewery = makeBrewery();
  brewery.put(MONDAY, 'record', { schema: 'run-record/1', run_id: MONDAY });
  const { runs } = runsListSchema.parse(JSON.parse(await list(brewery, STOPPED_ENGINE)));
  expect(runs[0]).toMatchObject({ state: 'interrupted', detail: expect.stringContaining('record.json cannot be read') });
});

test('a folder that is no workspace is refused, and none is made there', async () => {
  const root = temporaryFolder();
  await expect(runsList(recordingIo(), { workspace: root }, looking(STOPPED_ENGINE))).rejects.toThrow('expected a workspace.json in it');
});
