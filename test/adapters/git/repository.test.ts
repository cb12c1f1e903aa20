import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedPaths, openRepository } from '../../../adapters/git/repository.ts';
import { UsageError } from '../../../domain/shared/errors.ts';
import { commit, git, makeRepository } from '../../support/harbor-repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function repository(): string {
  const root = temporaryFolder();
  makeRepository(root, { 'tides.md': 'low at 11:52\n', 'berths.md': 'seven\n' });
  return root;
}

describe('the repository of a folder', () => {
  test('is found from below, whatever the environment of a hook says', async () => {
    const root = repository();
    mkdirSync(join(root, 'refinery'));
    const found = await openRepository(join(root, 'refinery'), { ...process.env, GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere' });
    expect(found.root).toBe(git(root, 'rev-parse', '--show-toplevel'));
    expect(await found.head()).toBe(git(root, 'rev-parse', 'HEAD'));
    expect(await found.branch()).toBe('quay');
  });

  test('is missed: none, none with a commit, no git at all', async () => {
    await expect(openRepository(temporaryFolder(), process.env)).rejects.toThrow(UsageError);
    await expect(openRepository(temporaryFolder(), { PATH: '' })).rejects.toThrow('expected a program named git on PATH');
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    const empty = await openRepository(root, process.env);
    await expect(empty.head()).rejects.toThrow('expected a commit that is checked out');
  });

  test('has no branch where a commit is checked out', async () => {
    const root = repository();
    git(root, 'checkout', '--quiet', '--detach');
    expect(await (await openRepository(root, process.env)).branch()).toBeNull();
  });
});

describe('what is not as it is committed', () => {
  test('changed, staged, unknown, renamed, gone, and names of every kind; but nothing that git ignores', async () => {
    const root = repository();
    commit(
      root,
      { '.gitignore': 'ignored/\n', 'gulls.md': 'hungry\n', 'gone.md': 'x\n', 'old name.md': 'the harbor office opens at six\n' },
      'More',
    );
    writeFileSync(join(root, 'tides.md'), 'high\n');
    writeFileSync(join(root, 'staged.md'), 'new\n');
    git(root, 'add', 'staged.md');
    git(root, 'mv', 'old name.md', 'new name.md');
    git(root, 'rm', '--quiet', 'gone.md');
    mkdirSync(join(root, 'ignored'));
    writeFileSync(join(root, 'ignored', 'x'), '');
    mkdirSync(join(root, 'below', 'deep'), { recursive: true });
    writeFileSync(join(root, 'below', 'deep', 'ü "quoted"\n.md'), '');
    const { changes } = await openRepository(root, process.env);
    expect((await changes()).sort()).toEqual(
      ['below/deep/ü "quoted"\n.md', 'gone.md', 'new name.md', 'old name.md', 'staged.md', 'tides.md'].sort(),
    );
  });

  test('is nothing in a fresh clone', async () => {
    expect(await (await openRepository(repository(), process.env)).changes()).toEqual([]);
  });

  test('is read without running what the repository names', async () => {
    const root = repository();
    const trap = join(root, '.git', 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch "${join(root, 'sprung')}"\n`);
    chmodSync(trap, 0o755);
    git(root, 'config', 'core.fsmonitor', trap);
    expect(await (await openRepository(root, process.env)).changes()).toEqual([]);
    expect(existsSync(join(root, 'sprung'))).toBe(false);
    // The trap works: git by itself walks into it.
    git(root, 'status');
    expect(existsSync(join(root, 'sprung'))).toBe(true);
  });

  test('a rename is two paths', () => {
    expect(changedPaths('R  to.md\0from.md\0 M other.md\0?? new\0')).toEqual(['to.md', 'from.md', 'other.md', 'new']);
    expect(changedPaths('')).toEqual([]);
  });
});

describe('names', () => {
  test('of commits: hash, beginning of one, branch, tag; and what is none', async () => {
    const root = repository();
    const head = git(root, 'rev-parse', 'HEAD');
    git(root, 'tag', 'v1');
    const { commitOf } = await openRepository(root, process.env);
    for (const name of [head, head.slice(0, 9), 'quay', 'v1']) expect(await commitOf(name)).toBe(head);
    for (const name of ['0'.repeat(40), 'nowhere', head.slice(0, 9).replace(/^./, 'g')]) expect(await commitOf(name)).toBeUndefined();
  });

  test('of tags: light, with a message, on something that is no commit, none', async () => {
    const root = repository();
    const head = git(root, 'rev-parse', 'HEAD');
    git(root, 'tag', 'light');
    git(root, 'tag', '-a', '1.0.0', '-m', 'Release 1.0.0', '-m', 'second line');
    git(root, 'tag', 'blob', git(root, 'hash-object', 'tides.md'));
    const { tag } = await openRepository(root, process.env);
    expect((await tag('light'))?.commit).toBe(head);
    expect(await tag('1.0.0')).toEqual({ commit: head, message: 'Release 1.0.0\n\nsecond line\n\n' });
    expect((await tag('blob'))?.commit).toBeNull();
    expect(await tag('2.0.0')).toBeUndefined();
    expect(await tag('1.0')).toBeUndefined();
  });

  test('that git does not allow', async () => {
    const { isTagName } = await openRepository(repository(), process.env);
    expect(await isTagName('1.0.0')).toBe(true);
    for (const name of ['1..2', 'v1.lock', 'v1.', 'a b']) expect(await isTagName(name)).toBe(false);
  });

  test('of ancestors', async () => {
    const root = repository();
    const first = git(root, 'rev-parse', 'HEAD');
    const second = commit(root, { 'tides.md': 'high\n' }, 'Tide turns');
    const { isAncestor } = await openRepository(root, process.env);
    expect([await isAncestor(first, second), await isAncestor(second, first)]).toEqual([true, false]);
  });
});

describe('what changed since a commit', () => {
  test('in commits, in files that are not committed, and in files that git does not know; of a renamed one both names', async () => {
    const root = repository();
    const first = git(root, 'rev-parse', 'HEAD');
    commit(root, { '.gitignore': 'ignored.md\n', 'gulls.md': 'hungry\n' }, 'Gulls');
    git(root, 'mv', 'berths.md', 'moorings.md');
    writeFileSync(join(root, 'tides.md'), 'high\n');
    writeFileSync(join(root, 'ü "new"\n.md'), '');
    writeFileSync(join(root, 'ignored.md'), '');
    mkdirSync(join(root, 'quay'));
    const { changesSince } = await openRepository(join(root, 'quay'), process.env);
    expect((await changesSince(first)).sort()).toEqual(
      ['.gitignore', 'berths.md', 'gulls.md', 'moorings.md', 'tides.md', 'ü "new"\n.md'].sort(),
    );
    expect(await changesSince('HEAD')).not.toContain('gulls.md');
    await expect(changesSince('0'.repeat(40))).rejects.toThrow('expected git to tell what changed');
  });
});
