import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files that only exist for the compiler, and what it must say to each of them. */
const PLANTED = {
  'domain/receipts/planted-file.ts': ["import { readFileSync } from 'node:fs';\nexport const seal = readFileSync('seal');", /'node:fs'/],
  'domain/receipts/planted-bare.ts': ["import { createHash } from 'crypto';\nexport const hash = createHash;", /'crypto'/],
  'domain/receipts/planted-environment.ts': ['export const place = process.env.PLACE;', /'process'/],
  'domain/receipts/planted-buffer.ts': ["export const bytes = Buffer.from('wax');", /'Buffer'/],
  'workflows/planted-timer.ts': ['export const wait = (): unknown => setTimeout(() => undefined, 10);', /'setTimeout'/],
  'reports/distill/planted-request.ts': ["export const page = (): unknown => fetch('https://example.org');", /'fetch'/],
  'reports/distill/planted-clock.ts': ['export const now = (): number => performance.now();', /'performance'/],
} as const;

const INNOCENT = 'domain/receipts/planted-rule.ts';
const INNOCENT_CODE = "export const isSealed = (text: string): boolean => text.endsWith('wax') && Math.max(1, 2) === 2;";

/** First line of each message of the compiler, by file. */
let messages: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  messages = compilePureProject(
    new Map([...Object.entries(PLANTED).map(([file, [code]]) => [file, code] as const), [INNOCENT, INNOCENT_CODE]]),
  );
}, 120_000);

test('the pure layers compile without the types of Node', () => {
  expect([...messages].filter(([file]) => !Object.hasOwn(PLANTED, file))).toEqual([]);
});

test.each(Object.entries(PLANTED))('%s does not compile', (file, [, complaint]) => {
  expect(messages.get(file)?.join('\n')).toMatch(complaint);
});

/** Compiles tsconfig.pure.json with these files as if they stood in the tree. */
function compilePureProject(planted: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const config = join(root, 'tsconfig.pure.json');
  const { fileNames, options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, dirname(config));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  const nameOf = (path: string): string => (path.startsWith(root) ? path.slice(root.length) : path);
  host.fileExists = (path) => planted.has(nameOf(path)) || fileExists.call(host, path);
  host.readFile = (path) => planted.get(nameOf(path)) ?? readFile.call(host, path);
  const program = ts.createProgram([...fileNames, ...[...planted.keys()].map((file) => root + file)], options, host);
  const byFile = new Map<string, string[]>();
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const name = file === undefined ? 'tsconfig.pure.json' : nameOf(file.fileName);
    byFile.set(name, [...(byFile.get(name) ?? []), ts.flattenDiagnosticMessageText(messageText, '\n')]);
  }
  return byFile;
}
