import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../../adapters/sources/timestamps.ts';
import { readEvent } from '../../../../domain/bench/corpus/read-event.ts';
import type { JsonObject, JsonValue } from '../../../../domain/shared/json.ts';

const AT = '2026-03-02T21:40:00.000Z';
const row: JsonObject = { event_id: 'shell-7', source: 'shell', timestamp: AT, payload: { command: 'open dome' } };

function read(value: JsonValue) {
  return readEvent(value, parseTimestamp);
}

it('reads an event', () => {
  expect(read(row)).toEqual({
    eventId: 'shell-7',
    source: 'shell',
    atMs: Date.parse(AT),
    isProbe: false,
    payload: { command: 'open dome' },
  });
});

it.each([
  ['timestamp_ms', Date.parse(AT)],
  ['ts_ms', String(Date.parse(AT))],
  ['timestamp_iso', '2026-03-02T22:40:00+01:00'],
  ['ts_iso', '2026-03-02 21:40:00'],
  ['timestamp', Date.parse(AT) / 1000],
  ['ts', Date.parse(AT)],
])('reads its time from %s', (field, value) => {
  const { timestamp: _, ...rest } = row;
  expect(read({ ...rest, [field]: value })).toMatchObject({ atMs: Date.parse(AT) });
});

it.each([
  ['an object', { command: 'open dome' }, { command: 'open dome' }],
  ['the text of one', '{"command":"open dome"}', { command: 'open dome' }],
  ['the text of a list', '[1]', undefined],
  ['a text that is no JSON', 'open dome', undefined],
])('takes a payload that is %s', (_, payload, expected) => expect(read({ ...row, payload })).toMatchObject({ payload: expected }));

it('takes redacted_content for the payload', () => {
  const { payload: _, ...rest } = row;
  expect(read({ ...rest, redacted_content: '{"command":"open dome"}' })).toMatchObject({ payload: { command: 'open dome' } });
});

it.each([
  [{ is_probe: true }, true],
  [{ probe_tag: 'canary-3' }, true],
  [{ tags: ['night', 'probe'] }, true],
  [{ tags: 'night, synthetic-probe' }, true],
  [{ tags: '["probe:capture"]' }, true],
  [{ is_probe: false, probe_tag: null, tags: ['probed-sky'] }, false],
])('knows a probe: %j', (more: JsonObject, isProbe) => expect(read({ ...row, ...more })).toMatchObject({ isProbe }));

describe('what is no event', () => {
  it.each([
    ['a list', [1], 'a list'],
    ['no id', { ...row, event_id: null }, 'null'],
    ['an id that is a number', { ...row, event_id: 7 }, 'a number'],
    ['an id that would tear a line of the hash', { ...row, event_id: 'shell\n7' }, 'a text of 7 characters'],
    ['an empty source', { ...row, source: '' }, 'a text of 0 characters'],
    ['no time', { ...row, timestamp: null }, 'none'],
    ['a time that is none', { ...row, timestamp: 'tonight' }, 'a text of 7 characters'],
    ['half a millisecond', { ...row, timestamp_ms: 1.5 }, 'a number'],
  ])('%s', (_, value: JsonValue, found) => expect(read(value)).toMatchObject({ found }));
});
