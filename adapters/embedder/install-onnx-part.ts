import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../../domain/shared/errors.ts';
import { makeScratch, sweepTemporaries } from '../scratch.ts';
import { onnxPartFolder } from './onnx-part.ts';
import { onnxManifests } from './onnx-packages.ts';

/** Install scripts stay off: what is needed lies in the packages themselves, and nothing else is asked for or run. */
const INSTALL = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
/** A part that cannot be loaded here is not installed. */
const TRY = [process.execPath, '-e', "require('onnxruntime-node'); require('@huggingface/tokenizers')"];

/** What became of the part. */
export interface OnnxInstallation {
  readonly outcome: 'installed' | 'present';
  readonly folder: string;
}

/**
 * Installs the optional part that runs ONNX models into the user's cache, by npm, at exact versions whose digests are checked. It is there whole or not
 * at all. ConfigError when npm is missing or fails, or when the part cannot be loaded on this machine.
 */
export async function installOnnxPart(env: NodeJS.ProcessEnv): Promise<OnnxInstallation> {
  const folder = onnxPartFolder(env);
  if (existsSync(folder)) return { outcome: 'present', folder };
  mkdirSync(dirname(folder), { recursive: true });
  sweepTemporaries(dirname(folder), 'top');
  const scratch = makeScratch(dirname(folder));
  try {
    const { manifest, lock } = onnxManifests();
    writeFileSync(join(scratch, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(scratch, 'package-lock.json'), JSON.stringify(lock));
    await run(INSTALL, scratch, env, 'See what npm says above: it needs a registry that it can reach.');
    removeOtherSystems(scratch);
    await run(
      TRY,
      scratch,
      env,
      'This system or processor is not among those that the runtime is made for; take an embedder of another kind.',
    );
    const isOurs = putInPlace(scratch, folder);
    return { outcome: isOurs ? 'installed' : 'present', folder };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What it prints goes to stderr, past us. */
async function run([program = '', ...args]: readonly string[], cwd: string, env: NodeJS.ProcessEnv, remedy: string): Promise<void> {
  // npm is a script of the shell on Windows.
  const shell = process.platform === 'win32' && program === 'npm';
  const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 2, 2] });
  const end = await new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(code === 0 ? '' : `its end with ${signal ?? `code ${code}`}`));
  });
  if (end === '') return;
  const command = `${basename(program)} ${args[0]}`;
  throw new ConfigError(`installing the optional part that runs ONNX models, on \`${command}\`: expected success, found ${end}.`, remedy);
}

/** The package brings the runtime for every system: some 200 MB that this one has no use for. */
function removeOtherSystems(folder: string): void {
  const binaries = join(folder, 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6');
  for (const system of ['darwin', 'linux', 'win32']) {
    for (const processor of ['arm64', 'x64'])
      if (system !== process.platform || processor !== process.arch)
        rmSync(join(binaries, system, processor), { recursive: true, force: true });
  }
}

/** False when somebody else was quicker. */
function putInPlace(scratch: string, folder: string): boolean {
  try {
    renameSync(scratch, folder);
    return true;
  } catch (error) {
    if (existsSync(folder)) return false;
    throw error;
  }
}
