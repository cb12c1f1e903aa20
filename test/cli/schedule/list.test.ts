import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FoundSchedule } from '../../../adapters/temporal/schedules.ts';
import { scheduleList } from '../../../cli/commands/schedule-list.ts';
import type { EngineView } from '../../../cli/runs/engine-view.ts';
import { scheduleListSchema, type ScheduleList } from '../../../schemas/schedule-list.ts';
import { fakeEngine, makeBrewery, STOPPED_ENGINE } from '../../support/brewery.ts';
import { recordingIo } from '../../support/recording-io.ts';

const DECLARED = {
  name: 'nightly',
  workflow: 'nightlyProbe',
  input: { probe: 'nightly' },
  cron: '30 3 * * *',
  time_zone: 'UTC',
  jitter_s: 60,
  catch_up_s: 43_200,
  overlap: 'skip',
} as const;
const FOUND: FoundSchedule = {
  name: 'nightly',
  declared: DECLARED,
  isPaused: false,
  note: null,
  nextAt: '2026-03-03T03:30:00.000Z',
  lastAt: null,
  running: 0,
  missed: 0,
  skipped: 0,
};

async function listed(nightly: object, engine: EngineView): Promise<{ list: ScheduleList; told: string }> {
  const { root: workspace } = makeBrewery();
  writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify({ probe: { nightly } }));
  const look = ((_io, _workspace, use) => use(engine)) as NonNullable<Parameters<typeof scheduleList>[2]>;
  const [asJson, forPeople] = [recordingIo(), recordingIo()];
  expect(await scheduleList(asJson, { workspace, json: true }, look)).toBe(0);
  expect(await scheduleList(forPeople, { workspace }, look)).toBe(0);
  return { list: scheduleListSchema.parse(JSON.parse(asJson.printed())), told: forPeople.printed() };
}

const withSchedules = (...found: FoundSchedule[]): EngineView => ({
  ...fakeEngine([], undefined, ['4711@pier']),
  schedules: async () => found,
});

test.each([
  ['active', { enabled: true }, withSchedules(FOUND)],
  ['paused', { enabled: true }, withSchedules({ ...FOUND, isPaused: true })],
  ['differs', { enabled: true, cron: '30 4 * * *' }, withSchedules(FOUND)],
  ['differs', { enabled: true }, withSchedules({ ...FOUND, declared: null })],
  ['missing', { enabled: true }, withSchedules()],
  ['extra', { enabled: false }, withSchedules(FOUND)],
  ['unknown', { enabled: true }, STOPPED_ENGINE],
] as const)('%s', async (state, nightly, engine) => {
  const { list, told } = await listed(nightly, engine);
  expect(list.schedules.map((schedule) => [schedule.name, schedule.state])).toEqual([['nightly', state]]);
  expect(told).toContain(state);
  expect(told.includes('lauter schedule apply')).toBe(['differs', 'missing', 'extra'].includes(state));
  expect(told.includes('nothing is up to run them')).toBe(state === 'unknown');
});

test('without schedules it says how there would be one', async () => {
  const { list, told } = await listed({}, withSchedules());
  expect(list.schedules).toEqual([]);
  expect(told).toContain('lauter probe nightly enable');
});

test('an hour that cannot be read is an error of the config', async () => {
  await expect(listed({ enabled: true, cron: '99 3 * * *' }, STOPPED_ENGINE)).rejects.toThrow(/reading when a schedule begins/);
});
