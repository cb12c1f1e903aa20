import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { configSchemaText } from '../../cli/commands/config-schema.ts';
import { configJsonSchema, type JsonSchema } from '../../schemas/config-json-schema.ts';
import { configSchema } from '../../schemas/config.ts';

const COMMITTED = readFileSync(join(import.meta.dirname, '../../lauter.schema.json'), 'utf8');

test('lauter.schema.json is what the schemas say; `npm run schema` makes it anew', () => {
  expect(COMMITTED).toBe(configSchemaText());
});

describe('the JSON Schema and the program agree', () => {
  const allows = new Ajv({ strict: false }).compile(JSON.parse(COMMITTED) as object);

  test.each([
    [{}, true],
    [{ $schema: './lauter.schema.json', sources: [{ name: 'desk', paths: ['desk.jsonl'] }] }, true],
    [{ distill: { partial_min: 0.7, formats: ['jsonl'] }, engine: { port: 7233 } }, true],
    [{ sources: [{ name: 'desk' }] }, false],
    [{ sources: [{ name: 'desk', paths: [] }] }, false],
    [{ sources: [{ name: 'desk', paths: ['a'], adapter: 'carrier-pigeon' }] }, false],
    [{ distill: { partial_min: 2 } }, false],
    [{ distill: { partialMin: 0.5 } }, false],
    [{ engine: { port: '7233' } }, false],
  ])('%j: %s', (config, isAllowed) => {
    expect(allows(config)).toBe(isAllowed);
    expect(configSchema.safeParse(config).success).toBe(isAllowed);
  });
});

test('every key says what it is for', () => {
  const silent: string[] = [];
  const visit = (schema: JsonSchema, path: string): void => {
    for (const [name, next] of Object.entries(schema.properties ?? {})) {
      if (next.description === undefined) silent.push(`${path}${name}`);
      visit(next.items ?? next, `${path}${name}.`);
    }
  };
  visit(configJsonSchema(), '');
  expect(silent).toEqual([]);
});
