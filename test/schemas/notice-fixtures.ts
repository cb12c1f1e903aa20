import { HARBOUR_NOTICE } from '../support/probe-events.ts';
import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

const queue = { notices: [HARBOUR_NOTICE], problem: 'hooks.example: http_5xx: status 503', since: TIME, dropped: 2 };

/** What is told of the nightly probe, and what has yet to be. */
export const NOTICE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  changeNoticeSchema: fixtureOf(
    HARBOUR_NOTICE,
    {
      'an outcome that nobody knows': { after: { is_ok: false, reason: 'fog' } },
      'an id that is no hash': { id: 'night-1' },
      'no time': { at: 'at dawn' },
      'half a question': { fail_count: 0.5 },
    },
    { accepts: [{ run_uid: null, detail: null }] },
  ),
  noticeBookSchema: fixtureOf(
    {
      schema: 'notice-book/1',
      states: {
        quality: { is_ok: false, reason: 'fail', seen: ['night-1'] },
        determinism: { is_ok: true, reason: 'pass', seen: [] },
      },
      waiting: { 'webhook-0a1b': queue },
    },
    {
      'a kind that nobody knows': { states: { weather: { is_ok: true, reason: 'pass', seen: [] } } },
      'a negative number of lost ones': { waiting: { 'webhook-0a1b': { ...queue, dropped: -1 } } },
    },
    { accepts: [{ states: {}, waiting: {} }, { waiting: { 'webhook-0a1b': { ...queue, problem: null } } }] },
  ),
};
