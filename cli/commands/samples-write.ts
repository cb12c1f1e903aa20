import { join, relative, resolve } from 'node:path';
import { writeSamples } from '../../adapters/files/write-samples.ts';
import { generateAcceptance, generateSamples, SAMPLES_SEED } from '../../domain/samples/index.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { PACKAGE_ROOT } from '../version.ts';

/** `lauter samples write [DIR]`: sample traces in every format, or the fixture of the acceptance; the config that names them, and the truth about them. */
export function samplesWrite(
  io: Io,
  dir: string | undefined,
  options: { readonly seed?: number; readonly acceptance?: boolean },
): ExitCode {
  const isClone = resolve(io.cwd) === PACKAGE_ROOT;
  const folder = resolve(io.cwd, dir ?? join(isClone ? 'data' : '.', options.acceptance === true ? 'acceptance' : 'samples'));
  const files = options.acceptance === true ? generateAcceptance() : generateSamples(options.seed ?? SAMPLES_SEED);
  writeSamples(files, folder);
  const near = relative(io.cwd, folder) || '.';
  io.out(`${files.length} files written to ${near}\n\nnext:\n  lauter distill run-all --config ${join(near, 'lauter.config.json')}`);
  return EXIT.accepted;
}
