import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acquireServer } from '../../adapters/temporal/embedded-server.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { startLauter } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { chatLines, fileOf } from '../support/trace-corpus.ts';
import { filesBelow } from '../support/workspace-facts.ts';

let space: TestSpace;

beforeAll(() => {
  space = makeTestSpace();
  space.trace('desk.jsonl', fileOf(chatLines(20)));
});
afterAll(() => space.clear());

/** What a command says that refuses, without data and without a stack. */
async function saidByRefusal(args: readonly string[], cwd = space.root): Promise<string> {
  const { code, out, err } = await startLauter(args, { cwd }).ended;
  expect(code, err).toBe(2);
  expect(out).toBe('');
  expect(err).not.toMatch(/^unexpected|^\s+at /m);
  return err;
}

describe('a command line that does not fit', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['an unknown flag', ['--frobnicate', 'traces'], "unknown option '--frobnicate'"],
    ['a misspelt flag', ['--skip-unknwon', 'traces'], 'Did you mean --skip-unknown?'],
    ['an empty list', ['traces', '--format', ''], 'Expected a list of jsonl, parquet'],
    ['a config file that does not exist', ['traces', '--config', 'harbour.json'], 'expected a file at harbour.json, found none'],
    ['no source at all', [], 'expected paths on the command line or `sources` in lauter.config.json, found neither'],
  ];
  test.each(cases)('%s', async (_, args, words) => {
    const workspace = space.workspace();
    expect(await saidByRefusal(['distill', 'run-all', '--workspace', workspace, ...args])).toContain(words);
    expect(filesBelow(workspace)).toEqual([]);
  });
});

describe('a config that does not fit', () => {
  const desk = { name: 'desk', paths: ['../traces/desk.jsonl'] };
  const token = ['ghp', 'R7kQ2mZx9Lw4Tn8Vb1Yc6Hd3Jf5Gs0Pa2Ue4'].join('_');
  const cases: readonly (readonly [string, object, RegExp])[] = [
    [
      'an unknown key',
      { sources: [desk], distill: { max_pears_per_task: 4 } },
      /line 10, column 14 \(distill\): expected only known keys, found "max_pears_per_task"/,
    ],
    [
      'a value of another type',
      { sources: [{ ...desk, paths: '../traces' }] },
      /line 5, column 16 \(sources\.0\.paths\): expected array, found "\.\.\/traces"/,
    ],
    [
      'a value out of its range',
      { sources: [desk], distill: { max_quarantined: 1.5 } },
      /line 11, column 24 \(distill\.max_quarantined\): .*found 1\.5/,
    ],
    ['a mapping without its fields', { sources: [{ ...desk, adapter: 'mapped' }] }, /\(sources\.0\.options/],
    [
      'a secret in plain text',
      { sources: [desk], $schema: token },
      /line 10, column \d+ \(\$schema\): expected no secret in plain text, found something that looks like/,
    ],
  ];
  test.each(cases)('%s', async (_, config, words) => {
    const workspace = space.workspace(config);
    const said = await saidByRefusal(['distill', 'run-all', '--workspace', workspace]);
    expect(said).toMatch(words);
    expect(said).toContain(join(workspace, 'lauter.config.json'));
    expect(said).not.toContain(token);
    expect(filesBelow(workspace).map((path) => relative(workspace, path))).toEqual(['lauter.config.json']);
  });
});

describe('sources that cannot be read', () => {
  let workspace: string;

  beforeAll(async () => {
    workspace = space.workspace({});
    mkdirSync(join(space.root, 'traces', 'empty'));
    space.trace('mixed/desk.jsonl', fileOf(chatLines(20)));
    space.trace('mixed/tides.json', JSON.stringify([{ harbour: 'north', high_water: '06:12' }]));
    space.trace('mixed/notes.txt', 'Ask the harbour office about the tides.\n');
    // Has what a run of one benchmark has and what a trial of another one has.
    const both = { task_id: 7, reward: 1, traj: [], name: 'drawer-7', memory: [], is_success: true };
    space.trace('both/trials.json', JSON.stringify([both]));
    // Kept up by this process, so that not every command starts its own.
    await acquireServer({ workspaceDir: workspace, env: process.env, headless: true });
  });

  const cases: readonly (readonly [string, readonly string[], string | RegExp])[] = [
    [
      'a path that does not exist',
      ['traces/desks.jsonl'],
      'expected a file, folder or glob at traces/desks.jsonl, found nothing. Did you mean desk.jsonl?',
    ],
    ['an empty folder', ['traces/empty'], 'expected files in traces/empty, found an empty folder'],
    ['a glob without a match', ['traces/**/*.parquet'], 'expected files that match traces/**/*.parquet, found none'],
    ['a candidate of no known format', ['traces/mixed'], 'traces/mixed/tides.json: JSON of no known trace format'],
    [
      'one that was named itself, whatever is skipped',
      ['traces/mixed/tides.json', '--skip-unknown'],
      'traces/mixed/tides.json: JSON of no known trace format',
    ],
    ['a named file that is no JSON', ['traces/mixed/notes.txt'], 'traces/mixed/notes.txt: not JSON, JSONL or a log archive'],
    ['a candidate of two formats', ['traces/both'], /both\/trials\.json: (?:tau-bench: .*; reflexion: |reflexion: .*; tau-bench: )/],
  ];
  test.each(cases)('%s', async (_, args, words) => {
    expect(await saidByRefusal(['distill', 'run-all', '--workspace', workspace, ...args])).toMatch(words);
    const written = ['lake', 'exports', 'reports', 'ledger'].flatMap((name) => filesBelow(join(workspace, name)));
    // Only the records of the runs that came to nothing.
    expect(written.filter((path) => !/lake\/runs\/[^/]+\/(?:owner|record|start)\.json$/.test(path))).toEqual([]);
  });

  test('an evaluation set that is not there', async () => {
    const config = { distill: { decontamination: { sets: [{ name: 'exam', paths: ['exam.jsonl'] }] } } };
    const strict = space.workspace(config);
    const said = await saidByRefusal(['distill', 'run-all', '--workspace', strict, 'traces/desk.jsonl']);
    expect(said).toMatch(/evaluation set exam, on exam\.jsonl: expected a file that can be read, found: /);
    expect(filesBelow(join(strict, 'exports'))).toEqual([]);
    expect(filesBelow(join(strict, 'lake')).filter((path) => path.endsWith('.parquet'))).toEqual([]);
  });

  test('--skip-unknown goes on with what is known, and the report lists the rest', async () => {
    const args = ['distill', 'run-all', '--workspace', workspace, '--json', '--skip-unknown', 'traces/mixed', 'traces/both'];
    const { code, out, err } = await startLauter(args, { cwd: space.root }).ended;
    expect(code, err).toBe(0);
    const summary = JSON.parse(out) as RunSummary;
    expect(summary.sources).toMatchObject([{ name: 'mixed', adapter: 'openai-chat', files: 1, records: 20 }]);
    const plan = filesBelow(join(workspace, 'lake', 'runs', summary.run_id)).find((path) => path.endsWith('plan.json'));
    const { ignored } = JSON.parse(readFileSync(plan!, 'utf8')) as { ignored: { file: string }[] };
    expect(ignored.map(({ file }) => file).sort()).toEqual([
      'traces/both/trials.json',
      'traces/mixed/notes.txt',
      'traces/mixed/tides.json',
    ]);
  });
});
