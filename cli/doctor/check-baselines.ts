import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPublishAudits } from '../../adapters/gate/publish-audit.ts';
import { readBaseline, readTextFile } from '../../adapters/gate/read-rows.ts';
import { verifyBaseline } from '../../domain/gate/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { auditFolder } from '../gate/audit-folder.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

const NAME = 'baseline_integrity';
const ENDING = '.baseline.ndjson';

/** What is wrong with a baseline: it is not what was published, or nobody can tell. */
interface Finding {
  readonly state: 'fail' | 'warn';
  readonly told: string;
}

/** Every baseline that was published, or lies in the folder `baselines` of the workspace, is what it says it is, and what was published. */
export function checkBaselines({ io, root, options }: Patient): DoctorCheck {
  const expected = 'baselines whose rows have the hashes of their headers, and of the record of what was published';
  const published = publishedHashes(auditFolder(io, { ...options, workspace: root }));
  const paths = [...new Set([...published.keys(), ...lyingIn(join(root, 'baselines'))])].filter((path) => existsSync(path));
  const findings = paths.flatMap((path) => findFault(path, published.get(path)) ?? []);
  const told = findings.map((finding) => finding.told).join('; ');
  if (findings.some(({ state }) => state === 'fail'))
    return fail(
      NAME,
      told,
      expected,
      'Restore those files from where they are kept, or publish them anew with `lauter eval publish --force`.',
    );
  if (findings.length > 0)
    return warn(NAME, told, expected, 'Publish those baselines anew with `lauter eval publish --from FILE --to FILE --force`.');
  return ok(NAME, paths.length === 0 ? 'none' : formatAmount(paths.length, 'baseline'), expected);
}

/** The content hash that each file was last published with. */
function publishedHashes(folder: string): Map<string, string | null> {
  const { rows } = readPublishAudits(folder);
  const successes = rows.filter(({ success }) => success);
  return new Map(
    successes.flatMap(({ output_path, content_hash }) => (output_path === null ? [] : [[output_path, content_hash] as const])),
  );
}

function lyingIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names.map((name) => resolve(folder, name));
}

function findFault(path: string, publishedHash: string | null | undefined): Finding | null {
  try {
    const baseline = readBaseline(readTextFile(path, path));
    const { attestation, breaches } = verifyBaseline(baseline);
    const [breach] = breaches;
    if (breach !== undefined)
      return { state: 'fail', told: `${path}: ${breach.reason ?? breach.metric} (${breach.error_tail ?? breach.metric})` };
    if (typeof publishedHash === 'string' && publishedHash !== baseline.header.content_hash)
      return { state: 'fail', told: `${path}: its content_hash is not the one that was published` };
    return attestation === 'content' ? null : { state: 'warn', told: `${path}: attests its queries only` };
  } catch (error) {
    if (error instanceof LauterError) return { state: 'fail', told: error.message };
    throw error;
  }
}
