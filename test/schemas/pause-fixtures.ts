import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

const lease = {
  schema: 'pause-lease/1',
  owner: 'run-20260302T064000Z-0badcafe-quay22',
  token: 7,
  production_url: 'http://127.0.0.1:8787',
  host: 'harbour',
  pid: 4711,
  pid_started: 'boot.1',
  started_at: TIME,
  ttl_s: 120,
  renewed_at: TIME,
  deadline_at: TIME,
  state: 'paused',
};
const status = {
  owner: lease.owner,
  token: 7,
  state: 'paused',
  production_url: lease.production_url,
  host: 'harbour',
  pid: 4711,
  age_s: 30,
  ttl_left_s: 90,
  deadline_left_s: -3,
};

const work = {
  id: lease.owner,
  kind: 'run',
  state: 'unfinished',
  models: ['harbor-8b'],
  started_at: TIME,
  runs_done: 0,
  runs: 1,
  run_id: lease.owner,
  calls_done: 7,
  calls: 40,
  why: 'cancelled',
  resume: 'lauter bench resume',
};
const slot = {
  schema: 'inference-slot/1',
  url: 'http://127.0.0.1:8000/v1',
  token: 7,
  owner: lease.owner,
  taken_at: TIME,
  renewed_at: TIME,
};
const guest = {
  schema: 'slot-guest/1',
  url: 'http://127.0.0.1:8000/v1',
  owner: 'queue-20260302T064000Z-0badcafe-quay22-1',
  pid: 4711,
  pid_started: 'boot.99',
  host: 'lock-house',
  since: TIME,
  until: TIME,
};

/** What a pause of production writes, reads and prints. */
export const PAUSE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  pauseLeaseSchema: fixtureOf(
    lease,
    {
      'a URL that is null': { production_url: null },
      'a URL of another kind': { production_url: 'ftp://harbour' },
      'no URL': { production_url: 'harbour' },
      'a token before the first': { token: 0 },
      'a life of nothing': { ttl_s: 0 },
      'a time in words': { renewed_at: 'at dawn' },
      'a state nobody knows': { state: 'asleep' },
      'another version': { schema: 'pause-lease/2' },
    },
    {
      optional: ['schema', 'pid_started'],
      isOpen: true,
      accepts: [
        { state: 'resume_pending' },
        { renewed_at: '2026-03-02T06:40:00Z' },
        { renewed_at: '2026-03-02T06:40:00+00:00' },
        { ttl_s: 0.5 },
      ],
    },
  ),
  pauseTokensSchema: fixtureOf(
    { schema: 'pause-tokens/1', last: 7, resumed: { token: 7, at: TIME } },
    { 'fewer than none': { last: -1 }, 'an end without a time': { resumed: { token: 7 } } },
    { accepts: [{ last: 0, resumed: null }] },
  ),
  pauseGuardSchema: fixtureOf(
    {
      schema: 'pause-guard/1',
      pid: 4711,
      pid_started: 'boot.1',
      host: 'harbour',
      production_url: lease.production_url,
      beat_at: TIME,
      token: 7,
      doing: 'guarding',
      problem: 'connection refused from resume',
    },
    { 'something nobody does': { doing: 'sleeping' }, 'a time in words': { beat_at: 'at dawn' } },
    { accepts: [{ token: null, problem: null, doing: 'idle' }, { doing: 'ending' }] },
  ),
  pauseGuardSettingsSchema: fixtureOf(
    {
      schema: 'pause-guard-settings/1',
      workspace: '/harbour',
      key: '0123456789abcdef',
      production_url: lease.production_url,
      queue: 'lauter-pause-quay-0123456789abcdef',
      idle_s: 120,
      ttl_s: 120,
      poll_ms: 1000,
    },
    { 'a key that leads elsewhere': { key: '../../../harbour' }, 'no patience': { idle_s: 0 }, 'no rest': { poll_ms: 0 } },
  ),
  productionPauseSchema: fixtureOf(
    { paused_at: TIME, in_flight_finished: true },
    { 'a word for a boolean': { in_flight_finished: 'yes' } },
    { optional: ['paused_at'], isOpen: true, accepts: [{ paused_at: null }, { paused_at: 1_772_433_600 }] },
  ),
  productionResumeSchema: fixtureOf(
    { resumed_at: TIME },
    { 'a list for a time': { resumed_at: [] } },
    { optional: ['resumed_at'], isOpen: true },
  ),
  productionHealthSchema: fixtureOf(
    { paused: false, pid: 4000, paused_at: TIME },
    { 'paused null': { paused: null }, 'a word for a boolean': { paused: 'false' }, 'half a process': { pid: 0.5 } },
    { optional: ['pid', 'paused_at'], isOpen: true, accepts: [{ paused: true, pid: null, paused_at: null }] },
  ),
  pauseStatusSchema: fixtureOf(status, { 'a state nobody knows': { state: 'asleep' } }),
  benchWorkSchema: fixtureOf(
    work,
    { 'a kind nobody knows': { kind: 'walk' }, 'a state nobody knows': { state: 'asleep' }, 'half a call': { calls_done: 0.5 } },
    { accepts: [{ state: 'running', kind: 'sweep', calls: null, calls_done: null, why: null, resume: null }] },
  ),
  inferenceSlotSchema: fixtureOf(
    slot,
    { 'a token before the first': { token: 0 }, 'a holder without a name': { owner: '' }, 'a time in words': { renewed_at: 'at dawn' } },
    { accepts: [{ owner: null }] },
  ),
  slotGuestSchema: fixtureOf(guest, {
    'a call without an end': { until: null },
    'a call of nobody': { owner: '' },
    'a process that cannot be': { pid: 0 },
  }),
  benchStatusSchema: fixtureOf(
    {
      schema: 'bench-status/1',
      workspace: '/harbour',
      work: [work],
      slots: [slot],
      guests: [guest],
      lease: status,
      guard: { state: 'answers', pid: 4711, problem: null },
      mutes_watchdogs: true,
      alarms: [{ alarm: 'ttl_expired', text: 'late' }],
      warnings: ['guarded by nobody'],
      remedy: 'lauter bench recover',
    },
    {
      'an alarm nobody knows': { alarms: [{ alarm: 'fog', text: '' }] },
      'a guard nobody knows': { guard: { state: 'asleep', pid: 1, problem: null } },
    },
    { accepts: [{ work: [], slots: [], guests: [], lease: null, guard: null, alarms: [], warnings: [], remedy: null }] },
  ),
  benchRecoverySchema: fixtureOf(
    {
      schema: 'bench-recovery/1',
      outcome: 'recovered',
      production_url: lease.production_url,
      owner: lease.owner,
      token: 7,
      found: '',
      remedy: '',
      moved_aside: false,
    },
    { 'an outcome nobody knows': { outcome: 'fine' } },
    { accepts: [{ outcome: 'impossible', production_url: null, owner: null, token: null }] },
  ),
};
