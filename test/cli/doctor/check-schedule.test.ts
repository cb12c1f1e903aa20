import { expect, test } from 'vitest';
import type { DeclaredSchedule, FoundSchedule } from '../../../adapters/temporal/schedules.ts';
import { checkSchedule } from '../../../cli/doctor/check-schedule.ts';
import { declareSchedules } from '../../../cli/schedule/declare-schedules.ts';
import { configSchema, type Config } from '../../../schemas/config.ts';
import { fakeEngine, STOPPED_ENGINE } from '../../support/brewery.ts';

const ON = configSchema.parse({ probe: { nightly: { enabled: true, cron: '30 3 * * *' } } });
const OFF = configSchema.parse({});
const [DECLARED] = declareSchedules(ON) as [DeclaredSchedule];

function found(told: Partial<FoundSchedule> = {}): FoundSchedule {
  const times = { nextAt: '2026-03-03T03:30:00.000Z', lastAt: null };
  return { name: 'nightly', declared: DECLARED, isPaused: false, note: null, ...times, running: 0, missed: 0, skipped: 0, ...told };
}

function look(config: Config, schedules: readonly FoundSchedule[], workers: readonly string[] = ['7@harbour']) {
  return checkSchedule({ options: {} }, { ...fakeEngine([], undefined, workers), schedules: async () => schedules }, config);
}

test('on, with a schedule and a worker: told when it comes, and what was missed', async () => {
  expect(await look(ON, [found()])).toMatchObject({ status: 'ok', message: 'nightly is on, next 2026-03-03T03:30:00.000Z' });
  expect((await look(ON, [found({ missed: 2 })])).message).toMatch(/, 2 missed so far$/);
});

test('off, without a schedule, whether a server is up or not', async () => {
  const message = 'nothing begins by itself: the nightly probe is off';
  expect(await look(OFF, [], [])).toMatchObject({ status: 'ok', message });
  expect(await checkSchedule({ options: {} }, STOPPED_ENGINE, OFF)).toMatchObject({ status: 'ok', message });
});

test('on, but not on the server, fails', async () => {
  expect(await look(ON, [])).toMatchObject({ status: 'fail', commands: ['lauter schedule apply'] });
});

test('on, but nothing is up to run it, fails', async () => {
  const message = expect.stringContaining('NOTHING IS UP TO RUN IT') as string;
  expect(await look(ON, [found()], [])).toMatchObject({ status: 'fail', message, commands: ['lauter worker --with-server'] });
  expect(await checkSchedule({ options: {} }, STOPPED_ENGINE, ON)).toMatchObject({
    status: 'fail',
    message,
    commands: ['lauter worker --with-server', 'lauter schedule apply'],
  });
});

test.each([
  ['paused', ON, found({ isPaused: true }), /paused/],
  ['of another time than the config says', ON, found({ declared: { ...DECLARED, cron: '0 4 * * *' } }), /the config says something else/],
  ['left behind by a config that had it', OFF, found(), /not in the config/],
] as const)('one that is %s is a warning', async (_, config, schedule, told) => {
  expect(await look(config, [schedule])).toMatchObject({
    status: 'warn',
    message: expect.stringMatching(told) as string,
    commands: ['lauter schedule apply'],
  });
});

test('a time that cannot be read fails, with what to write', async () => {
  const odd = configSchema.parse({ probe: { nightly: { enabled: true, cron: 'at dawn' } } });
  expect(await look(odd, [])).toMatchObject({ status: 'fail', message: expect.stringContaining('at dawn') as string });
});
