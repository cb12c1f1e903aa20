import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recoverFolder, replaceFolder } from '../../../adapters/bench/replace-folder.ts';
import { sweepTemporaries } from '../../../adapters/scratch.ts';
import { startTypeScript } from '../../support/lauter-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function log(place: string): string {
  return readFileSync(join(place, 'log'), 'utf8');
}

describe('replaceFolder', () => {
  it('puts a folder where there was none', async () => {
    const place = join(temporaryFolder(), 'nights', 'march');
    await replaceFolder(place, async (folder) => writeFileSync(join(folder, 'log'), 'clear sky'));
    expect(log(place)).toBe('clear sky');
  });

  it('leaves the old one whole until the new one is', async () => {
    const root = temporaryFolder({ 'march/log': 'rain', 'march/extra': 'x' });
    const place = join(root, 'march');
    await replaceFolder(place, async (folder) => {
      writeFileSync(join(folder, 'log'), 'clear sky');
      expect(log(place)).toBe('rain');
    });
    expect(readdirSync(place)).toEqual(['log']);
    expect(log(place)).toBe('clear sky');
    expect(readdirSync(root)).toEqual(['march']);
  });

  it('leaves the old one as it was when the new one fails', async () => {
    const root = temporaryFolder({ 'march/log': 'rain' });
    const failing = replaceFolder(join(root, 'march'), async (folder) => {
      writeFileSync(join(folder, 'log'), 'half a ni');
      throw new Error('the power went out');
    });
    await expect(failing).rejects.toThrow('the power went out');
    expect(log(join(root, 'march'))).toBe('rain');
    expect(readdirSync(root)).toEqual(['march']);
  });
});

it('leaves the old one as it was when its process is killed, and what it left behind is swept', async () => {
  const root = temporaryFolder({ 'march/log': 'rain' });
  const builder = startTypeScript([join(import.meta.dirname, 'slow-builder.ts'), join(root, 'march')]);
  await builder.hear(/filled/);
  await builder.kill();
  expect(log(join(root, 'march'))).toBe('rain');
  expect(readdirSync(root)).toHaveLength(2);
  expect(sweepTemporaries(root)).toHaveLength(1);
  expect(readdirSync(root)).toEqual(['march']);
});

describe('after a swap that was cut off', () => {
  it('the old folder comes back when nothing has taken its place', () => {
    const root = temporaryFolder({ 'march/log': 'rain' });
    renameSync(join(root, 'march'), join(root, '.march.before'));
    recoverFolder(join(root, 'march'));
    expect(log(join(root, 'march'))).toBe('rain');
  });

  it('the old folder goes when the new one is there', () => {
    const root = temporaryFolder({ '.march.before/log': 'rain' });
    mkdirSync(join(root, 'march'));
    recoverFolder(join(root, 'march'));
    expect(existsSync(join(root, '.march.before'))).toBe(false);
  });
});
