import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

const event = {
  ts: TIME,
  kind: 'quality',
  outcome: 'pass',
  exit_code: 0,
  pass_count: 3,
  fail_count: 0,
  inconclusive_count: 0,
  error_count: 0,
  est_cost_usd: 0.35,
};
const schedule = {
  name: 'nightly',
  state: 'active',
  workflow: 'nightlyProbe',
  cron: '30 3 * * *',
  time_zone: 'Europe/Lisbon',
  jitter_s: 60,
  catch_up_s: 43_200,
  overlap: 'skip',
  next_at: TIME,
  last_at: null,
  running: 0,
  missed: 0,
  skipped: 0,
  note: null,
};
const probe = { kind: 'quality', outcome: 'pass', exit_code: 0, detail: null, event };

/** What begins by itself, and how the nightly probe stands. */
export const SCHEDULE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  scheduleListSchema: fixtureOf(
    {
      schema_version: 1,
      engine: { state: 'answering', address: '127.0.0.1:7233' },
      schedules: [schedule, { ...schedule, name: 'other', state: 'extra', cron: null, time_zone: null, jitter_s: null }],
      workers: ['4711@pier'],
    },
    {
      'a state that nobody knows': { schedules: [{ ...schedule, state: 'asleep' }] },
      'a time that is none': { schedules: [{ ...schedule, next_at: 'soon' }] },
      'an engine without an address': { engine: { state: 'stopped' } },
    },
  ),
  probeStatusSchema: fixtureOf(
    { schema_version: 1, enabled: true, last_event: event, next_due: TIME, max_usd: 5, window_hours: 20 },
    { 'a negative cap': { max_usd: -1 }, 'no window': { window_hours: 0 }, 'a time that is none': { next_due: 'tonight' } },
    { accepts: [{ last_event: null, next_due: null }] },
  ),
  probeRunSchema: fixtureOf(
    { schema_version: 1, run_id: 'probe-1', exit_code: 0, probes: [probe] },
    {
      'a kind that nobody knows': { probes: [{ ...probe, kind: 'weather' }] },
      'a fourth exit code': { exit_code: 130 },
      'no word of its row': { probes: [{ ...probe, event: undefined }] },
    },
    { accepts: [{ run_id: null, probes: [{ ...probe, outcome: 'disabled', event: null }] }] },
  ),
  autopilotSettingsSchema: fixtureOf(
    { nightly_quality_probe: { enabled: 'true', max_usd: '2.5', window_hours: 12 } },
    {
      'a cap that is no number': { nightly_quality_probe: { max_usd: 'five' } },
      'a negative cap': { nightly_quality_probe: { max_usd: -1 } },
      'another word for true': { nightly_quality_probe: { enabled: 'yes' } },
      'a key that the probe has not': { nightly_quality_probe: { mood: 'good' } },
    },
    { optional: ['nightly_quality_probe'] },
  ),
};
