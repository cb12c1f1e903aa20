import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { ACCEPTANCE_FIXTURES } from './acceptance-fixtures.ts';
import { AUDIT_FIXTURES } from './audit-fixtures.ts';
import { BENCH_CORPUS_FIXTURES } from './bench-corpus-fixtures.ts';
import { BENCH_QA_FIXTURES } from './bench-qa-fixtures.ts';
import { BENCH_RESULT_FIXTURES } from './bench-result-fixtures.ts';
import { BENCH_RUN_FIXTURES } from './bench-run-fixtures.ts';
import { CAPTURE_FIXTURES } from './capture-fixtures.ts';
import { COLLECTION_FIXTURES } from './collection-fixtures.ts';
import { COMMAND_FIXTURES } from './command-fixtures.ts';
import { COMPARISON_FIXTURES } from './comparison-fixtures.ts';
import { CONTRADICTION_FIXTURES } from './contradiction-fixtures.ts';
import { COST_FIXTURES } from './cost-fixtures.ts';
import { DATA_FIXTURES } from './data-fixtures.ts';
import { DETERMINISM_FIXTURES } from './determinism-fixtures.ts';
import { EMBEDDER_FIXTURES } from './embedder-fixtures.ts';
import { FORM_FIXTURES } from './form-fixtures.ts';
import type { SchemaFixture } from './fixture.ts';
import { GLOSSARY_FIXTURES } from './glossary-fixtures.ts';
import { GATE_FIXTURES } from './gate-fixtures.ts';
import { LONGMEMEVAL_FIXTURES } from './longmemeval-fixtures.ts';
import { PANEL_FIXTURES } from './panel-fixtures.ts';
import { NOTICE_FIXTURES } from './notice-fixtures.ts';
import { PAUSE_FIXTURES } from './pause-fixtures.ts';
import { PROBE_FIXTURES } from './probe-fixtures.ts';
import { QRELS_FIXTURES } from './qrels-fixtures.ts';
import { RELEASE_FIXTURES } from './release-fixtures.ts';
import { REPLAY_ARMS_FIXTURES } from './replay-arms-fixtures.ts';
import { REPLAY_FIXTURES } from './replay-fixtures.ts';
import { REVIEW_FIXTURES } from './review-fixtures.ts';
import { RUN_FIXTURES } from './run-fixtures.ts';
import { SCHEDULE_FIXTURES } from './schedule-fixtures.ts';
import { SEARCH_FIXTURES } from './search-fixtures.ts';
import { SEARCH_SETTINGS_FIXTURES } from './search-settings-fixtures.ts';
import { STATISTICS_FIXTURES } from './statistics-fixtures.ts';
import { SUITES_FIXTURES } from './suites-fixtures.ts';
import { TRACE_FIXTURES } from './trace-fixtures.ts';
import { TREND_FIXTURES } from './trend-fixtures.ts';

const FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  ...DATA_FIXTURES,
  ...FORM_FIXTURES,
  ...GATE_FIXTURES,
  ...GLOSSARY_FIXTURES,
  ...RUN_FIXTURES,
  ...COMMAND_FIXTURES,
  ...COMPARISON_FIXTURES,
  ...CONTRADICTION_FIXTURES,
  ...RELEASE_FIXTURES,
  ...REPLAY_FIXTURES,
  ...REPLAY_ARMS_FIXTURES,
  ...REVIEW_FIXTURES,
  ...TRACE_FIXTURES,
  ...TREND_FIXTURES,
  ...AUDIT_FIXTURES,
  ...ACCEPTANCE_FIXTURES,
  ...PANEL_FIXTURES,
  ...NOTICE_FIXTURES,
  ...PAUSE_FIXTURES,
  ...BENCH_CORPUS_FIXTURES,
  ...BENCH_QA_FIXTURES,
  ...BENCH_RESULT_FIXTURES,
  ...BENCH_RUN_FIXTURES,
  ...DETERMINISM_FIXTURES,
  ...EMBEDDER_FIXTURES,
  ...LONGMEMEVAL_FIXTURES,
  ...CAPTURE_FIXTURES,
  ...COLLECTION_FIXTURES,
  ...COST_FIXTURES,
  ...PROBE_FIXTURES,
  ...SCHEDULE_FIXTURES,
  ...QRELS_FIXTURES,
  ...SEARCH_FIXTURES,
  ...SEARCH_SETTINGS_FIXTURES,
  ...SUITES_FIXTURES,
  ...STATISTICS_FIXTURES,
};
const SCHEMAS = await schemasIn(join(import.meta.dirname, '../../schemas'));

test('every schema has a fixture, and every fixture a schema', () => {
  expect(Object.keys(FIXTURES).sort()).toEqual([...SCHEMAS.keys()].sort());
});

describe.each([...SCHEMAS])('%s', (name, schema) => {
  const { accepts, rejects, optional = [], anything = [], isOpen = false } = FIXTURES[name]!;
  const isLawful = (value: unknown): boolean => schema.safeParse(value).success;
  const [whole] = accepts;
  const isText = typeof whole === 'string';
  const fields = isText || Array.isArray(whole) ? [] : Object.keys(whole as object);

  test('accepts what is lawful', () => {
    for (const value of accepts) expect(schema.safeParse(value).error?.issues).toBeUndefined();
  });

  test.each(Object.entries(rejects))('rejects %s', (_why, value) => {
    expect(isLawful(value)).toBe(false);
  });

  test('rejects what is no such thing at all', () => {
    const texts = isText ? [] : ['text'];
    for (const value of [null, undefined, ...texts, 7, true, [7]]) expect(isLawful(value)).toBe(false);
  });

  test('rejects a field that nobody knows, unless others own the rest', () => {
    if (fields.length > 0) expect(isLawful({ ...(whole as object), tide: 'low' })).toBe(isOpen);
  });

  test('misses each field that it promises', () => {
    const missing = fields.filter((field) => isLawful(without(whole as object, field)));
    expect(missing.sort()).toEqual(optional.filter((field) => fields.includes(field)).sort());
  });

  test('rejects each field when it is of another type', () => {
    const loose = fields.filter((field) => isLawful({ ...(whole as object), [field]: () => 'of no type that JSON has' }));
    expect(loose).toEqual(anything);
  });
});

function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field));
}

async function schemasIn(folder: string): Promise<Map<string, z.ZodType>> {
  const found = new Map<string, z.ZodType>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const exported = (await import(join(folder, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      if (name.endsWith('Schema') && typeof value === 'object' && value !== null && 'safeParse' in value)
        found.set(name, value as z.ZodType);
    }
  }
  return found;
}
