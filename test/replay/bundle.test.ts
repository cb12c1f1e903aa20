import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../support/run-lauter.ts';
import { DIST } from './built.ts';

/** What the bundler complained about. */
const complaints: string[] = [];

async function bundle(workflowsPath: string): Promise<string> {
  const logger = new DefaultLogger('ERROR', ({ message }) => void complaints.push(message));
  return (await bundleWorkflowCode({ workflowsPath, logger })).code;
}

/** Files of a bundle that are no packages, as they stand below dist/; names with a question mark are gaps that the SDK leaves on purpose. */
function ownModules(code: string): readonly string[] {
  const names = [...code.matchAll(/^\/\*{3}\/ "(.+?)"/gm)].map(([, name]) => name!);
  return names.filter((name) => !/node_modules\/|^\?/.test(name)).map((name) => name.replace(/^.*dist\//, ''));
}

let clone: string;

/** The built layers that a bundle could be made of, copied so that a test can spoil them. */
beforeEach(() => {
  complaints.length = 0;
  clone = mkdtempSync(join(realpathSync(tmpdir()), 'lauter-bundle-'));
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(clone, 'node_modules'));
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  for (const part of ['workflows', 'domain', 'activities', 'schemas', 'temporal.config.js']) {
    cpSync(join(DIST, part), join(clone, 'dist', part), { recursive: true });
  }
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

/** Bundles the copied workflows with a line more in their entry. */
function bundleWith(line: string): Promise<string> {
  const entry = join(clone, 'dist', 'workflows', 'index.js');
  writeFileSync(entry, `export { distill } from './distill.js';\n${line}\n`);
  return bundle(entry);
}

test('the workflows bundle, of workflows, rules and constants alone', async () => {
  const code = await bundle(join(DIST, 'workflows', 'index.js'));
  console.log(`workflow bundle: ${(Buffer.byteLength(code) / 1e6).toFixed(2)} MB, with ${ownModules(code).length} files of our own`);
  expect(ownModules(code)).toContain('workflows/distill.js');
  const pure = /^(?:workflows|domain)\/|^temporal\.config\.js$|^schemas\/vocabulary\.js$/;
  expect(ownModules(code).filter((name) => !pure.test(name))).toEqual([]);
  expect(code).not.toMatch(/(?:require\(|from |external )['"]node:/);
  expect(code).not.toMatch(/node_modules\/(?:zod|@duckdb|@temporalio\/(?:activity|client|worker))\//);
});

test('activity code in the bundle would be seen', async () => {
  const code = await bundleWith("export { createDistillWork } from '../activities/index.js';");
  expect(ownModules(code)).toContain('activities/index.js');
});

test('a module of Node breaks the bundle', async () => {
  await expect(bundleWith("export { readFileSync } from 'node:fs';")).rejects.toThrow();
  expect(complaints.join('\n')).toContain('node:fs');
});
