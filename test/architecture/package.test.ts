import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly why: Readonly<Record<string, string>>;
}

const { dependencies, devDependencies, why } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
) as Manifest;
const packages = { ...dependencies, ...devDependencies };

/** The reason for a package: its own, or that of its scope. */
function reasonFor(name: string): string | undefined {
  return why[name] ?? why[name.replace(/\/.*$/, '/*')];
}

test.each(Object.entries(packages))('%s has one exact version and a reason', (name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  expect(reasonFor(name)).toMatch(/^.{10,}\.$/s);
});

test('no reason outlives its package', () => {
  const isThere = (name: string): boolean => Object.keys(packages).some((other) => other === name || other.replace(/\/.*$/, '/*') === name);
  expect(Object.keys(why).filter((name) => !isThere(name))).toEqual([]);
});

test('all packages of Temporal have the same version', () => {
  const versions = Object.entries(packages).filter(([name]) => name.startsWith('@temporalio/'));
  expect(new Set(versions.map(([, version]) => version)).size).toBe(1);
});
