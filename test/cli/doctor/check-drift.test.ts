import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { recordEvaluation } from '../../../adapters/files/eval-ledger.ts';
import { checkDrift } from '../../../cli/doctor/check-drift.ts';
import { configSchema } from '../../../schemas/config.ts';
import type { DoctorCheck } from '../../../schemas/doctor-report.ts';
import type { EvalRecord } from '../../../schemas/eval-record.ts';
import { evalRecord } from '../../support/eval-records.ts';
import { commit, git, makeRepository } from '../../support/harbor-repository.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A repository with a search engine of its own, and a workspace in it that git does not look at. */
function engineRepository(): { readonly root: string; readonly workspace: string; readonly first: string } {
  const root = temporaryFolder({ 'engine/': '', 'data/ledger/': '' });
  makeRepository(root, { '.gitignore': 'data/\n', 'engine/rank.ts': 'first tide\n', 'README.md': 'the harbour\n' });
  return { root, workspace: join(root, 'data'), first: git(root, 'rev-parse', 'HEAD') };
}

interface Asked {
  readonly cwd: string;
  readonly workspace: string;
  readonly config?: object;
}

function look({ cwd, workspace, config = WATCHING }: Asked, env: NodeJS.ProcessEnv = process.env): Promise<DoctorCheck> {
  const io = recordingIo({ cwd, env });
  return checkDrift({ io, root: workspace, options: { workspace } }, { config: configSchema.parse(config), base: workspace });
}

const WATCHING = { eval: { drift_watch: ['engine/', 'package-lock.json'] } };

async function evaluated(change: Partial<EvalRecord> = {}) {
  const repository = engineRepository();
  await recordEvaluation(repository.workspace, evalRecord({ commit: repository.first, ...change }));
  return {
    ...repository,
    check: (config?: object) => look({ cwd: repository.root, ...repository, ...(config === undefined ? {} : { config }) }),
  };
}

describe('watched files', () => {
  test('that are as they were evaluated are well', async () => {
    const { check } = await evaluated();
    expect(await check()).toMatchObject({ name: 'eval_drift', status: 'ok', remedy: '' });
  });

  test('that were edited and not committed are a warning, with the file and the command that evaluates again', async () => {
    const { root, check } = await evaluated();
    writeFileSync(join(root, 'engine/rank.ts'), 'second tide\n');
    const drift = await check();
    expect(drift.status).toBe('warn');
    expect(drift.message).toContain('1 watched file changed: engine/rank.ts');
    expect(drift.remedy).toContain('lauter eval run-all --suites longmemeval');
  });

  test('that were committed since are a warning, and so are new ones that git does not know yet', async () => {
    const { root, check } = await evaluated();
    commit(root, { 'engine/rank.ts': 'second tide\n' }, 'Another tide');
    expect((await check()).message).toContain('1 watched file changed: engine/rank.ts');
    writeFileSync(join(root, 'engine/weigh.ts'), 'new\n');
    expect((await check()).message).toContain('2 watched files changed: engine/rank.ts, engine/weigh.ts');
  });

  test('that were renamed away, or removed, are a warning under the name that is watched', async () => {
    const { root, check } = await evaluated();
    git(root, 'mv', 'engine/rank.ts', 'rank.ts');
    expect((await check()).message).toContain('engine/rank.ts');
    git(root, 'commit', '--quiet', '--message', 'Out of the engine');
    expect(await check()).toMatchObject({ status: 'warn', message: expect.stringContaining('engine/rank.ts') });
  });

  test('that were renamed into the folder are a warning, too', async () => {
    const { root, check } = await evaluated();
    git(root, 'mv', 'README.md', 'engine/README.md');
    git(root, 'commit', '--quiet', '--message', 'Into the engine');
    expect((await check()).message).toContain('1 watched file changed: engine/README.md');
  });

  test('of other names may change', async () => {
    const { root, check } = await evaluated();
    commit(root, { 'README.md': 'the other harbour\n' }, 'Words');
    mkdirSync(join(root, 'engines'));
    writeFileSync(join(root, 'engines/rank.ts'), 'elsewhere\n');
    expect(await check()).toMatchObject({ status: 'ok' });
  });

  test('that are back as they were are well again', async () => {
    const { root, check } = await evaluated();
    commit(root, { 'engine/rank.ts': 'second tide\n' }, 'Another tide');
    commit(root, { 'engine/rank.ts': 'first tide\n' }, 'Back');
    expect(await check()).toMatchObject({ status: 'ok' });
  });

  test('are looked at from a folder below, and from the workspace alone', async () => {
    const { root, workspace } = await evaluated();
    writeFileSync(join(root, 'engine/rank.ts'), 'second tide\n');
    expect((await look({ cwd: join(root, 'engine'), workspace })).message).toContain('engine/rank.ts');
    expect((await look({ cwd: temporaryFolder(), workspace })).message).toContain('engine/rank.ts');
  });
});

describe('the record that counts', () => {
  test('is the newest one that was completed', async () => {
    const { root, workspace, first, check } = await evaluated();
    const second = commit(root, { 'engine/rank.ts': 'second tide\n' }, 'Another tide');
    await recordEvaluation(workspace, evalRecord({ run_uid: 'uid-2', commit: second, ran_at: '2026-03-04T06:00:00.000Z' }));
    expect(await check()).toMatchObject({ status: 'ok' });
    await recordEvaluation(
      workspace,
      evalRecord({ run_uid: 'uid-3', commit: first, ran_at: '2026-03-05T06:00:00.000Z', status: 'failed' }),
    );
    await recordEvaluation(workspace, evalRecord({ run_uid: 'uid-4', commit: first, ran_at: '2026-03-03T06:00:00.000Z' }));
    expect(await check()).toMatchObject({ status: 'ok' });
  });

  test('of a tree that was dirty is compared with its commit', async () => {
    const { check } = await evaluated({ run_uid: 'uid-9' });
    const dirty = await evaluated();
    await recordEvaluation(
      dirty.workspace,
      evalRecord({ run_uid: 'uid-2', commit: `${dirty.first} dirty`, ran_at: '2026-03-05T06:00:00.000Z' }),
    );
    expect([(await check()).status, (await dirty.check()).status]).toEqual(['ok', 'ok']);
  });

  test('is missing before the first evaluation', async () => {
    const { root, workspace } = engineRepository();
    expect(await look({ cwd: root, workspace })).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('run an evaluation first'),
    });
  });

  test('is found past lines that are none', async () => {
    const { root, workspace, first } = engineRepository();
    mkdirSync(join(workspace, 'ledger'), { recursive: true });
    const row = JSON.stringify(evalRecord({ commit: first }));
    writeFileSync(join(workspace, 'ledger/eval-results.jsonl'), `fog\n${row}\n{"run_id":3}\n{"torn`);
    expect(await look({ cwd: root, workspace })).toMatchObject({ status: 'ok', message: expect.stringContaining(first) });
  });
});

describe('a comparison that git cannot make is a warning with its reason', () => {
  test('a shallow clone does not hold the commit', async () => {
    const { root, workspace } = await evaluated();
    commit(root, { 'README.md': 'second\n' }, 'Second');
    const shallow = join(temporaryFolder(), 'shallow');
    git(root, 'clone', '--quiet', '--depth', '1', pathToFileURL(root).href, shallow);
    rmSync(join(root, '.git'), { recursive: true });
    const drift = await look({ cwd: shallow, workspace });
    expect(drift).toMatchObject({ status: 'warn', message: expect.stringContaining('shallow') });
  });

  test('no repository, no git, no commit', async () => {
    const folder = temporaryFolder({ 'ledger/': '' });
    await recordEvaluation(folder, evalRecord());
    expect((await look({ cwd: folder, workspace: folder })).message).toContain('expected a work tree of git');
    expect((await look({ cwd: folder, workspace: folder }, { PATH: '' })).message).toContain('expected a program named git on PATH');
    const { check } = await evaluated({ commit: 'unknown' });
    expect(await check()).toMatchObject({ status: 'warn', message: expect.stringContaining('does not say its commit') });
    const trick = await evaluated({ commit: '--output=/dev/null' });
    expect((await trick.check()).message).toContain('does not say its commit');
  });
});

describe('the watch list', () => {
  test('is that of Lauter in a clone of it', async () => {
    const { root, workspace, first } = engineRepository();
    const clone = commit(root, { 'package.json': '{"name":"lauter"}\n', 'package-lock.json': '{}\n' }, 'Lauter');
    expect(clone).not.toBe(first);
    await recordEvaluation(workspace, evalRecord({ commit: clone }));
    expect(await look({ cwd: root, workspace, config: {} })).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('nothing changed'),
    });
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3}\n');
    expect((await look({ cwd: root, workspace, config: {} })).message).toContain('1 watched file changed: package-lock.json');
    expect(await look({ cwd: root, workspace, config: { eval: { drift_watch: ['engine/'] } } })).toMatchObject({ status: 'ok' });
  });

  test('has to be given elsewhere: the check is skipped, with the line to add', async () => {
    const { root, workspace } = await evaluated();
    writeFileSync(join(root, 'engine/rank.ts'), 'second tide\n');
    const drift = await look({ cwd: root, workspace, config: {} });
    expect(drift.status).toBe('ok');
    expect(drift.message).toMatch(/^skipped: .*"drift_watch": \[/);
  });
});

describe('what searches are set up with', () => {
  test.each([
    ['embedder: moonlight then, none now', { models: { embedder: 'moonlight' } }],
    ['knob hash: 0123456789abcdef then', { knob_hash: '0123456789abcdef' }],
    ['corpus hash: old then, none now', { corpus_hash: 'old' }],
    ['reader prompt: old then', { prompt_hashes: { reader: 'old' } }],
  ])('is a warning where it differs: %s', async (told, change) => {
    const { check } = await evaluated(change);
    expect(await check()).toMatchObject({ status: 'warn', message: expect.stringContaining(told) });
  });

  test('is well where the record says what is configured now', async () => {
    const { check } = await evaluated({
      models: { embedder: 'deterministic', reranker: null },
      model_snapshots: { embedder: 'deterministic' },
    });
    expect(await check({ ...WATCHING, search: { embedder: 'deterministic' } })).toMatchObject({ status: 'ok' });
    expect((await check()).message).toContain('embedder: deterministic then, none now');
  });
});
