import { lstatSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configPath, valueAt } from '../../../adapters/files/config-keys.ts';
import { editConfig, statedValue } from '../../../adapters/files/edit-config.ts';
import { createRedactor, SECRET_FAMILIES } from '../../../domain/redaction/index.ts';
import { ConfigError, UsageError } from '../../../domain/shared/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KEPT = `{
  // Read every morning.
  "sources": [
    { "name": "desk", "paths": ["desk.jsonl"] }, // the harbor office
  ],
  /* strict on purpose */
  "distill": { "max_quarantined": 0.1 }
}
`;

function edit(text: string | undefined, key: string, value: unknown): string {
  const folder = temporaryFolder(text === undefined ? {} : { 'lauter.config.json': text });
  const file = join(folder, 'lauter.config.json');
  editConfig(file, [{ path: configPath(key), value }], createRedactor(SECRET_FAMILIES));
  expect(readdirSync(folder)).toEqual(['lauter.config.json']);
  return readFileSync(file, 'utf8');
}

describe('editConfig', () => {
  test('changes a value and nothing else', () => {
    expect(edit(KEPT, 'distill.max_quarantined', 0.3)).toBe(KEPT.replace('0.1', '0.3'));
  });

  test('adds a value; comments and order stay', () => {
    const text = edit(KEPT, 'engine.port', 7233);
    for (const kept of ['// Read every morning.', '// the harbor office', '/* strict on purpose */']) expect(text).toContain(kept);
    expect(text.indexOf('"distill"')).toBeLessThan(text.indexOf('"engine"'));
    expect(text).toContain('"port": 7233');
  });

  test('changes an element of a list by its index, and adds one at its end', () => {
    expect(edit(KEPT, 'sources.0.paths.0', 'desk/*.jsonl')).toContain('"paths": ["desk/*.jsonl"]');
    expect(edit(KEPT, 'sources[0].paths[1]', 'night.jsonl')).toMatch(/"desk\.jsonl",\s*"night\.jsonl"/);
  });

  test('takes a value away', () => {
    expect(edit(KEPT, 'distill.max_quarantined', undefined)).not.toContain('max_quarantined');
    expect(edit(KEPT, 'sources.0', undefined)).not.toContain('desk.jsonl');
  });

  test('makes a file that is not there', () => {
    expect(JSON.parse(edit(undefined, 'distill.partial_min', 0.7))).toEqual({ distill: { partial_min: 0.7 } });
  });

  test('keeps line ends and tabs', () => {
    expect(edit('{\r\n\t"engine": {\r\n\t\t"threads": 2\r\n\t}\r\n}\r\n', 'engine.port', 7233)).toBe(
      '{\r\n\t"engine": {\r\n\t\t"threads": 2,\r\n\t\t"port": 7233\r\n\t}\r\n}\r\n',
    );
  });

  test('a link stays a link', () => {
    const folder = temporaryFolder({ 'shared/config.json': KEPT });
    const link = join(folder, 'lauter.config.json');
    symlinkSync(join(folder, 'shared/config.json'), link);
    editConfig(link, [{ path: configPath('distill.max_quarantined'), value: 0.3 }], createRedactor(SECRET_FAMILIES));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'shared/config.json'), 'utf8')).toContain('0.3');
  });

  test.each([
    ['distill.partial_min', 'half', ConfigError, 'expected number, found "half"'],
    ['distill.partial_min', Infinity, ConfigError, 'expected number'],
    ['sources.0', { name: 'desk' }, ConfigError, 'sources.0.paths'],
    ['sources.0', { nane: 'desk', paths: ['a'] }, ConfigError, 'the nearest is "name"'],
    ['sources.3', { name: 'night', paths: ['a'] }, UsageError, 'expected an index up to 1, found 3'],
    ['sources.0.paths', undefined, ConfigError, 'sources.0.paths'],
  ])('a change that must not be leaves the file untouched: %s = %j', (key, value, kind, message) => {
    const folder = temporaryFolder({ 'lauter.config.json': KEPT });
    const file = join(folder, 'lauter.config.json');
    const change = (): void => editConfig(file, [{ path: configPath(key), value }], createRedactor(SECRET_FAMILIES));
    expect(change).toThrow(kind);
    expect(change).toThrow(message);
    expect(readFileSync(file, 'utf8')).toBe(KEPT);
  });

  test('a file that is faulty already is not touched', () => {
    const folder = temporaryFolder({ 'lauter.config.json': '{ "engine": ' });
    const file = join(folder, 'lauter.config.json');
    expect(() => editConfig(file, [{ path: ['engine', 'port'], value: 7233 }], createRedactor(SECRET_FAMILIES))).toThrow(/^reading /);
    expect(readFileSync(file, 'utf8')).toBe('{ "engine": ');
  });
});

describe('configPath', () => {
  test.each([
    ['distill', ['distill']],
    ['sources.0.paths.12', ['sources', 0, 'paths', 12]],
    ['sources[0].options.fields.prompt', ['sources', 0, 'options', 'fields', 'prompt']],
    ['$schema', ['$schema']],
  ])('%s', (key, path) => {
    expect(configPath(key)).toEqual(path);
  });

  test.each([
    ['distil.partial_min', 'distill.partial_min'],
    ['partial_min', 'distill.partial_min'],
    ['engine.prot', 'engine.port'],
    ['sources.2.nmae', 'sources.2.name'],
    ['sources.first.name', 'sources.0.name'],
    ['distill.partial_min.value', 'distill.partial_min'],
    ['distill.constructor', 'distill.'],
    ['distill.', 'distill.'],
    ['', 'the nearest is'],
  ])('%s is unknown; the nearest is %s', (key, nearest) => {
    expect(() => configPath(key)).toThrow(UsageError);
    expect(() => configPath(key)).toThrow(nearest);
  });
});

test('statedValue and valueAt tell what is there from what is not', () => {
  const folder = temporaryFolder({ 'lauter.config.json': KEPT });
  expect(statedValue(join(folder, 'lauter.config.json'), ['distill', 'max_quarantined'])).toBe(0.1);
  expect(statedValue(join(folder, 'lauter.config.json'), ['distill', 'partial_min'])).toBeUndefined();
  expect(statedValue(join(folder, 'absent.json'), [])).toBeUndefined();
  expect(valueAt({ a: [{ b: null }] }, ['a', 0, 'b'])).toBeNull();
  expect(valueAt({ a: 1 }, ['toString'])).toBeUndefined();
});
