import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFileAtomically, writeFileAtomically, writeJsonAtomically, writeWhole } from '../../adapters/atomic-write.ts';
import { DiskFullError } from '../../domain/shared/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.mock('node:fs', { spy: true });

afterEach(() => {
  vi.resetAllMocks();
});

const systemError = (code: string): Error => Object.assign(new Error(`${code}: it went wrong`), { code });
const read = (path: string): string => fs.readFileSync(path, 'utf8');

describe('writeFileAtomically', () => {
  test('writes a new file and replaces an old one', () => {
    const root = temporaryFolder();
    writeFileAtomically(join(root, 'deep/tides.txt'), 'low at six');
    writeFileAtomically(join(root, 'deep/tides.txt'), Buffer.from('low at seven'));
    expect(read(join(root, 'deep/tides.txt'))).toBe('low at seven');
    expect(fs.readdirSync(join(root, 'deep'))).toEqual(['tides.txt']);
  });

  test.each<[string, () => void]>([
    ['the rename fails', () => vi.mocked(fs.renameSync).mockImplementationOnce(fail('EIO'))],
    ['the sync fails', () => vi.mocked(fs.fsyncSync).mockImplementationOnce(fail('EIO'))],
    ['the write fails', () => vi.mocked(fs.writeSync).mockImplementationOnce(fail('EIO'))],
    ['the write fails half-way', () => failAfterHalf()],
  ])('when %s, the old content stays and nothing else is left', (_when, harm) => {
    const root = temporaryFolder({ 'tides.txt': 'low at six' });
    harm();
    expect(() => writeFileAtomically(join(root, 'tides.txt'), 'low at seven, high at noon')).toThrow('EIO');
    expect(read(join(root, 'tides.txt'))).toBe('low at six');
    expect(fs.readdirSync(root)).toEqual(['tides.txt']);
  });

  test('a disk without room is told as such', () => {
    const root = temporaryFolder({ 'tides.txt': 'low at six' });
    vi.mocked(fs.writeSync).mockImplementationOnce(fail('ENOSPC'));
    const write = (): void => writeFileAtomically(join(root, 'tides.txt'), 'low at seven');
    expect(write).toThrow(DiskFullError);
    expect(read(join(root, 'tides.txt'))).toBe('low at six');
  });

  test('the content is on disk before the name is, and the name after it', () => {
    const root = temporaryFolder();
    writeFileAtomically(join(root, 'tides.txt'), 'low at six');
    const order = (spy: { mock: { invocationCallOrder: number[] } }): number[] => spy.mock.invocationCallOrder;
    const [fileSync, folderSync] = order(vi.mocked(fs.fsyncSync));
    const [rename] = order(vi.mocked(fs.renameSync));
    expect(fileSync).toBeLessThan(rename!);
    expect(rename).toBeLessThan(folderSync!);
  });
});

test('writeJsonAtomically writes indented JSON that ends with a line feed', () => {
  const path = join(temporaryFolder(), 'tides.json');
  writeJsonAtomically(path, { low: ['6:40'] });
  expect(read(path)).toBe('{\n  "low": [\n    "6:40"\n  ]\n}\n');
});

describe('createFileAtomically', () => {
  test('makes a file that is not there, and leaves one that is', () => {
    const path = join(temporaryFolder(), 'lock');
    expect(createFileAtomically(path, 'mine')).toBe(true);
    expect(createFileAtomically(path, 'yours')).toBe(false);
    expect(read(path)).toBe('mine');
    expect(fs.readdirSync(join(path, '..'))).toEqual(['lock']);
  });

  test('leaves nothing when it fails', () => {
    const root = temporaryFolder();
    vi.mocked(fs.linkSync).mockImplementationOnce(fail('ENOSPC'));
    expect(() => createFileAtomically(join(root, 'lock'), 'mine')).toThrow(DiskFullError);
    expect(fs.readdirSync(root)).toEqual([]);
  });
});

test('writeWhole goes on where a single write stopped', () => {
  const path = join(temporaryFolder(), 'tides.txt');
  const file = fs.openSync(path, 'w');
  const write = fs.writeSync as (fd: number, bytes: Uint8Array, from: number, length?: number) => number;
  vi.mocked(fs.writeSync).mockImplementationOnce(((fd: number, bytes: Uint8Array, from: number) =>
    write(fd, bytes, from, 4)) as typeof fs.writeSync);
  writeWhole(file, Buffer.from('low at six'));
  fs.closeSync(file);
  expect(read(path)).toBe('low at six');
});

function fail(code: string): () => never {
  return () => {
    throw systemError(code);
  };
}

function failAfterHalf(): void {
  const write = fs.writeSync as (fd: number, bytes: Uint8Array, from: number, length?: number) => number;
  vi.mocked(fs.writeSync)
    .mockImplementationOnce(((fd: number, bytes: Uint8Array, from: number) => write(fd, bytes, from, 5)) as typeof fs.writeSync)
    .mockImplementationOnce(fail('EIO'));
}
