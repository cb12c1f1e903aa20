import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('samples write makes the committed samples, in ./samples unless told otherwise', async () => {
  const folder = temporaryFolder();
  const { code, out, err } = await runCli(['samples', 'write'], folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('lauter distill run-all --config samples/lauter.config.json');
  const committed = readFileSync(join(import.meta.dirname, '../../data/samples/truth.json'), 'utf8');
  expect(readFileSync(join(folder, 'samples/truth.json'), 'utf8')).toBe(committed);
});

test('another seed makes others', async () => {
  const folder = temporaryFolder();
  await runCli(['samples', 'write', 'one'], folder);
  await runCli(['samples', 'write', 'two', '--seed', '7'], folder);
  expect(readFileSync(join(folder, 'one/truth.json'), 'utf8')).not.toBe(readFileSync(join(folder, 'two/truth.json'), 'utf8'));
});

test('a folder with other things in it is refused', async () => {
  const folder = temporaryFolder({ 'letters/to-the-mayor.txt': 'Dear mayor' });
  const { code, err } = await runCli(['samples', 'write', 'letters'], folder);
  expect(code).toBe(2);
  expect(err).toContain('expected an empty folder');
  expect(existsSync(join(folder, 'letters/to-the-mayor.txt'))).toBe(true);
});
