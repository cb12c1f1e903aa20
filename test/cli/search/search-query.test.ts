import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCaptureStore } from '../../../adapters/search/capture-store.ts';
import { readSearchCalls } from '../../../adapters/search/telemetry.ts';
import { searchResponseSchema, type SearchResponse } from '../../../schemas/search-response.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOTES = {
  'notes/quay.md': '---\ntitle: Old Quay\naliases: [pier seven]\n---\nThe harbour office is run by the pilot. The tide rises at six.\n',
  'notes/mill.md': '# Tide mill\n\nGrain is milled while the tide runs out.\n',
  'notes/evil.md': '# Red \u001b[31mlamp\u0007\n\nA lamp \u001b]0;owned\u0007 that turns.\n',
  'notes/test/hidden.md': '# Hidden tide\n\nNobody finds this tide.\n',
};

/** A workspace whose collection `notes` has been indexed, and commands run in it. */
async function desk(config: object = {}, env: Record<string, string> = {}) {
  const cwd = temporaryFolder({ ...NOTES, 'lauter.config.json': JSON.stringify(config) });
  const run = (...args: string[]) => runCli(args, cwd, { env });
  expect((await run('search', 'index', 'notes', '--from', 'notes')).code).toBe(0);
  const query = (...args: string[]) => run('search', 'query', 'notes', ...args);
  const json = async (...args: string[]): Promise<SearchResponse> =>
    searchResponseSchema.parse(JSON.parse((await query(...args, '--json')).out));
  return { cwd, run, query, json, captured: () => [...openCaptureStore(cwd).newestFirst()] };
}

const slugs = ({ results }: SearchResponse): string[] => results.map(({ slug }) => slug);
const deterministic = { search: { embedder: 'deterministic' } };

describe('lauter search query', () => {
  test('DEG-1 prints what is missing before what was found, and finds all the same', async () => {
    const { code, out, err } = await (await desk()).query('who runs the harbour office?');
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'degraded: keyword only (no embedder configured)',
      expect.stringMatching(/^ 1 {2}1\.\d{4} {2}default::quay {2}Old Quay$/),
    ]);
  });

  test('answers in JSON; a page that never is returned is not', async () => {
    const { json } = await desk();
    const response = await json('tide', '--strategy', 'keyword');
    expect(slugs(response).toSorted()).toEqual(['mill', 'quay']);
    expect(response).toMatchObject({
      schema_version: 1,
      query: 'tide',
      mode: 'balanced',
      meta: { degraded: [], cache: 'off', generation: 1 },
    });
    expect(slugs(await json('pier seven'))[0]).toBe('quay');
  });

  test('tells why: ranks, multipliers, drops', async () => {
    const { query, json } = await desk();
    const { explain } = await json('tide', '--explain', '--limit', '1');
    expect(explain!.rows[0]!.arm_ranks.keyword).toBe(1);
    expect(explain!.dropped.limit).toBeGreaterThan(0);
    expect((await query('tide', '--explain')).out).toContain('keyword #1');
  });

  test('has options for the knobs, and a part of the list', async () => {
    const { json } = await desk();
    expect((await json('tide', '--limit', '1', '--offset', '1')).results.map(({ rank }) => rank)).toEqual([2]);
    expect((await json('tide', '--token-budget', '3')).meta.budget).toMatchObject({ budget: 3, kept: 1, truncated: true });
    expect((await json('tide', '--token-budget', 'none')).meta.budget.budget).toBe(0);
    expect((await json('tide', '--rerank', 'on', '--expansion')).meta.degraded).toEqual([
      'no_embedder',
      'no_reranker',
      'no_expansion_model',
    ]);
    expect((await json('tide', '--source', 'wiki')).results).toEqual([]);
    const [one, other] = [await json('tide', '--mode', 'conservative'), await json('tide', '--mode', 'conservative', '--set', 'rrf_k=20')];
    expect([one.mode, one.knob_hash === other.knob_hash]).toEqual(['conservative', false]);
  });

  test('exits with 0 when nothing is found', async () => {
    expect(await (await desk()).query('zeppelin')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing found.') as string });
  });

  test('lets no page reach the terminal', async () => {
    const { out } = await (await desk()).query('lamp', '--explain');
    expect(out).toContain('lamp');
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  test('leaves out what LAUTER_SEARCH_EXCLUDE names', async () => {
    expect(slugs(await (await desk({}, { LAUTER_SEARCH_EXCLUDE: 'mi, qu' })).json('tide'))).toEqual([]);
  });

  test('uses an answer again, unless it is told not to', async () => {
    const { json } = await desk(deterministic);
    const cache = async (...args: string[]) => (await json('when does the tide rise', ...args)).meta.cache;
    expect([await cache(), await cache(), await cache('--no-cache'), await cache('--strategy', 'keyword')]).toEqual([
      'miss',
      'hit',
      'off',
      'off',
    ]);
  });
});

test('whether the reranker is used is `search.rerank`, because `search.reranker` tells of its server', async () => {
  const { run, json } = await desk();
  expect((await json('tide')).meta.degraded).toEqual(['no_embedder']);
  expect((await run('config', 'set', 'search.rerank', 'on')).code).toBe(0);
  expect((await json('tide')).meta.degraded).toEqual(['no_embedder', 'no_reranker']);
  expect((await json('tide', '--rerank', 'off')).meta.degraded).toEqual(['no_embedder']);
  const modes = async (...args: string[]) => JSON.parse((await run('search', 'modes', '--json', ...args)).out) as Record<string, unknown>;
  expect(await modes()).toMatchObject({
    resolved: { reranker: { value: true, source: 'override', source_detail: 'search.rerank' } },
    config_keys: expect.arrayContaining(['search.rerank']) as string[],
  });
  expect(await modes('--reset')).toMatchObject({ cleared: ['search.rerank'], resolved: { reranker: { value: false, source: 'mode' } } });
  expect((await run('config', 'set', 'search.rerank', 'maybe')).code).toBe(2);
});

test('a jump that is none is ignored in a config, and that is told', async () => {
  const { run } = await desk({ search: { autocut_jump: 5 } });
  const told = JSON.parse((await run('search', 'modes', '--json')).out) as Record<string, unknown>;
  expect(told).toMatchObject({
    resolved: {
      autocut_jump: { value: 0.2, source: 'fallback', source_detail: expect.stringContaining('is 5, outside (0, 1]') as string },
    },
  });
});

describe('what is kept of a search', () => {
  test('figures, never the query', async () => {
    const { cwd, query } = await desk();
    await query('tide of the quay');
    expect(readSearchCalls(cwd, '2000-01-01').calls).toMatchObject([{ mode: 'balanced', intent: 'general', cache: 'off' }]);
    for (const file of readdirSync(join(cwd, 'lake/search-calls'))) {
      expect(readFileSync(join(cwd, 'lake/search-calls', file), 'utf8')).not.toContain('quay');
    }
  });

  test('nothing of it is captured unless that is turned on', async () => {
    const { cwd, query, captured } = await desk();
    await query('tide');
    expect([captured(), existsSync(join(cwd, 'lake/captures'))]).toEqual([[], false]);
  });

  test('is captured by config or contributor mode, scrubbed, under the name of its strategy', async () => {
    for (const [config, env] of [
      [{ ...deterministic, eval: { capture: true } }, {}],
      [deterministic, { LAUTER_CONTRIBUTOR_MODE: '1' }],
    ] as const) {
      const { query, captured } = await desk(config, env);
      await query('tide at pilot@example.org', '--detail', 'low', '--no-cache', '--limit', '7');
      await query('tide', '--strategy', 'keyword');
      expect(captured()).toMatchObject([
        { tool_name: 'search', query: 'tide', vector_enabled: false, embedding_column: null, expand_enabled: null, cache: 'off', id: 2 },
        {
          tool_name: 'query',
          query: expect.not.stringContaining('example.org') as string,
          detail: 'low',
          limit: 7,
          vector_enabled: true,
          embedding_column: 'deterministic',
          expand_enabled: false,
          id: 1,
        },
      ]);
    }
  });

  test('the config counts for more than the environment', async () => {
    const { query, captured } = await desk({ eval: { capture: false } }, { LAUTER_CONTRIBUTOR_MODE: '1' });
    await query('tide');
    expect(captured()).toEqual([]);
  });

  test('CAP-10 a search is answered when nothing can be kept of it', async () => {
    const { cwd, query } = await desk({ eval: { capture: true } });
    for (const name of ['captures', 'search-calls', 'answers']) writeFileSync(join(cwd, 'lake', name), 'a file in the place of a folder');
    expect(await query('tide')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('default::mill') as string });
  });

  test('a search that failed is neither counted nor captured', async () => {
    const { cwd, run, captured } = await desk({ eval: { capture: true } });
    mkdirSync(join(cwd, 'lake'), { recursive: true });
    expect((await run('search', 'query', 'nowhere', 'tide')).code).toBe(2);
    expect([captured(), readSearchCalls(cwd, '2000-01-01').calls]).toEqual([[], []]);
  });
});
