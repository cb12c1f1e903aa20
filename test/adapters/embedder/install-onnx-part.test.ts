import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installOnnxPart } from '../../../adapters/embedder/install-onnx-part.ts';
import { findOnnxPart, onnxPartFolder } from '../../../adapters/embedder/onnx-part.ts';
import { ONNX_PACKAGES, onnxManifests } from '../../../adapters/embedder/onnx-packages.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import { plantNpm } from '../../support/onnx-part.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function place(ending?: string): { env: NodeJS.ProcessEnv; calls: () => string[] } {
  const root = temporaryFolder();
  const env = { PATH: `${plantNpm(root, ending)}:/usr/bin:/bin`, XDG_CACHE_HOME: join(root, 'cache') };
  return { env, calls: () => readFileSync(join(root, 'calls'), 'utf8').trimEnd().split('\n') };
}

test('npm installs it, without scripts, from manifest and lock; a second time nothing is done', async () => {
  const { env, calls } = place();
  const folder = onnxPartFolder(env);
  expect(() => findOnnxPart(env)).toThrow(ConfigError);
  expect(await installOnnxPart(env)).toEqual({ outcome: 'installed', folder });
  expect(findOnnxPart(env)).toBe(folder);
  expect(await installOnnxPart(env)).toEqual({ outcome: 'present', folder });
  expect(calls()).toEqual([expect.stringMatching(/^ci --ignore-scripts /)]);
  expect(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))).toEqual(onnxManifests().lock);
});

test('two at once leave one whole part', async () => {
  const { env } = place();
  const outcomes = await Promise.all([installOnnxPart(env), installOnnxPart(env)]);
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['installed', 'present']);
  expect(readdirSync(dirname(onnxPartFolder(env)))).toHaveLength(1);
});

describe('nothing is left of an installation that fails', () => {
  test.each([
    ['because npm does', 'exit 7', /`npm ci`: expected success, found its end with code 7/],
    ['because a package is not there', 'rm -r node_modules/onnxruntime-node', /`node -e`: expected success, found its end with code 1/],
  ])('%s', async (_why, ending, message) => {
    const { env } = place(ending);
    const failure: unknown = await installOnnxPart(env).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as Error).message).toMatch(message);
    expect(existsSync(onnxPartFolder(env))).toBe(false);
    expect(readdirSync(dirname(onnxPartFolder(env)))).toEqual([]);
  });

  test('because there is no npm', async () => {
    const env = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
    await expect(installOnnxPart(env)).rejects.toThrow(/`npm ci`: expected success, found spawn npm ENOENT/);
  });
});

test('every package has an exact version and a digest, and what it needs is in the lock', () => {
  for (const { version, integrity, dependencies } of ONNX_PACKAGES) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    for (const [name, wanted] of Object.entries(dependencies))
      expect(ONNX_PACKAGES.find((other) => other.name === name)?.version).toBe(wanted);
  }
});
