import { join, relative } from 'node:path';
import { checkLake } from '../../adapters/lake/check-lake.ts';
import { findStaleTemporaries } from '../../adapters/scratch.ts';
import { formatAmount, formatNumber } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { commandFor } from '../command-line.ts';
import { quoted } from '../../domain/shared/quoted.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

const SHOWN = 3;

/** Every current version of the lake is whole. */
export async function checkLakeFiles({ root, options }: Pick<Patient, 'root' | 'options'>): Promise<DoctorCheck> {
  const expected = 'every file of every current version, as its manifest states it';
  const lake = join(root, 'lake');
  const { heads, files, bytes, findings } = await checkLake(lake);
  const told = findings
    .slice(0, SHOWN)
    .map(({ path, expected: wanted, found }) => `${relative(root, path)}: expected ${wanted}, found ${found}`);
  const more = findings.length > SHOWN ? `; and ${findings.length - SHOWN} more` : '';
  if (findings.length > 0) {
    const ofBench = findings.filter(({ path }) => isOfBench(relative(lake, path)));
    const paths = findings.filter((finding) => !ofBench.includes(finding)).slice(0, SHOWN);
    const remedies = [
      ...(paths.length === 0
        ? []
        : [`rm -f ${paths.map(({ path }) => quoted(path)).join(' ')} && ${commandFor('distill run-all', options)}`]),
      ...(ofBench.length === 0
        ? []
        : [`rm -f ${quoted(join(lake, 'heads', 'bench-results.json'))} && ${commandFor('bench import --all', options)}`]),
    ];
    return fail('lake', told.join('; ') + more, expected, `${remedies.join('; ')}   # makes anew what is missing`);
  }
  if (heads === 0) return ok('lake', 'empty', expected);
  return ok(
    'lake',
    `${formatAmount(heads, 'version')}, ${formatAmount(files, 'file')}, ${formatNumber(Math.round(bytes / 1e5) / 10)} MB`,
    expected,
  );
}

/** The result tables of the bench are made of run files, not of sources. */
function isOfBench(path: string): boolean {
  return path.startsWith(join('bench', 'results')) || path.includes('bench-results');
}

/** Nothing half-written is left of processes that are gone. */
export function checkTemporaries({ root }: Pick<Patient, 'root'>): DoctorCheck {
  const expected = 'none of processes that are gone';
  const stale = ['lake', 'exports', 'reports', 'ledger', 'locks', 'temporal'].flatMap((name) => findStaleTemporaries(join(root, name)));
  if (stale.length === 0) return ok('temporary files', 'none', expected);
  return warn(
    'temporary files',
    formatAmount(stale.length, 'temporary file'),
    expected,
    `The next run removes them. At once: \`rm -rf ${stale.slice(0, SHOWN).map(quoted).join(' ')}\`${stale.length > SHOWN ? ' and so on' : ''}`,
  );
}
