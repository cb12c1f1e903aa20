import { describe, expect, test } from 'vitest';
import { parseConfig, readConfig, type SecretFinder } from '../../../adapters/files/config-file.ts';
import { createRedactor, SECRET_FAMILIES } from '../../../domain/redaction/index.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const secrets = (): SecretFinder => createRedactor(SECRET_FAMILIES);
const parse = (text: string) => parseConfig(text, 'lauter.config.json', secrets());

describe('a config that may stand', () => {
  test('comments and trailing commas are allowed, defaults are filled in', () => {
    const config = parse('{\n  // the desk of the harbor\n  "sources": [{ "name": "desk", "paths": ["desk.jsonl"], },],\n}');
    expect(config.sources).toEqual([{ name: 'desk', paths: ['desk.jsonl'], options: {} }]);
    expect(config.distill.partial_min).toBe(0.5);
    expect(config.engine.give_up_after_s).toBe(120);
  });

  test('a file that is not there is all defaults', () => {
    expect(readConfig('/nowhere/lauter.config.json', secrets()).sources).toEqual([]);
  });

  test('a file is read with its line ends', () => {
    const folder = temporaryFolder({ 'lauter.config.json': '{\r\n  "engine": { "port": 7233 }\r\n}\r\n' });
    expect(readConfig(`${folder}/lauter.config.json`, secrets()).engine.port).toBe(7233);
  });
});

describe('every fault names its place, what was expected and what was found', () => {
  test.each([
    ['{ "sources": [', /line 1, column 15: expected JSON with comments, found \w+/],
    ['[]', /\(top level\): expected object, found \[\]/],
    ['{\n  "distil": {}\n}', /\(top level\): expected only known keys, found "distil"; the nearest is "distill"/],
    ['{\n  "distill": { "partial_mim": 0.4 }\n}', /line 2, column 14 \(distill\): .* found "partial_mim"; the nearest is "partial_min"/],
    ['{\n  "distill": { "partial_min": "half" }\n}', /line 2, column 31 \(distill.partial_min\): expected number, found "half"/],
    ['{ "distill": { "partial_min": 1.5 } }', /\(distill.partial_min\): expected number to be <=1, found 1.5/],
    ['{ "distill": { "max_pairs_per_task": -1 } }', /\(distill.max_pairs_per_task\): expected number to be >=1, found -1/],
    ['{ "distill": { "max_pairs_per_task": 2.5 } }', /\(distill.max_pairs_per_task\): expected int.*, found 2.5/],
    ['{ "distill": { "max_generation": 1e999 } }', /\(distill.max_generation\): expected .*, found 1e999/],
    ['{ "distill": { "formats": [] } }', /\(distill.formats\): expected array to have >=1 items, found \[\]/],
    ['{ "engine": { "port": 80 } }', /\(engine.port\): expected number to be >=1024, found 80/],
    ['{ "sources": [{ "name": "desk" }] }', /\(sources.0.paths\): expected array, found nothing/],
    ['{ "sources": [{ "name": "", "paths": ["a"] }] }', /\(sources.0.name\): expected letters, digits/],
    ['{ "sources": [{ "name": "a", "paths": ["a"], "adapter": "mapped" }] }', /\(sources.0.options.fields\): expected object/],
  ])('%s', (text, message) => {
    expect(() => parse(text)).toThrow(ConfigError);
    expect(() => parse(text)).toThrow(message);
  });

  test('a place that is not there is told by the innermost one that is', () => {
    expect(() => parse('{\n  "sources": [\n    { "paths": ["a"] }\n  ]\n}')).toThrow(
      'line 3, column 5 (sources.0.name): expected string, found nothing',
    );
  });

  test('a secret is refused, named by its kind and not repeated', () => {
    const key = ['sk', 'proj', 'q7Lm2Xv9Rb4Tn8Wc3Kd6Hf1Jp5Gs0Za'].join('-');
    const refuse = (): unknown => parse(`{\n  "sources": [{ "name": "desk", "paths": ["a"], "options": { "token": "${key}" } }]\n}`);
    expect(refuse).toThrow(/line 2, .*\(sources.0.options.token\): expected no secret in plain text/);
    expect(refuse).not.toThrow(key);
  });
});
