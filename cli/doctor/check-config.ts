import { existsSync } from 'node:fs';
import { walkPath } from '../../adapters/sources/walk.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { Config } from '../../schemas/config.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { fail, ok, warn } from './checks.ts';

/** A config that was read, or why it could not be. */
export type ConfigFinding = { readonly path: string; readonly value: Config; readonly base: string } | { readonly problem: LauterError };

/** The config says what its schema allows. */
export function checkConfig(config: ConfigFinding): DoctorCheck {
  const expected = 'a config that its schema allows';
  if ('problem' in config) return fail('config', config.problem.message, expected, config.problem.remedy);
  return ok('config', existsSync(config.path) ? config.path : 'no file, so the defaults', expected);
}

/** Every source of the config leads to files. */
export function checkSources({ value, base }: { readonly value: Config; readonly base: string }): DoctorCheck {
  const expected = 'files at every path of every source';
  if (value.sources.length === 0) return ok('sources', 'none in the config; name paths on the command line', expected);
  let files = 0;
  const problems: string[] = [];
  for (const { name, paths } of value.sources) {
    for (const path of paths) {
      try {
        files += walkPath(path, base).files.length;
      } catch (error) {
        if (!(error instanceof LauterError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
        problems.push(`${name}: ${(error as Error).message}`);
      }
    }
  }
  if (problems.length > 0) return fail('sources', problems.join(' '), expected, 'Mend the paths in the config, or take the source out.');
  if (files === 0) return warn('sources', 'no files', expected, 'Mend the paths in the config.');
  return ok('sources', `${formatAmount(files, 'file')} of ${formatAmount(value.sources.length, 'source')}`, expected);
}
