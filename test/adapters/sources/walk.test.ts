import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { walkPath, type Walked } from '../../../adapters/sources/walk.ts';
import { SourceError } from '../../../domain/shared/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FILES = { 'traces/b.jsonl': '{}', 'traces/a.jsonl': '{}', 'traces/night/c.json': '[]', 'traces/notes.md': '# Tides' };

const sourceFiles = ({ files }: Walked): string[] => files.map(({ sourceFile }) => sourceFile);

describe('a file', () => {
  test('is recorded as it was spelled, under its own name, and as named explicitly', () => {
    const base = temporaryFolder(FILES);
    expect(walkPath('traces/a.jsonl', base)).toEqual({
      files: [{ path: join(base, 'traces/a.jsonl'), sourceFile: 'traces/a.jsonl', name: 'a.jsonl', explicit: true }],
      ignored: [],
    });
    expect(sourceFiles(walkPath('./traces/../traces/a.jsonl', base))).toEqual(['./traces/../traces/a.jsonl']);
    expect(sourceFiles(walkPath(join(base, 'traces/a.jsonl'), '/'))).toEqual([join(base, 'traces/a.jsonl')]);
  });

  test('with the marks of a glob in its name is a file', () => {
    const base = temporaryFolder({ 'tide[1].jsonl': '{}' });
    expect(sourceFiles(walkPath('tide[1].jsonl', base))).toEqual(['tide[1].jsonl']);
  });

  test('that was named by a link is read through it', () => {
    const base = temporaryFolder(FILES);
    symlinkSync(join(base, 'traces/a.jsonl'), join(base, 'today.jsonl'));
    expect(sourceFiles(walkPath('today.jsonl', base))).toEqual(['today.jsonl']);
  });
});

describe('a folder', () => {
  test('stands for all files below it, in one order', () => {
    const base = temporaryFolder(FILES);
    const walked = walkPath('traces', base);
    expect(sourceFiles(walked)).toEqual(['traces/a.jsonl', 'traces/b.jsonl', 'traces/night/c.json', 'traces/notes.md']);
    expect(walked.files.map(({ name, explicit }) => [name, explicit])).toEqual([
      ['a.jsonl', false],
      ['b.jsonl', false],
      ['night/c.json', false],
      ['notes.md', false],
    ]);
  });

  test.each(['traces/', './traces', 'traces/.'])('spelled %s is the same', (spec) => {
    expect(sourceFiles(walkPath(spec, temporaryFolder(FILES)))[0]).toBe('traces/a.jsonl');
  });

  test('may be the folder that paths start from', () => {
    expect(sourceFiles(walkPath('.', temporaryFolder({ 'a.jsonl': '{}' })))).toEqual(['a.jsonl']);
  });

  test('empty folders hold nothing, empty files are found', () => {
    const base = temporaryFolder({ 'traces/a.jsonl': '', 'traces/night/': '' });
    expect(sourceFiles(walkPath('traces', base))).toEqual(['traces/a.jsonl']);
  });

  test('hidden files count, the state of tools does not', () => {
    const base = temporaryFolder({
      'traces/.tides/today.jsonl': '{}',
      'traces/.hidden.jsonl': '{}',
      'traces/.git/config.json': '{}',
      'traces/node_modules/tide/package.json': '{}',
      'traces/deep/node_modules/tide/package.json': '{}',
    });
    expect(sourceFiles(walkPath('traces', base))).toEqual(['traces/.hidden.jsonl', 'traces/.tides/today.jsonl']);
  });

  test('links that lead out of it are listed, links inside it are read, linked folders and dead links are not followed', () => {
    const base = temporaryFolder({ 'outside/secret.jsonl': '{}', 'traces/a.jsonl': '{}', 'traces/night/b.jsonl': '{}' });
    const link = (target: string, name: string): void => symlinkSync(join(base, target), join(base, 'traces', name));
    link('outside/secret.jsonl', 'out.jsonl');
    link('outside', 'out-folder');
    link('traces/a.jsonl', 'inside.jsonl');
    link('traces', 'loop');
    link('nowhere', 'dead');
    const walked = walkPath('traces', base);
    expect(sourceFiles(walked)).toEqual(['traces/a.jsonl', 'traces/inside.jsonl', 'traces/night/b.jsonl']);
    expect(walked.ignored).toEqual([
      { file: 'traces/dead', reason: 'a link that leads nowhere' },
      { file: 'traces/loop', reason: 'a link to a folder' },
      { file: 'traces/out-folder', reason: 'a link that leads out of its folder' },
      { file: 'traces/out.jsonl', reason: 'a link that leads out of its folder' },
    ]);
  });

  test('whose name begins like that of the named one is outside', () => {
    const base = temporaryFolder({ 'traces/a.jsonl': '{}', 'traces-old/b.jsonl': '{}' });
    symlinkSync(join(base, 'traces-old/b.jsonl'), join(base, 'traces/b.jsonl'));
    expect(sourceFiles(walkPath('traces', base))).toEqual(['traces/a.jsonl']);
  });

  test('that is itself a link is walked', () => {
    const base = temporaryFolder(FILES);
    symlinkSync(join(base, 'traces'), join(base, 'today'));
    expect(sourceFiles(walkPath('today', base))[0]).toBe('today/a.jsonl');
  });

  test('without a file is an error', () => {
    const base = temporaryFolder({ 'traces/': '', 'traces/night/': '' });
    expect(() => walkPath('traces', base)).toThrow(SourceError);
    expect(() => walkPath('traces', base)).toThrow('expected files in traces, found an empty folder');
  });
});

describe('a glob', () => {
  test('stands for the files that match it, hidden ones too, in one order', () => {
    const base = temporaryFolder({ ...FILES, 'traces/.hidden.jsonl': '{}' });
    const walked = walkPath('traces/**/*.json*', base);
    expect(sourceFiles(walked)).toEqual(['traces/.hidden.jsonl', 'traces/a.jsonl', 'traces/b.jsonl', 'traces/night/c.json']);
    expect(walked.files.every(({ explicit }) => !explicit)).toBe(true);
  });

  test('may be absolute', () => {
    const base = temporaryFolder(FILES);
    expect(sourceFiles(walkPath(`${base}/traces/{a,b}.jsonl`, '/'))).toEqual([`${base}/traces/a.jsonl`, `${base}/traces/b.jsonl`]);
  });

  test('does not look into linked folders', () => {
    const base = temporaryFolder({ 'outside/secret.jsonl': '{}', 'traces/a.jsonl': '{}' });
    symlinkSync(join(base, 'outside'), join(base, 'traces/out'));
    expect(sourceFiles(walkPath('traces/**/*.jsonl', base))).toEqual(['traces/a.jsonl']);
  });

  test('without a match is an error', () => {
    expect(() => walkPath('traces/*.traj', temporaryFolder(FILES))).toThrow('expected files that match traces/*.traj, found none');
  });
});

describe('nothing', () => {
  test('is an error that looks around for what was meant', () => {
    const base = temporaryFolder(FILES);
    expect(() => walkPath('trace', base)).toThrow('expected a file, folder or glob at trace, found nothing. Did you mean traces?');
    expect(() => walkPath('moon/a.jsonl', base)).toThrow('found nothing.');
  });
});
