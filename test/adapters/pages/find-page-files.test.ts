import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../../domain/shared/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { readAll } from './read-all.ts';

test('what is no page is refused by name; hidden folders are passed over', async () => {
  const root = temporaryFolder({
    'b.md': 'Second.',
    'a/z.md': 'First.',
    '_manifest.json': '{"title":"x"}',
    '_drafts/c.md': 'No.',
    'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
    'notes.txt': 'Only text.',
    'empty.json': '',
    '.git/config.md': 'No.',
    'node_modules/x/readme.md': 'No.',
  });
  const { pages, refused } = await readAll(root);
  expect(Object.keys(pages)).toEqual(['a/z', 'b']);
  expect(refused.map(({ path }) => path)).toEqual(['_drafts', '_manifest.json', 'empty.json', 'notes.txt', 'picture.png']);
});

test('a file that is named is read whatever it is called', async () => {
  const root = temporaryFolder({ 'notes.txt': 'Only text.', '_hidden.json': '{"title":"Shown"}' });
  expect((await readAll(join(root, 'notes.txt'))).pages).toMatchObject({ notes: { text: 'Only text.' } });
  expect((await readAll(join(root, '_hidden.json'))).pages).toMatchObject({ _hidden: { title: 'Shown' } });
});

test('links stay inside, loops are not entered, pipes are not waited for', async () => {
  const outside = temporaryFolder({ 'secret.md': 'Secret.' });
  const root = temporaryFolder({ 'real/page.md': 'Inside.' });
  symlinkSync(join(root, 'real/page.md'), join(root, 'inside.md'));
  symlinkSync(join(outside, 'secret.md'), join(root, 'outside.md'));
  symlinkSync(outside, join(root, 'folder'));
  symlinkSync(root, join(root, 'real', 'loop'));
  symlinkSync(join(root, 'nowhere'), join(root, 'lost.md'));
  execFileSync('mkfifo', [join(root, 'pipe.md')]);
  const { pages, refused } = await readAll(root);
  expect(Object.keys(pages)).toEqual(['inside', 'real/page']);
  expect(refused).toEqual([
    { path: 'folder', reason: 'a link that leads out of its folder' },
    { path: 'lost.md', reason: 'a link that leads nowhere' },
    { path: 'outside.md', reason: 'a link that leads out of its folder' },
    { path: 'pipe.md', reason: 'expected a file, found something else' },
    { path: 'real/loop', reason: 'a link to something that is no file' },
  ]);
});

test('the folder that is named may itself be a link', async () => {
  const [real, beside] = [temporaryFolder({ 'page.md': 'Text.' }), temporaryFolder()];
  symlinkSync(real, join(beside, 'notes'));
  expect(Object.keys((await readAll(join(beside, 'notes'))).pages)).toEqual(['page']);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is refused', async () => {
  const root = temporaryFolder({ 'open.md': 'Text.', 'shut.md': 'Text.' });
  chmodSync(join(root, 'shut.md'), 0);
  expect((await readAll(root)).refused).toEqual([{ path: 'shut.md', reason: 'expected a file that can be read, found EACCES' }]);
});

test('a path that leads nowhere is a usage error', async () => {
  await expect(readAll(join(temporaryFolder(), 'absent'))).rejects.toThrow(UsageError);
});

test('pages come in the order of their paths, whatever order they were written in', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'm'));
  for (const name of ['z.md', 'm/b.md', 'a.md', 'm/a.md']) writeFileSync(join(root, name), 'Text.');
  expect((await readAll(root)).read.map(({ path }) => path)).toEqual(['a.md', 'm/a.md', 'm/b.md', 'z.md']);
});
