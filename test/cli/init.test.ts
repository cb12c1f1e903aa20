import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWorkspace } from '../../adapters/files/workspace.ts';
import { planSources } from '../../adapters/sources/plan-sources.ts';
import { sourceRequests } from '../../worker/inputs/distill-input.ts';
import { configSchema, type Config } from '../../schemas/config.ts';
import { initReportSchema, type InitReport } from '../../schemas/init-report.ts';
import { fixture } from '../adapters/sources/fixture-files.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LIBRARY = fixture('tau-bench', 'library-desk.json').text;
const UNKNOWN = '{"tide":"low"}\n{"tide":"high"}\n';

function configIn(folder: string): Config {
  return configSchema.parse(JSON.parse(readFileSync(join(folder, 'lauter.config.json'), 'utf8')));
}

async function initJson(args: readonly string[], cwd: string): Promise<InitReport> {
  const { out } = await runCli(['init', ...args, '--json'], cwd);
  return initReportSchema.parse(JSON.parse(out));
}

/** The files that the sources of a config cover, as a run would plan them; throws when a run would refuse them. */
async function coveredBy(workspace: string): Promise<Record<string, string[]>> {
  const config = configIn(workspace);
  const requests = sourceRequests({ paths: [], cwd: workspace, config, configBase: workspace });
  const plan = await planSources(requests, { skipUnknown: false, maxRecordBytes: 1 << 24, pipelineVersion: 'test' });
  return Object.fromEntries(plan.sources.map(({ name }) => [name, covered(plan, name)]));
}

function covered(plan: Awaited<ReturnType<typeof planSources>>, name: string): string[] {
  return plan.shards.filter(({ source }) => source === name).flatMap(({ parts }) => parts.map((part) => part.source_file));
}

describe('a new workspace', () => {
  test('holds its id, a config with a source for each format and folder, and the schema that the config points to', async () => {
    const folder = temporaryFolder({ 'traces/desk/a.jsonl': HARBOR_TRACES, 'traces/library/runs.json': LIBRARY });
    const { code, out, err } = await runCli(['init', 'traces'], folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('openai-chat');
    expect(out).toContain('lauter distill run-all');
    expect(readWorkspace(folder)).toBeDefined();
    const config = configIn(folder);
    expect(config.sources.map(({ name, adapter, paths }) => ({ name, adapter, paths }))).toEqual([
      { name: 'desk', adapter: 'openai-chat', paths: ['traces/desk'] },
      { name: 'library', adapter: 'tau-bench', paths: ['traces/library'] },
    ]);
    expect(config.$schema).toBe('./lauter.schema.json');
    expect(existsSync(join(folder, 'lauter.schema.json'))).toBe(true);
    expect(await coveredBy(folder)).toEqual({ desk: ['traces/desk/a.jsonl'], library: ['traces/library/runs.json'] });
  });

  test('may lie elsewhere; paths in its config start from it', async () => {
    const folder = temporaryFolder({ 'traces/a.jsonl': HARBOR_TRACES });
    await runCli(['init', 'traces', '--workspace', 'refinery'], folder);
    expect(configIn(join(folder, 'refinery')).sources).toMatchObject([{ name: 'traces', paths: ['../traces'] }]);
    expect(await coveredBy(join(folder, 'refinery'))).toEqual({ traces: ['../traces/a.jsonl'] });
  });

  test('without paths it has no sources yet', async () => {
    const folder = temporaryFolder();
    expect((await runCli(['init'], folder)).code).toBe(0);
    expect(configIn(folder).sources).toEqual([]);
  });
});

describe('the mode of searches', () => {
  test('is balanced where nobody is asked, and says how to change it', async () => {
    const folder = temporaryFolder();
    const { out } = await runCli(['init'], folder);
    expect(configIn(folder).search.mode).toBe('balanced');
    expect(out).toContain(
      'mode       balanced: up to 25 chunks a search; `lauter config set search.mode conservative` (or tokenmax) changes it',
    );
    expect(await initJson(['--workspace', 'other', '--mode', 'tokenmax'], folder)).toMatchObject({ mode: 'tokenmax', written: true });
    expect(configIn(join(folder, 'other')).search.mode).toBe('tokenmax');
  });

  test('is asked for at a terminal, with what each costs; --yes and --mode do not ask', async () => {
    const folder = temporaryFolder();
    const questions: string[] = [];
    const terminal = {
      ask: (): Promise<boolean> => Promise.resolve(true),
      choose: (question: string, words: readonly string[], usual: string): Promise<string> => {
        questions.push(`${question} ${words.join(' ')}, else ${usual}`);
        return Promise.resolve('conservative');
      },
    };
    const { code, err } = await runCli(['init', '--workspace', 'asked'], folder, terminal);
    expect(code).toBe(0);
    expect(questions).toEqual(['How much should a search deliver? conservative balanced tokenmax, else balanced']);
    expect(err).toMatch(/^balanced +25 chunks, 10K tokens +\$0\.010 \/ \$0\.030 \/ \$0\.050 +\$100 \/ \$300 \/ \$500$/m);
    expect(configIn(join(folder, 'asked')).search.mode).toBe('conservative');
    await runCli(['init', '--workspace', 'yes', '--yes'], folder, terminal);
    expect(configIn(join(folder, 'yes')).search.mode).toBe('balanced');
    await runCli(['init', '--workspace', 'named', '--mode', 'tokenmax'], folder, terminal);
    expect(configIn(join(folder, 'named')).search.mode).toBe('tokenmax');
    expect(questions).toHaveLength(1);
  });

  test('of a config that is there stays, unless one is named', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': '{ "search": { "mode": "tokenmax" } }' });
    expect(await initJson(['--force'], folder)).toMatchObject({ mode: null });
    expect(configIn(folder).search.mode).toBe('tokenmax');
    expect(await initJson(['--force', '--mode', 'conservative'], folder)).toMatchObject({ mode: 'conservative' });
    expect(configIn(folder).search.mode).toBe('conservative');
    expect((await runCli(['init', '--force', '--mode', 'lavish'], folder)).code).toBe(2);
  });
});

describe('sources cover what is known and nothing else', () => {
  test('formats mixed in one folder, beside a file of no known format', async () => {
    const folder = temporaryFolder({
      'traces/a.jsonl': HARBOR_TRACES,
      'traces/b.jsonl': HARBOR_TRACES,
      'traces/runs.json': LIBRARY,
      'traces/tides.ndjson': UNKNOWN,
      'traces/notes.txt': 'low tide',
    });
    const report = await initJson(['traces', '--workspace', 'refinery'], folder);
    expect(report.sources).toEqual([
      { name: 'traces/openai-chat', adapter: 'openai-chat', paths: ['../traces/*.jsonl'] },
      { name: 'traces/tau-bench', adapter: 'tau-bench', paths: ['../traces/runs.json'] },
    ]);
    expect(report.unclear).toEqual([{ file: 'traces/tides.ndjson', reason: 'JSON of no known trace format' }]);
    expect(await coveredBy(join(folder, 'refinery'))).toEqual({
      'traces/openai-chat': ['../traces/a.jsonl', '../traces/b.jsonl'],
      'traces/tau-bench': ['../traces/runs.json'],
    });
  });

  test('a pattern is not used where it would take in a stranger', async () => {
    const folder = temporaryFolder({ 'traces/a.jsonl': HARBOR_TRACES, 'traces/b.jsonl': HARBOR_TRACES, 'traces/tides.jsonl': UNKNOWN });
    await runCli(['init', 'traces', '--workspace', 'refinery'], folder);
    expect(configIn(join(folder, 'refinery')).sources).toMatchObject([{ paths: ['../traces/a.jsonl', '../traces/b.jsonl'] }]);
  });

  test('companions of a format stay with it', async () => {
    const instance = fixture('aider-bench', 'lantern__clock-101.json').text;
    const predictions = fixture('aider-bench', 'all_preds.jsonl').text;
    const folder = temporaryFolder({
      'traces/lantern__clock-101.json': instance,
      'traces/all_preds.jsonl': predictions,
      'traces/runs.json': LIBRARY,
    });
    const report = await initJson(['traces', '--workspace', 'refinery'], folder);
    expect(report.sources.map(({ adapter }) => adapter)).toEqual(['aider-bench', 'tau-bench']);
    await coveredBy(join(folder, 'refinery'));
  });

  test('files that are named one by one become one source of their folder', async () => {
    const folder = temporaryFolder({ 'traces/a.jsonl': HARBOR_TRACES, 'traces/b.jsonl': HARBOR_TRACES, 'traces/c.jsonl': HARBOR_TRACES });
    const report = await initJson(['traces/a.jsonl', 'traces/b.jsonl'], folder);
    expect(report.sources).toEqual([{ name: 'traces', adapter: 'openai-chat', paths: ['traces/a.jsonl', 'traces/b.jsonl'] }]);
  });

  test("the workspace's own files are no traces, wherever it lies", async () => {
    const folder = temporaryFolder({ 'a.jsonl': HARBOR_TRACES, 'nested/b.jsonl': HARBOR_TRACES });
    await runCli(['init', '.'], folder);
    expect(
      Object.values(await coveredBy(folder))
        .flat()
        .sort(),
    ).toEqual(['a.jsonl', 'nested/b.jsonl']);
    const again = await initJson(['.'], folder);
    expect(again).toMatchObject({ sources: [], unclear: [] });
  });

  test('names are such as the config allows, and told apart', async () => {
    const folder = temporaryFolder({ 'one/.Bücher!/a.jsonl': HARBOR_TRACES, 'two/.Bücher!/b.jsonl': HARBOR_TRACES });
    const report = await initJson(['one/.Bücher!', 'two/.Bücher!'], folder);
    expect(report.sources.map(({ name }) => name)).toEqual(['B-cher', 'B-cher-2']);
    await coveredBy(folder);
  });
});

describe('a config that is there already', () => {
  const CONFIG = '{\n  // by hand\n  "sources": [{ "name": "desk", "paths": ["traces/a.jsonl"], "adapter": "openai-chat" }]\n}\n';

  test('is left alone; what it lacks is shown; exit 2', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG, 'traces/a.jsonl': HARBOR_TRACES, 'library/runs.json': LIBRARY });
    const { code, out, err } = await runCli(['init', 'traces/a.jsonl', 'library'], folder);
    expect(code).toBe(2);
    expect(out).toContain('tau-bench');
    expect(out).not.toContain('openai-chat');
    expect(err).toMatch(/expected no lauter.config.json in .*, found one; it was left alone\.\n.*--force/);
    expect(readFileSync(join(folder, 'lauter.config.json'), 'utf8')).toBe(CONFIG);
    expect(existsSync(join(folder, 'workspace.json'))).toBe(false);
  });

  test('--force adds what it lacks and keeps the rest', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG, 'traces/a.jsonl': HARBOR_TRACES, 'library/runs.json': LIBRARY });
    expect((await runCli(['init', 'traces/a.jsonl', 'library', '--force'], folder)).code).toBe(0);
    const text = readFileSync(join(folder, 'lauter.config.json'), 'utf8');
    expect(text).toContain('// by hand');
    expect(text.indexOf('"desk"')).toBeLessThan(text.indexOf('"library"'));
    expect(text).toContain('"tau-bench"');
  });
});

describe('nothing is written', () => {
  test.each([['nowhere'], ['empty']])('when a path is bad: %s', async (path) => {
    const folder = temporaryFolder({ 'empty/': '' });
    const { code, out, err } = await runCli(['init', path], folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^reading sources: expected .*, found /);
    expect(readdirSync(folder)).toEqual(['empty']);
  });

  test('when the person at the terminal says no; --yes does not ask', async () => {
    const folder = temporaryFolder({ 'traces/a.jsonl': HARBOR_TRACES });
    const ask = (): Promise<boolean> => Promise.resolve(false);
    expect((await runCli(['init', 'traces'], folder, { ask })).code).toBe(130);
    expect(readdirSync(folder)).toEqual(['traces']);
    expect((await runCli(['init', 'traces', '--yes'], folder, { ask })).code).toBe(0);
    expect(existsSync(join(folder, 'lauter.config.json'))).toBe(true);
  });
});
