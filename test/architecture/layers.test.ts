import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet, type IResolveOptions } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plantViolations, VIOLATIONS } from './planted-violations.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = [
  'schemas',
  'domain',
  'workflows',
  'activities',
  'adapters',
  'worker',
  'cli',
  'reports',
  'temporal.config.ts',
  'scripts',
  'test',
];

interface RuleFile {
  readonly forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
  readonly options: ICruiseOptions & { readonly enhancedResolveOptions: Partial<IResolveOptions> };
}
const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as RuleFile;
const ruleNames = forbidden.map(({ name }) => String(name));

/** What the cruiser finds in a tree: `rule: file → file`. */
async function findViolations(baseDir: string): Promise<readonly { readonly rule: string; readonly from: string; readonly to: string }[]> {
  const { enhancedResolveOptions, tsConfig: _, ...cruiseOptions } = options;
  const { output } = await cruise(
    FOLDERS.filter((folder) => existsSync(join(baseDir, folder))),
    { ...cruiseOptions, baseDir, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

test('the tree keeps the import table', { timeout: 240_000 }, async () => {
  expect(await findViolations(root)).toEqual([]);
});

let planted: string;
let found: Awaited<ReturnType<typeof findViolations>>;

beforeAll(async () => {
  planted = plantViolations();
  found = await findViolations(planted);
}, 240_000);
afterAll(() => rmSync(planted, { recursive: true, force: true }));

test.each(VIOLATIONS)('$rule reports $file', ({ rule, file }) => {
  expect(found.filter(({ from }) => from === file).map((violation) => violation.rule)).toContain(rule);
});

test('every rule has a planted violation', () => {
  expect([...new Set(VIOLATIONS.map(({ rule }) => rule))].sort()).toEqual([...ruleNames].sort());
});

test('files that break nothing are not reported', () => {
  const guilty = new Set(VIOLATIONS.map(({ file }) => file));
  expect(found.filter(({ rule, from }) => rule !== 'no-orphans' && !guilty.has(from))).toEqual([]);
});
