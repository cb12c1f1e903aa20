import { listRunFiles } from '../../adapters/bench/list-run-files.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { BenchImport, BenchImportReport } from '../../schemas/bench-import-report.ts';
import { IMPORT_OUTCOMES } from '../../schemas/vocabulary.ts';
import { importRunFile } from '../bench/import-run-file.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { VERSION } from '../version.ts';

export interface BenchImportOptions extends PlaceOptions {
  readonly all?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `lauter bench import`: stores run files in the result tables, one after the other; 2 when one of them names no run. */
export async function benchImport(io: Io, given: readonly string[], options: BenchImportOptions): Promise<ExitCode> {
  const root = workspaceFolder(io, options);
  const paths = options.all === true ? [...given, ...listRunFiles(root)] : given;
  if (paths.length === 0) {
    throw new UsageError(
      `importing run files: expected at least one, found none${options.all === true ? ` in lake/bench/runs of ${root}` : ''}.`,
      'Name the files that `lauter bench run --out` wrote.',
    );
  }
  const report: BenchImportReport = { schema: 'bench-import/1', files: await importFiles(io, root, paths, options.force ?? false) };
  const { files } = report;
  io.out(options.json === true ? JSON.stringify(report, null, 2) : files.map(tellImport).join('\n'));
  const unusable = files.filter(({ outcome }) => outcome === 'unusable');
  for (const { path, reason } of unusable) {
    io.err(plain(`importing run file ${path}: expected a run_manifest with a run_id, found ${reason ?? 'none'}. Name a run file.`));
  }
  return unusable.length > 0 ? EXIT.impossible : EXIT.accepted;
}

async function importFiles(io: Io, root: string, paths: readonly string[], force: boolean): Promise<BenchImport[]> {
  const workspace = openWorkspace(root, VERSION);
  try {
    const files: BenchImport[] = [];
    for (const path of paths) files.push(await importRunFile(root, path, { cwd: io.cwd, force }));
    return files;
  } finally {
    workspace.close();
  }
}

function tellImport({ path, run_id, outcome, reason, removed_partial, rows, counts }: BenchImport): string {
  const counted = [
    [counts.malformed_lines, 'malformed line'],
    [counts.skipped_rows, 'row skipped', 'rows skipped'],
    [counts.unknown_records, 'unknown record'],
    [counts.replaced_summaries, 'summary replaced by a later one', 'summaries replaced by later ones'],
    [counts.replaced_attempts, 'attempt replaced by a later one', 'attempts replaced by later ones'],
  ] as const;
  const notes = counted.flatMap(([count, one, many]) => (count === 0 ? [] : [formatAmount(count, one, many)]));
  return [
    `${outcome.replace('_', ' ')}  ${plain(path)}  ${run_id === null ? '' : plain(run_id)}`.trimEnd(),
    `  ${IMPORT_OUTCOMES[outcome]}${reason === null ? '' : ` (${plain(reason)})`}${rows > 0 ? ` ${formatAmount(rows, 'row')}.` : ''}`,
    ...(removed_partial ? ['  what was stored of it without its end is removed'] : []),
    ...(notes.length === 0 ? [] : [`  ${notes.join(', ')}`]),
  ].join('\n');
}
