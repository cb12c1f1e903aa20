import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeSamples } from '../../../adapters/files/write-samples.ts';
import { UsageError } from '../../../domain/shared/errors.ts';

const text = (content: string) => new TextEncoder().encode(content);
const truth = { path: 'truth.json', bytes: text('{\n  "schema": "samples-truth/1"\n}\n') };
const monday = { path: 'night-line/2026-03-02.jsonl', bytes: text('{"messages":[]}\n') };

describe('writeSamples', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'lauter-samples-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('makes the folder and its subfolders, and leaves nothing beside it', () => {
    writeSamples([truth, monday], join(root, 'data', 'samples'));
    expect(readFileSync(join(root, 'data', 'samples', monday.path), 'utf8')).toBe('{"messages":[]}\n');
    expect(readdirSync(join(root, 'data'))).toEqual(['samples']);
  });

  test('replaces earlier samples as a whole', () => {
    const folder = join(root, 'samples');
    writeSamples([truth, monday], folder);
    writeSamples([truth, { ...monday, path: 'night-line/2026-03-03.jsonl' }], folder);
    expect(readdirSync(join(folder, 'night-line'))).toEqual(['2026-03-03.jsonl']);
  });

  test('refuses a folder with other things in it and leaves them alone', () => {
    const folder = join(root, 'letters');
    mkdirSync(folder);
    writeFileSync(join(folder, 'to-the-mayor.txt'), 'Dear mayor');
    expect(() => writeSamples([truth], folder)).toThrow(UsageError);
    expect(readdirSync(folder)).toEqual(['to-the-mayor.txt']);
    expect(readdirSync(root)).toEqual(['letters']);
  });

  test('refuses a path that leads out, and keeps the earlier samples', () => {
    const folder = join(root, 'samples');
    writeSamples([truth, monday], folder);
    expect(() => writeSamples([{ path: '../../escaped.txt', bytes: text('x') }], folder)).toThrow('expected a path inside the folder');
    expect(existsSync(join(folder, monday.path))).toBe(true);
    expect(readdirSync(root)).toEqual(['samples']);
  });
});
