import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addPriceCommand } from '../../domain/cost/index.ts';
import { configValueSchema } from '../../schemas/config-value.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CONFIG = '{\n  // the desk of the harbor\n  "sources": [{ "name": "desk", "paths": ["desk.jsonl"] }]\n}\n';

describe('config get', () => {
  test('without a file it shows the defaults', async () => {
    const { code, out } = await runCli(['config', 'get'], temporaryFolder());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ sources: [], distill: { partial_min: 0.5 }, engine: { give_up_after_s: 120 } });
  });

  test('a key, as it is for people and as a document', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG });
    expect((await runCli(['config', 'get', 'sources.0.name'], folder)).out).toBe('desk\n');
    expect((await runCli(['config', 'get', 'distill.formats'], folder)).out).toBe('[\n  "jsonl",\n  "parquet"\n]\n');
    const { out } = await runCli(['config', 'get', 'distill.partial_min', '--json'], folder);
    expect(configValueSchema.parse(JSON.parse(out))).toEqual({
      schema: 'config-value/1',
      file: join(folder, 'lauter.config.json'),
      key: 'distill.partial_min',
      value: 0.5,
      is_stated: false,
    });
    expect(JSON.parse((await runCli(['config', 'get', 'sources', '--json'], folder)).out)).toMatchObject({ is_stated: true });
  });

  test('a key without value or default is null', async () => {
    expect((await runCli(['config', 'get', 'engine.port'], temporaryFolder())).out).toBe('null\n');
  });

  test('an unknown key: exit 2, with the nearest', async () => {
    const { code, out, err } = await runCli(['config', 'get', 'distill.partial_mim'], temporaryFolder());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('the nearest is distill.partial_min.');
  });
});

describe('config set and unset', () => {
  test.each([
    ['distill.partial_min', '0.7', 0.7],
    ['distill.include_partial', 'true', true],
    ['distill.formats', '["jsonl"]', ['jsonl']],
    ['sources.0.name', 'night desk', 'night desk'],
    ['sources.0.name', '"7"', '7'],
    ['sources.0.adapter', 'openai-chat', 'openai-chat'],
  ])('%s %s: JSON where it parses, else a string', async (key, text, value) => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG });
    expect(await runCli(['config', 'set', key, text], folder)).toMatchObject({ code: 0, out: '' });
    expect(JSON.parse((await runCli(['config', 'get', key, '--json'], folder)).out)).toMatchObject({ value, is_stated: true });
    expect(readFileSync(join(folder, 'lauter.config.json'), 'utf8')).toContain('// the desk of the harbor');
  });

  test.each([
    ['distill.partial_min', 'half', 'expected number, found "half"'],
    ['distill.partial_min', 'NaN', 'expected number, found "NaN"'],
    ['distill.partial_min', '1e999', 'expected number'],
    ['distill.max_pairs_per_task', '-1', 'expected number to be >=1, found -1'],
    ['distill.formats', '[]', 'expected array to have >=1 items'],
    ['sources.0.name', '7', 'expected string, found 7'],
    ['sources.0.nmae', 'desk', 'the nearest is sources.0.name'],
    ['sources.5', '{}', 'expected an index up to 1'],
  ])('%s %s is refused, and the file stays', async (key, text, message) => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG });
    const { code, out, err } = await runCli(['config', 'set', key, text], folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(readFileSync(join(folder, 'lauter.config.json'), 'utf8')).toBe(CONFIG);
  });

  test('unset brings the default back, and says when there was nothing to take away', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': '{ "distill": { "partial_min": 0.7 } }\n' });
    const unset = (): ReturnType<typeof runCli> => runCli(['config', 'unset', 'distill.partial_min'], folder);
    expect(await unset()).toMatchObject({ code: 0 });
    expect((await runCli(['config', 'get', 'distill.partial_min'], folder)).out).toBe('0.5\n');
    expect(await unset()).toMatchObject({ code: 0, err: expect.stringContaining('is not set') });
  });

  test('--workspace and --config say which file; nothing is written without a workspace', async () => {
    const folder = temporaryFolder({ 'refinery/': '', 'named.json': '{}' });
    expect((await runCli(['config', 'set', 'engine.port', '7233', '--workspace', 'refinery'], folder)).code).toBe(0);
    expect((await runCli(['config', 'set', 'engine.port', '7234', '--config', 'named.json'], folder)).code).toBe(0);
    expect(readFileSync(join(folder, 'refinery/lauter.config.json'), 'utf8')).toContain('7233');
    expect(readFileSync(join(folder, 'named.json'), 'utf8')).toContain('7234');
    expect((await runCli(['config', 'set', 'engine.port', '7233'], folder)).code).toBe(2);
    expect((await runCli(['config', 'set', 'engine.port', '7233', '--config', 'absent.json'], folder)).code).toBe(2);
    expect(existsSync(join(folder, 'lauter.config.json'))).toBe(false);
  });
});

test('config schema prints what lauter.schema.json holds', async () => {
  const { code, out } = await runCli(['config', 'schema'], temporaryFolder());
  expect(code).toBe(0);
  expect(out).toBe(readFileSync(join(import.meta.dirname, '../../lauter.schema.json'), 'utf8'));
});

describe('a price for a model', () => {
  const NAMES = [
    'gpt-4.1',
    'Qwen/Qwen3-8B',
    'pilot:7b-q4.0',
    "harbour/pilot's-4.1",
    'a "deep" \\ one',
    '7',
    'tide[0].high',
    '.',
    'Lotse-Größe 3.5',
  ];

  test.each(NAMES)('BUD-2: the command that a refusal shows adds it, as a shell reads it: %s', async (model) => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG });
    const [program, ...args] = shellWords(addPriceCommand(model));
    expect(program).toBe('lauter');
    expect(await runCli(args, folder)).toMatchObject({ code: 0 });
    const { out } = await runCli(['config', 'get', 'cost', '--json'], folder);
    const { prices } = configValueSchema.parse(JSON.parse(out)).value as { prices: Record<string, unknown> };
    expect(prices).toEqual({ [model]: { input_per_million: 0, output_per_million: 0 } });
    expect(readFileSync(join(folder, 'lauter.config.json'), 'utf8')).toContain('// the desk of the harbor');
  });

  test('one part of it is read, changed and taken away under its name in brackets', async () => {
    const folder = temporaryFolder({ 'lauter.config.json': CONFIG });
    const key = 'cost.prices["pilot-4.1"].output_per_million';
    await runCli(shellWords(addPriceCommand('pilot-4.1')).slice(1), folder);
    expect((await runCli(['config', 'set', key, '15'], folder)).code).toBe(0);
    expect((await runCli(['config', 'get', key], folder)).out).toBe('15\n');
    expect((await runCli(['config', 'unset', 'cost.prices["pilot-4.1"]'], folder)).code).toBe(0);
    expect((await runCli(['config', 'get', 'cost.prices'], folder)).out).toBe('{}\n');
  });

  test.each([
    'cost.prices["pilot"',
    'cost.prices[pilot]',
    'cost..prices',
    'cost.prices["pi\\lot"]',
    'cost.prices.pilot-4.1.input_per_million',
    '',
  ])('a key that is none is refused, and the way to write a name with dots is told: %s', async (key) => {
    const { code, err } = await runCli(['config', 'set', key, '1'], temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain('cost.prices["pilot-4.1"]');
  });
});

/** Words of a command line in quotes and out of them, as a POSIX shell would split them. */
function shellWords(line: string): string[] {
  return execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
}
