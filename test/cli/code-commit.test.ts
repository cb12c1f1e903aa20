import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeCommit, evaluatedCommit } from '../../cli/code-commit.ts';
import { configSchema } from '../../schemas/config.ts';
import { git, makeRepository } from '../support/harbor-repository.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const WATCHING = configSchema.parse({ eval: { drift_watch: ['engine/'] } });

test('what is evaluated is the repository we stand in, or that of the workspace, where files of it are watched', async () => {
  const root = temporaryFolder();
  makeRepository(root, { 'tides.md': 'low\n' });
  const head = git(root, 'rev-parse', 'HEAD');
  const { env } = process;
  expect(await evaluatedCommit({ cwd: root, env }, temporaryFolder(), WATCHING)).toBe(head);
  expect(await evaluatedCommit({ cwd: temporaryFolder(), env }, root, WATCHING)).toBe(head);
  writeFileSync(join(root, 'tides.md'), 'high\n');
  expect(await evaluatedCommit({ cwd: root, env }, root, WATCHING)).toBe(`${head} dirty`);
  expect(await evaluatedCommit({ cwd: temporaryFolder(), env }, temporaryFolder(), WATCHING)).toBe('unknown');
});

test('else it is this program', async () => {
  const root = temporaryFolder();
  makeRepository(root, { 'tides.md': 'low\n' });
  const { env } = process;
  expect(await evaluatedCommit({ cwd: root, env }, root, configSchema.parse({}))).toBe(await codeCommit(env));
  expect(await codeCommit({ PATH: '' })).toBe('unknown');
});
