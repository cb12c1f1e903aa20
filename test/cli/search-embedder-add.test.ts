import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onnxPartFolder } from '../../adapters/embedder/onnx-part.ts';
import { embedderPartSchema } from '../../schemas/embedder-part.ts';
import { plantNpm } from '../support/onnx-part.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function place(ending?: string): { root: string; env: Record<string, string> } {
  const root = temporaryFolder();
  return { root, env: { PATH: `${plantNpm(root, ending)}:/usr/bin:/bin`, XDG_CACHE_HOME: join(root, 'cache') } };
}

test('installs the part, and says that it is there the second time', async () => {
  const { root, env } = place();
  const first = await runCli(['search', 'embedder', 'add', '--json'], root, { env });
  expect(first.code).toBe(0);
  const folder = onnxPartFolder(env);
  expect(embedderPartSchema.parse(JSON.parse(first.out))).toMatchObject({ schema_version: 1, outcome: 'installed', folder });
  const second = await runCli(['search', 'embedder', 'add'], root, { env });
  expect(second.code).toBe(0);
  expect(second.out).toContain('already there: onnxruntime-node 1.30.0');
  expect(second.out).toContain(folder);
});

test('ends with 2 where it cannot be installed', async () => {
  const { root, env } = place('exit 1');
  const { code, err } = await runCli(['search', 'embedder', 'add'], root, { env });
  expect(code).toBe(2);
  expect(err).toContain('`npm ci`: expected success, found its end with code 1');
});
