import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Each file breaks one rule of .oxlintrc.json. */
const PLANTED = [
  [
    'typescript(no-floating-promises)',
    'activities/send.ts',
    'async function send(): Promise<void> {}\nexport function post(): void {\n  send();\n}',
  ],
  [
    'typescript(no-misused-promises)',
    'activities/each.ts',
    'export function each(letters: string[], send: (letter: string) => Promise<void>): void {\n  letters.forEach(async (letter) => await send(letter));\n}',
  ],
  [
    'typescript(await-thenable)',
    'activities/weigh.ts',
    'export async function weigh(grams: number): Promise<number> {\n  return await grams;\n}',
  ],
  [
    'typescript(consistent-type-imports)',
    'domain/route.ts',
    "import { Letter } from './letter.ts';\nexport function route(letter: Letter): string {\n  return letter.to;\n}",
  ],
  ['typescript(no-explicit-any)', 'schemas/parcel.ts', 'export function parcel(content: any): unknown {\n  return content;\n}'],
  ['typescript(only-throw-error)', 'adapters/refuse.ts', "export function refuse(): never {\n  throw 'no stamp';\n}"],
  ['import(no-cycle)', 'domain/hen.ts', "import { egg } from './egg.ts';\nexport const hen = (): unknown => egg;"],
  ['import(no-default-export)', 'reports/list.ts', 'export default function list(): string {\n  return "";\n}'],
  ['eslint(eqeqeq)', 'domain/same.ts', 'export function same(a: string, b: string): boolean {\n  return a == b;\n}'],
  ['eslint(no-console)', 'cli/tell.ts', "export function tell(): void {\n  console.log('posted');\n}"],
  ['node(no-process-env)', 'adapters/box.ts', 'export const box = process.env.BOX;'],
  ['eslint(no-restricted-properties)', 'domain/date.ts', 'export function postmark(): number {\n  return Date.now();\n}'],
  ['vitest(no-focused-tests)', 'test/letter.test.ts', "import { test } from 'vitest';\ntest.only('one letter', () => {});"],
] as const;

/** The same words where they are right. */
const ALLOWED = {
  'domain/letter.ts': 'export interface Letter {\n  readonly to: string;\n}',
  'domain/egg.ts': "import { hen } from './hen.ts';\nexport const egg = (): unknown => hen;",
  'cli/io.ts': "export function say(): void {\n  console.log('posted');\n}",
  'cli/place.ts': 'export const place = process.env.PLACE;',
  'worker/thread.ts': 'export default function sort(): string {\n  return "";\n}',
};

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly filename: string;
}

let project: string;
let exitCode: number | null;
let findings: readonly Finding[];

beforeAll(() => {
  project = mkdtempSync(join(realpathSync(tmpdir()), 'lauter-lint-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'));
  const tsconfig = {
    compilerOptions: { strict: true, module: 'nodenext', target: 'es2023', types: [], allowImportingTsExtensions: true, noEmit: true },
  };
  plant('tsconfig.json', JSON.stringify(tsconfig));
  plant('package.json', '{ "type": "module" }');
  for (const [, file, code] of PLANTED) plant(file, code);
  for (const [file, code] of Object.entries(ALLOWED)) plant(file, code);
  const oxlint = spawnSync(process.execPath, [join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--format', 'json'], {
    cwd: project,
    encoding: 'utf8',
  });
  exitCode = oxlint.status;
  findings = (JSON.parse(oxlint.stdout) as { readonly diagnostics: readonly Finding[] }).diagnostics;
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), `${text}\n`);
}

test.each(PLANTED)('%s is an error in %s', (rule, file) => {
  expect(findings.filter(({ filename }) => filename === file).map(({ code, severity }) => [code, severity])).toEqual([[rule, 'error']]);
});

test('what is allowed in its place is not reported there', () => {
  const innocent = Object.keys(ALLOWED).filter((file) => file !== 'domain/egg.ts');
  expect(findings.filter(({ filename }) => innocent.includes(filename))).toEqual([]);
});

test('findings fail the run', () => {
  expect(exitCode).toBe(1);
});
