import { expect, test } from 'vitest';
import { parseConfig } from '../../../adapters/files/config-file.ts';
import { createRedactor } from '../../../domain/redaction/index.ts';
import type { Config } from '../../../schemas/config.ts';

const nightlyOf = (config: object): Config['probe']['nightly'] =>
  parseConfig(JSON.stringify(config), 'lauter.config.json', createRedactor([])).probe.nightly;
const named = (nightly_quality_probe: object, nightly?: object): object => ({
  autopilot: { nightly_quality_probe },
  ...(nightly === undefined ? {} : { probe: { nightly } }),
});

test('names of gbrain count where our own say nothing, as text, too', () => {
  expect(nightlyOf(named({ enabled: 'true', max_usd: '2.5', window_hours: '12' }))).toMatchObject({
    enabled: true,
    max_usd: 2.5,
    window_hours: 12,
  });
  expect(nightlyOf(named({ max_usd: 3 }, { enabled: true }))).toMatchObject({ enabled: true, max_usd: 3, window_hours: 20 });
});

test('both may say the same', () => {
  expect(nightlyOf(named({ enabled: 'true', max_usd: '5.0' }, { enabled: true, max_usd: 5 }))).toMatchObject({ enabled: true, max_usd: 5 });
});

test.each([
  [
    { max_usd: '3' },
    { max_usd: 5 },
    /line 1, .*autopilot\.nightly_quality_probe\.max_usd.*the same as probe\.nightly\.max_usd, 5, found "3"/,
  ],
  [{ enabled: 'false' }, { enabled: true }, /probe\.nightly\.enabled, true, found "false"/],
])('%j beside %j is refused with both keys', (alias, own, words) => {
  expect(() => nightlyOf(named(alias, own))).toThrow(words);
});

test.each(['five', '-1', '1e400', '', 'NaN', null, [], -2])('a cap of %j is an error of the config, by either name', (max_usd) => {
  expect(() => nightlyOf(named({ max_usd }))).toThrow(/max_usd/);
  expect(() => nightlyOf({ probe: { nightly: { max_usd } } })).toThrow(/max_usd/);
});
