import { appendFileSync, copyFileSync, cpSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanOptions, SourceRequest } from '../../../activities/ports.ts';
import { planSources } from '../../../adapters/sources/plan-sources.ts';
import { SourceError } from '../../../domain/shared/errors.ts';
import { planSchema } from '../../../schemas/plan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fixture } from './fixture-files.ts';

const OPTIONS: PlanOptions = { skipUnknown: false, maxRecordBytes: 1 << 20, pipelineVersion: 'materialize/1' };
const CHAT = '{"messages":[{"role":"user","content":"When is low tide?"},{"role":"assistant","content":"At 6:40."}]}\n';
const RUNS = fixture('tau-bench', 'library-desk.json').text;

const request = (base: string, changes: Partial<SourceRequest> = {}): SourceRequest => ({
  paths: ['traces'],
  base,
  options: {},
  ...changes,
});

async function namesOf(requests: readonly SourceRequest[]): Promise<string[]> {
  return (await planSources(requests, OPTIONS)).sources.map(({ name, adapter }) => `${name}: ${adapter}`);
}

describe('the plan', () => {
  test('says what will be read, what not, and in which shards', async () => {
    const base = temporaryFolder({
      'traces/a.jsonl': CHAT,
      'traces/b.jsonl': CHAT + CHAT,
      'traces/notes.md': '# Tides',
      'traces/empty.jsonl': '',
    });
    const plan = await planSources([request(base)], OPTIONS);
    expect(planSchema.safeParse({ schema: 'plan/1', run_id: 'run-1', ...plan }).success).toBe(true);
    expect(plan.sources).toEqual([{ name: 'traces', adapter: 'openai-chat', files: 2, bytes: CHAT.length * 3 }]);
    expect(plan.ignored).toEqual([
      { file: 'traces/empty.jsonl', reason: 'the file is empty' },
      { file: 'traces/notes.md', reason: 'not JSON, JSONL or a log archive' },
    ]);
    expect(
      plan.shards.flatMap(({ parts }) =>
        parts.map(({ source_file, start, end, line, is_last }) => [source_file, start, end, line, is_last]),
      ),
    ).toEqual([
      ['traces/a.jsonl', 0, CHAT.length, 0, true],
      ['traces/b.jsonl', 0, CHAT.length * 2, 0, true],
    ]);
  });

  test('reads a file once, however many paths lead to it', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT });
    const inOne = await planSources([request(base, { paths: ['traces', 'traces/*.jsonl', 'traces/a.jsonl'] })], OPTIONS);
    expect(inOne.sources).toMatchObject([{ files: 1 }]);
    expect(inOne.shards.flatMap(({ parts }) => parts)).toHaveLength(1);
    const inTwo = await planSources([request(base, { name: 'first' }), request(base, { name: 'second' })], OPTIONS);
    expect(inTwo.sources).toMatchObject([{ name: 'first', files: 1 }]);
  });
});

describe('sources are named', () => {
  test('by the config', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT });
    expect(await namesOf([request(base, { name: 'harbour desk', adapter: 'openai-chat' })])).toEqual(['harbour desk: openai-chat']);
  });

  test('by the folder or file of the command line', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT, 'night.chat.jsonl': CHAT, plain: CHAT });
    expect(await namesOf([request(base)])).toEqual(['traces: openai-chat']);
    expect(await namesOf([request(base, { paths: ['traces/'] })])).toEqual(['traces: openai-chat']);
    expect(await namesOf([request(base, { paths: ['night.chat.jsonl'] })])).toEqual(['night.chat: openai-chat']);
    expect(await namesOf([request(base, { paths: ['plain'] })])).toEqual(['plain: openai-chat']);
  });

  test('by the folder in front of a pattern, and by the folder that a dot stands for', async () => {
    const base = temporaryFolder({ 'traces/deep/a.jsonl': CHAT });
    expect(await namesOf([request(base, { paths: ['traces/**/*.jsonl'] })])).toEqual(['traces: openai-chat']);
    expect(await namesOf([request(join(base, 'traces'), { paths: ['.'] })])).toEqual(['traces: openai-chat']);
    expect(await namesOf([request(join(base, 'traces', 'deep'), { paths: ['..'] })])).toEqual(['traces: openai-chat']);
  });

  test('with the format where a folder holds several', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT, 'traces/runs.json': RUNS });
    expect(await namesOf([request(base)])).toEqual(['traces/openai-chat: openai-chat', 'traces/tau-bench: tau-bench']);
  });

  test('with a number where the name is taken', async () => {
    const base = temporaryFolder({ 'monday/traces/a.jsonl': CHAT, 'tuesday/traces/a.jsonl': CHAT, 'sunday/traces/a.jsonl': CHAT });
    const paths = ['monday/traces', 'tuesday/traces', 'sunday/traces'].map((path) => request(base, { paths: [path] }));
    expect(await namesOf(paths)).toEqual(['traces: openai-chat', 'traces-2: openai-chat', 'traces-3: openai-chat']);
  });
});

describe('a plan is refused before anything is written', () => {
  const unclear = { 'traces/a.jsonl': CHAT, 'traces/tides.json': '{"low":"6:40"}' };

  test('when a file is of no known format', async () => {
    const refused = planSources([request(temporaryFolder(unclear))], OPTIONS);
    await expect(refused).rejects.toThrow(SourceError);
    await expect(refused).rejects.toThrow('found 1 that are not:\n  traces/tides.json: JSON of no known trace format');
  });

  test('unless it may be skipped: then it is listed', async () => {
    const plan = await planSources([request(temporaryFolder(unclear))], { ...OPTIONS, skipUnknown: true });
    expect(plan.ignored).toEqual([{ file: 'traces/tides.json', reason: 'JSON of no known trace format' }]);
  });

  test('a file that was named is never skipped', async () => {
    const named = request(temporaryFolder(unclear), { paths: ['traces/a.jsonl', 'traces/tides.json'] });
    await expect(planSources([named], { ...OPTIONS, skipUnknown: true })).rejects.toThrow('traces/tides.json');
  });

  test('when there is nothing to read', async () => {
    const base = temporaryFolder({ 'traces/notes.md': '# Tides' });
    await expect(planSources([request(base)], OPTIONS)).rejects.toThrow('expected at least one file with traces, found none');
  });

  test('twenty of many unclear files are listed', async () => {
    const files = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`traces/${index}.json`, '{}']));
    await expect(planSources([request(temporaryFolder(files))], OPTIONS)).rejects.toThrow(
      /found 23 that are not:\n(?: {2}traces.*\n){20} {2}and 3 more/,
    );
  });
});

describe('the key of a shard', () => {
  const keysOf = async (requests: readonly SourceRequest[], options: Partial<PlanOptions> = {}): Promise<string[]> =>
    (await planSources(requests, { ...OPTIONS, ...options })).shards.map(({ key }) => key);

  test('stays the same for the same content, wherever the folder lies and whenever it was written', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT, 'traces/b.jsonl': CHAT });
    const keys = await keysOf([request(base)]);
    const elsewhere = temporaryFolder();
    cpSync(join(base, 'traces'), join(elsewhere, 'traces'), { recursive: true });
    utimesSync(join(elsewhere, 'traces/a.jsonl'), 1_000_000, 1_000_000);
    expect(await keysOf([request(elsewhere)])).toEqual(keys);
    expect(await keysOf([request(base)])).toEqual(keys);
  });

  test('does not depend on the order of the options or of the sources', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT, 'night/b.jsonl': CHAT });
    const [day, night] = [request(base, { options: { a: 1, b: 2 } }), request(base, { paths: ['night'] })];
    expect(await keysOf([night, request(base, { options: { b: 2, a: 1 } })])).toEqual(await keysOf([day, night]));
  });

  test('changes with each thing that its rows depend on', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT });
    const other = temporaryFolder({ 'traces/a.jsonl': CHAT.replace('6:40', '6:41') });
    const keys = [
      await keysOf([request(base)]),
      await keysOf([request(other)]),
      await keysOf([request(base, { name: 'another name' })]),
      await keysOf([request(base, { options: { depth: 2 } })]),
      await keysOf([request(base, { name: 'traces', adapter: 'mapped' })]),
      await keysOf([request(base, { paths: ['./traces/a.jsonl'], name: 'traces' })]),
      await keysOf([request(base)], { maxRecordBytes: 2 << 20 }),
      await keysOf([request(base)], { pipelineVersion: 'materialize/2' }),
    ];
    expect(new Set(keys.flat()).size).toBe(keys.length);
  });

  test('of other files stays the same when one grows', async () => {
    // A file of more than a block stands in shards of its own.
    const long = CHAT.repeat(Math.ceil((9 << 20) / CHAT.length));
    const base = temporaryFolder({ 'traces/a.jsonl': long, 'traces/b.jsonl': long });
    const before = await keysOf([request(base)]);
    appendFileSync(join(base, 'traces/b.jsonl'), CHAT);
    const after = await keysOf([request(base)]);
    expect([before.length, after.length]).toEqual([4, 4]);
    expect(after.filter((key) => !before.includes(key))).toHaveLength(1);
  });

  test('is another for the same bytes under another name', async () => {
    const base = temporaryFolder({ 'traces/a.jsonl': CHAT });
    mkdirSync(join(base, 'copy'));
    copyFileSync(join(base, 'traces/a.jsonl'), join(base, 'copy/b.jsonl'));
    const [first] = await keysOf([request(base, { name: 'desk' })]);
    const [second] = await keysOf([request(base, { name: 'desk', paths: ['copy'] })]);
    expect(second).not.toBe(first);
  });
});
