import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../domain/shared/errors.ts';
import { userCache } from '../user-cache.ts';
import { ONNX_PACKAGES } from './onnx-packages.ts';

/** What installs the part. */
export const ADD_COMMAND = 'lauter search embedder add';

/** Where the optional part lies that runs ONNX models, whether it is there or not: a folder for each version, system and processor. */
export function onnxPartFolder(env: NodeJS.ProcessEnv): string {
  const versions = ONNX_PACKAGES.map(({ version }) => version).join('-');
  return join(userCache(env, 'onnx'), `${versions}-${process.platform}-${process.arch}`);
}

/** The folder of the part; ConfigError with the command that installs it when it is not there. */
export function findOnnxPart(env: NodeJS.ProcessEnv): string {
  const folder = onnxPartFolder(env);
  if (existsSync(join(folder, 'package.json'))) return folder;
  throw new ConfigError(
    `opening a local embedder, on ${folder}: expected the optional part that runs ONNX models, found none.`,
    `Install it with \`${ADD_COMMAND}\`, or take an embedder of another kind.`,
    { reason: 'part_missing' },
  );
}
