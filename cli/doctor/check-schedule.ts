import { nowMs } from '../../adapters/clock.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { ScheduleList } from '../../schemas/schedule-list.ts';
import { commandFor } from '../command-line.ts';
import type { EngineView } from '../runs/engine-view.ts';
import { declareSchedules } from '../schedule/declare-schedules.ts';
import { joinSchedules } from '../schedule/list-schedules.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

const NAME = 'schedule';
const EXPECTED = 'the schedules of the config and no others on a server that is up, with a worker';

type Listed = ScheduleList['schedules'][number];

/** Whether what the config has begin by itself will begin: it is on the server as the config says, and somebody will be up to run it. */
export async function checkSchedule({ options }: Pick<Patient, 'options'>, engine: EngineView, config: Config): Promise<DoctorCheck> {
  const apply = commandFor('schedule apply', options);
  const worker = commandFor('worker --with-server', options);
  try {
    const schedules = await joinSchedules(declareSchedules(config), engine, nowMs());
    if (schedules.length === 0) return ok(NAME, 'nothing begins by itself: the nightly probe is off', EXPECTED);
    const message = schedules.map((one) => `${one.name} ${TOLD[one.state]}${tellTimes(one)}`).join('; ');
    const has = (...states: Listed['state'][]): boolean => schedules.some(({ state }) => states.includes(state));
    if (has('unknown'))
      return fail(
        NAME,
        `NOTHING IS UP TO RUN IT, no server answers: ${message}`,
        EXPECTED,
        `Keep both up with \`${worker}\`, then \`${apply}\`.`,
      );
    if (has('missing')) return fail(NAME, message, EXPECTED, apply);
    if (has('active', 'paused', 'differs') && (await engine.workers()).length === 0)
      return fail(NAME, `NOTHING IS UP TO RUN IT, no worker: ${message}`, EXPECTED, `Keep one up with \`${worker}\`.`);
    return has('differs', 'extra', 'paused') ? warn(NAME, message, EXPECTED, apply) : ok(NAME, message, EXPECTED);
  } catch (error) {
    if (error instanceof LauterError) return fail(NAME, error.message, EXPECTED, error.remedy);
    throw error;
  }
}

const TOLD: Readonly<Record<Listed['state'], string>> = {
  active: 'is on',
  paused: 'is paused and will not begin',
  differs: 'is on the server, but the config says something else',
  missing: 'is in the config, but not on the server',
  extra: 'is on the server, but not in the config',
  unknown: 'is in the config',
};

function tellTimes({ state, next_at: next, missed }: Listed): string {
  const due = state === 'active' && next !== null ? `, next ${next}` : '';
  return missed === 0 ? due : `${due}, ${missed} missed so far`;
}
