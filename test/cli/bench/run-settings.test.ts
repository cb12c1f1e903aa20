import { describe, expect, test } from 'vitest';
import { runSettings, type MeasureChoices } from '../../../worker/inputs/bench-settings.ts';
import { modelsOf } from '../../../cli/commands/bench-run.ts';
import { duration } from '../../../cli/program/arguments.ts';
import { configSchema } from '../../../schemas/config.ts';

const OPTIONS: MeasureChoices = {
  corpusVersion: 'corpus-v2',
  qa: 'eval-qa-v1',
  mode: 'hybrid',
  temperature: 0.7,
  minScoreable: 100,
  production: false,
  embeddingModel: 'embed-small',
  callTimeout: 120_000,
  maxPause: 2_700_000,
  ttl: 120_000,
  renewEvery: 30_000,
};
const settingsOf = (changes: Partial<MeasureChoices> = {}, bench: object = {}) =>
  runSettings({ ...OPTIONS, ...changes }, configSchema.parse({ bench }));

describe('settings of a run', () => {
  test('come from the command line before the config, and from the defaults of the bench after that', () => {
    const bench = {
      base_url: 'http://127.0.0.1:9100/v1/',
      embedding_model: 'embed-large',
      judge_model: 'owl-70b',
      allowed_hosts: ['quay'],
    };
    expect(settingsOf({}, bench)).toMatchObject({
      base_url: 'http://127.0.0.1:9100/v1',
      embedding_model: 'embed-small',
      judge: { model: 'owl-70b', base_url: 'http://127.0.0.1:9100/v1', sample_size: 20 },
      allowed_hosts: ['quay'],
      production_url: null,
      temperature: 0.7,
      ttl_s: 120,
      renew_every_s: 30,
      max_pause_s: 2700,
      warmup_calls: 3,
      self_consistency: { events: 5, runs_per_event: 5 },
      max_failed_share: 0.02,
      gate_thresholds: { schema_validity_min: 0.95, refusal_max: 0, latency_p95_max_ms: 60_000 },
    });
    expect(settingsOf()).toMatchObject({ base_url: 'http://127.0.0.1:8000/v1', judge: null });
  });

  test('a key of the inference server is not sent to a judge elsewhere', () => {
    const bench = { api_key_env: 'QUAY_KEY', judge_model: 'owl-70b', judge_url: 'http://127.0.0.1:9200/v1' };
    expect(settingsOf({}, bench).judge).toMatchObject({ base_url: 'http://127.0.0.1:9200/v1', api_key_env: null });
    expect(settingsOf({}, { ...bench, judge_api_key_env: 'OWL_KEY' }).judge).toMatchObject({ api_key_env: 'OWL_KEY' });
    expect(settingsOf({}, { api_key_env: 'QUAY_KEY', judge_model: 'owl-70b' }).judge).toMatchObject({ api_key_env: 'QUAY_KEY' });
  });
});

describe('what does not fit is refused', () => {
  const cases: readonly (readonly [string, Partial<MeasureChoices>, RegExp])[] = [
    ['a lease shorter than three renewals', { ttl: 60_000 }, /--ttl: expected at least 3 x 30 s = 90 s, found 60 s/],
    ['a lease longer than the pause', { ttl: 120_000, maxPause: 100_000 }, /--ttl: expected at most --max-pause \(100 s\), found 120 s/],
    ['no word on production', { production: true }, /expected --production-url or bench\.production_url, found neither/],
    ['two words on production', { productionUrl: 'http://127.0.0.1:9000' }, /expected it without --production-url, found both/],
    ['a mode without what embeds', { embeddingModel: undefined }, /--mode hybrid: expected a model that embeds, found none/],
    ['a scheme of another kind', { baseUrl: 'ftp://127.0.0.1/v1' }, /--base-url: expected an http or https URL/],
  ];
  test.each(cases)('%s', (_, changes, words) => {
    expect(() => settingsOf(changes)).toThrow(words);
  });

  test('a password in a URL, which is not told', () => {
    const secret = 'tide-table-8842';
    const call = (): unknown => settingsOf({ baseUrl: `http://pilot:${secret}@127.0.0.1:8000/v1` });
    expect(call).toThrow(/--base-url: expected a URL without user, password and query/);
    expect(call).not.toThrow(new RegExp(secret));
  });

  test('an empty list of models', () => {
    expect(() => modelsOf(',')).toThrow(/--models: expected at least one model, found none/);
    expect(modelsOf(' tern-8b, gull-8b,tern-8b')).toEqual(['tern-8b', 'gull-8b']);
  });
});

test('words alone need nothing that embeds', () => {
  expect(settingsOf({ mode: 'lexical', embeddingModel: undefined })).toMatchObject({ mode: 'lexical', embedding_model: null });
});

test('durations are whole numbers with a unit', () => {
  expect(['250ms', '30s', '45m', '2h', '1d', '0s'].map(duration)).toEqual([250, 30_000, 2_700_000, 7_200_000, 86_400_000, 0]);
  for (const wrong of ['45', 'm', '1.5h', '-3s', '3 weeks', '', '9'.repeat(20) + 'd']) expect(() => duration(wrong)).toThrow(/such as 45m/);
});
