import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SearchTelemetry } from '../../../adapters/search/telemetry.ts';
import type { SearchCall } from '../../../schemas/search-call.ts';
import { searchModesSchema } from '../../../schemas/search-modes.ts';
import { searchStatsSchema } from '../../../schemas/search-stats.ts';
import { searchTuneSchema } from '../../../schemas/search-tune.ts';
import { runCli } from '../../support/run-cli.ts';
import { searchCalls } from '../../support/search-calls.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folderWith = (search: object): string =>
  temporaryFolder({ 'lauter.config.json': `{\n  // the search of the harbour\n  "search": ${JSON.stringify(search)}\n}\n` });
const configOf = (folder: string): string => readFileSync(join(folder, 'lauter.config.json'), 'utf8');

const modes = async (folder: string, ...args: string[]) => {
  const { code, out } = await runCli(['search', 'modes', '--json', ...args], folder);
  expect(code).toBe(0);
  return searchModesSchema.parse(JSON.parse(out));
};

/** Notes calls of an hour ago. */
function note(folder: string, count: number, fields: Partial<SearchCall>): void {
  const telemetry = new SearchTelemetry(folder);
  for (const call of searchCalls(count, { ts: new Date(Date.now() - 3_600_000).toISOString(), ...fields })) telemetry.note(call);
  telemetry.close();
}

describe('search modes', () => {
  test('without a config everything comes from balanced', async () => {
    const told = await modes(temporaryFolder());
    expect(told).toMatchObject({
      schema_version: 2,
      active_mode: 'balanced',
      active_mode_valid: true,
      shown_mode: 'balanced',
      cleared: [],
    });
    expect(told.resolved.limit).toMatchObject({ value: 25, source: 'mode', source_detail: 'balanced' });
    expect(told.resolved.limit!.description).not.toBe('');
    expect(told.bundles.tokenmax.limit).toBe(50);
    expect(told.config_keys).toEqual(expect.arrayContaining(['search.mode', 'search.rrf_k']));
    expect(told.knob_hash).toMatch(/^[0-9a-f]{16}$/);
  });

  test('what the config states counts, and changes the hash', async () => {
    const told = await modes(folderWith({ rrf_k: 30 }));
    expect(told.resolved.rrf_k).toMatchObject({ value: 30, source: 'override', source_detail: 'search.rrf_k' });
    expect(told.knob_hash).not.toBe((await modes(temporaryFolder())).knob_hash);
  });

  test('a mode that is none counts as balanced', async () => {
    const told = await modes(folderWith({ mode: 'turbo' }));
    expect(told).toMatchObject({ active_mode: 'balanced', active_mode_valid: false });
    expect(told.resolved.limit).toMatchObject({ source: 'fallback' });
  });

  test('--source shows another bundle and changes nothing', async () => {
    const folder = folderWith({ mode: 'conservative' });
    const before = configOf(folder);
    const told = await modes(folder, '--source', 'tokenmax');
    expect(told).toMatchObject({ active_mode: 'conservative', shown_mode: 'tokenmax' });
    expect(told.resolved.token_budget).toMatchObject({ value: null, source: 'mode', source_detail: 'tokenmax' });
    expect(configOf(folder)).toBe(before);
    expect((await runCli(['search', 'modes', '--source', 'turbo'], folder)).code).toBe(2);
  });

  test('--reset takes the knobs out of the config and leaves the mode, servers and comments', async () => {
    const reranker = { base_url: 'http://127.0.0.1:9', model: 'order' };
    const folder = folderWith({ mode: 'conservative', rrf_k: 30, limit: 4, embedder: 'deterministic', reranker });
    const told = await modes(folder, '--reset');
    expect([...told.cleared].sort()).toEqual(['search.limit', 'search.rrf_k']);
    expect(told.resolved.limit).toMatchObject({ value: 10, source: 'mode' });
    const text = configOf(folder);
    expect(text).toContain('// the search of the harbour');
    expect(JSON.parse(text.replace(/^ *\/\/.*$/gm, ''))).toEqual({ search: { mode: 'conservative', embedder: 'deterministic', reranker } });
    expect((await modes(folder, '--reset')).cleared).toEqual([]);
  });

  test('for people: the mode, the hash, and a row for each knob', async () => {
    const { out } = await runCli(['search', 'modes'], folderWith({ mode: 'turbo', token_budget: null }));
    expect(out).toContain('mode: balanced (search.mode names none that there is)');
    expect(out).toMatch(/^token_budget +none +override +search\.token_budget$/m);
  });

  test('--costs adds what each mode costs its reader, worked out from the bundles and prices that count', async () => {
    expect(await modes(temporaryFolder())).not.toHaveProperty('costs');
    const { costs } = await modes(temporaryFolder(), '--costs');
    expect(costs!.matrix.rows[2]).toEqual({ mode: 'tokenmax', tokens: 20_000, usd: { small: 200, mid: 600, large: 1_000 } });
    const cost = { downstream_model: 'pilot-4.1', prices: { 'pilot-4.1': { input_per_million: 2 } } };
    const own = await modes(temporaryFolder({ 'lauter.config.json': JSON.stringify({ cost }) }), '--costs');
    expect(own.costs!.per_query[0]!.usd).toEqual({ 'pilot-4.1': 0.008 });
  });

  test('--costs for people: the published tables to the digit', async () => {
    const { out } = await runCli(['search', 'modes', '--costs'], temporaryFolder());
    const lines = out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
    for (const line of [
      'conservative (4K cap, 10) | 4,000 | 10 | $0.004 | $0.012 | $0.020',
      'balanced (12K cap, 25) | 10,000 | 25 | $0.010 | $0.030 | $0.050',
      'tokenmax (no cap, 50) | 20,000 | 50 | $0.020 | $0.060 | $0.100',
      'conservative | 100,000 | $400 | $1,200 | $2,000',
      'balanced | 1,000 | $10 | $30 | $50',
      'tokenmax | 10,000 | $200 | $600 | $1,000',
      'conservative (4K) | $40 | $120 | $200',
      'tokenmax (20K) | $200 | $600 | $1,000',
      'tokenmax | 60K | $0.18 | $155',
      'balanced | 30K | $0.09 | $77 | -$78',
      'conservative | 12K | $0.036 | $31 | -$124',
      'tokenmax + large | $0.85 | $700 | natural: most depth, for a model that can use it',
      'balanced + mid | $0.50 | $430 | natural: the middle of both',
      'conservative + large | $0.75 | $640 | mismatch: 92% of the top pairing, shallow retrieval',
    ]) {
      expect(lines).toContain(line);
    }
    expect(out).toContain('about $0.00001 to embed a query; $0.0015 to word one anew ($150 for 100,000)');
    expect(out).toContain('spread 25x');
  });

  test('--costs for a model without a price: exit 2, with the command that adds it', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': JSON.stringify({ cost: { downstream_model: 'pilot-4.1' } }) });
    const { code, err } = await runCli(['search', 'modes', '--costs'], folder);
    expect(code).toBe(2);
    expect(err).toContain(`lauter config set 'cost.prices["pilot-4.1"]'`);
  });

  test('an embedder that cannot be opened is told and left out of the hash', async () => {
    const embedders = { desk: { kind: 'openai', base_url: 'http://127.0.0.1:9', model: 'm', dimensions: 4, api_key_env: 'DESK_KEY' } };
    const folder = folderWith({ embedder: 'desk', embedders });
    const { code, out, err } = await runCli(['search', 'modes', '--json'], folder);
    expect(code).toBe(0);
    expect(err).toContain('the knob hash leaves out');
    expect(searchModesSchema.parse(JSON.parse(out)).knob_hash).toBe((await modes(temporaryFolder())).knob_hash);
  });
});

describe('search stats', () => {
  test('counts what was noted in its days', async () => {
    const folder = folderWith({});
    note(folder, 3, { cache: 'hit' });
    note(folder, 1, { cache: 'miss' });
    note(folder, 2, { ts: new Date(Date.now() - 9 * 86_400_000).toISOString() });
    const stats = async (...args: string[]) => {
      const { code, out, err } = await runCli(['search', 'stats', '--json', ...args], folder);
      expect(code).toBe(0);
      return { err, ...searchStatsSchema.parse(JSON.parse(out)) };
    };
    expect(await stats()).toMatchObject({ total_calls: 4, cache_hit_rate: 0.75, window_days: 7, err: '' });
    expect(await stats('--days', '30')).toMatchObject({ total_calls: 6, window_days: 30 });
    expect(await stats('--days', '4000')).toMatchObject({ window_days: 365, err: expect.stringContaining('365') });
    expect((await runCli(['search', 'stats'], folder)).out).toContain('4 in 7 days');
  });

  test('says what its figures mean, in the document and, when asked, below the table', async () => {
    const folder = folderWith({});
    note(folder, 1, {});
    const { _meta } = searchStatsSchema.parse(JSON.parse((await runCli(['search', 'stats', '--json'], folder)).out));
    expect(Object.keys(_meta.metric_glossary)).toEqual(expect.arrayContaining(['cache_hit_rate', 'avg_rank1_score', 'p99_latency_ms']));
    expect(_meta.unknown_metrics).toEqual([]);
    expect((await runCli(['search', 'stats', '--glossary'], folder)).out).toContain('cache_hit_rate');
    expect((await runCli(['search', 'stats'], folder)).out).not.toContain('what the figures mean');
  });

  test('prints n/a for a rate over nothing', async () => {
    const { out } = await runCli(['search', 'stats'], folderWith({}));
    expect(out).toMatch(/cache +0 hits, 0 misses, rate n\/a/);
    expect(out).toMatch(/scored +0 searches .*n\/a/);
  });

  test.each(['0', '-1', '1.5', 'many', ''])('--days %j is refused', async (days) => {
    expect((await runCli(['search', 'stats', '--days', days], folderWith({}))).code).toBe(2);
  });
});

describe('search tune', () => {
  const tune = async (folder: string, ...args: string[]) => {
    const { code, out } = await runCli(['search', 'tune', '--json', ...args], folder);
    expect(code).toBe(0);
    return searchTuneSchema.parse(JSON.parse(out));
  };

  test('too few calls', async () => {
    const folder = folderWith({ semantic_cache: false });
    note(folder, 19, {});
    expect(await tune(folder, '--apply')).toEqual({
      schema_version: 2,
      status: 'insufficient_data',
      calls: 19,
      recommendations: [],
      applied: [],
    });
    expect(configOf(folder)).toContain('"semantic_cache":false');
  });

  test('tokenmax for a small model that reads what is found is too much', async () => {
    const cost = { downstream_model: 'scribe-mini' };
    const folder = temporaryFolder({ 'lauter.config.json': JSON.stringify({ search: { mode: 'tokenmax' }, cost }) });
    note(folder, 20, { mode: 'tokenmax' });
    expect((await tune(folder)).recommendations).toMatchObject([{ id: 'mode_for_small_model', from: 'tokenmax', to: 'balanced' }]);
    const reader = { base_url: 'http://127.0.0.1:8000/v1', model: 'scribe-mini' };
    const read = temporaryFolder({
      'lauter.config.json': JSON.stringify({ search: { mode: 'tokenmax' }, cost: { downstream_model: 'scribe-large' }, eval: { reader } }),
    });
    note(read, 20, { mode: 'tokenmax' });
    expect((await tune(read)).status).toBe('no_recommendations');
  });

  test('nothing to change', async () => {
    const folder = folderWith({});
    note(folder, 20, {});
    expect(await tune(folder)).toMatchObject({ status: 'no_recommendations', recommendations: [], applied: [] });
  });

  test('says what to change and how to take it back, and changes nothing by itself', async () => {
    const folder = folderWith({ mode: 'conservative' });
    note(folder, 60, { mode: 'conservative', budget_dropped: 3, cache: 'hit' });
    const before = configOf(folder);
    const told = await tune(folder);
    expect(told).toMatchObject({ status: 'has_recommendations', calls: 60, applied: [] });
    expect(told.recommendations).toMatchObject([
      {
        id: 'mode_budget_drops',
        key: 'search.mode',
        from: 'conservative',
        to: 'balanced',
        apply_command: 'lauter config set search.mode balanced',
        revert_command: 'lauter config set search.mode conservative',
      },
      {
        id: 'cache_too_lenient',
        key: 'search.cache_similarity',
        from: 0.92,
        to: 0.94,
        apply_command: 'lauter config set search.cache_similarity 0.94',
        revert_command: 'lauter config unset search.cache_similarity',
      },
    ]);
    expect(configOf(folder)).toBe(before);
  });

  test('--apply changes the config and says so; each command takes its change back', async () => {
    const folder = folderWith({ mode: 'conservative' });
    note(folder, 60, { mode: 'conservative', budget_dropped: 3, cache: 'hit' });
    const before = JSON.parse(configOf(folder).replace(/^ *\/\/.*$/gm, '')) as unknown;
    const told = await tune(folder, '--apply');
    expect(told.applied).toEqual(['mode_budget_drops', 'cache_too_lenient']);
    expect((await modes(folder)).resolved.cache_similarity).toMatchObject({ value: 0.94, source: 'override' });
    for (const { revert_command: command } of told.recommendations)
      expect((await runCli(command.split(' ').slice(1), folder)).code).toBe(0);
    expect(JSON.parse(configOf(folder).replace(/^ *\/\/.*$/gm, ''))).toEqual(before);
  });

  test('its commands lead to the place that was named', async () => {
    const folder = folderWith({ semantic_cache: false });
    note(folder, 20, { cache: 'off' });
    const { out } = await runCli(['search', 'tune', '--json', '--workspace', folder], temporaryFolder());
    expect(searchTuneSchema.parse(JSON.parse(out)).recommendations).toMatchObject([
      { id: 'cache_disabled', revert_command: `lauter config set search.semantic_cache false --workspace ${folder}` },
    ]);
  });

  test('for people', async () => {
    const folder = folderWith({ semantic_cache: false });
    note(folder, 20, { cache: 'off' });
    expect((await runCli(['search', 'tune'], folder)).out).toContain('apply: lauter config set search.semantic_cache true');
    expect((await runCli(['search', 'tune', '--apply'], folder)).out).toContain('search.semantic_cache: false -> true (applied)');
  });
});
