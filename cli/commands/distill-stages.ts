import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';
import { EXPORT_SETS } from '../../schemas/vocabulary.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { distillRunAll, type RunAllOptions } from './distill-run-all.ts';
import { distillScoreExplain } from './distill-score-explain.ts';

export interface ScoreOptions extends RunAllOptions {
  readonly explain?: string;
}

/** `lauter distill score`: a run that stops after scoring, or the explanation of one score. */
export function distillScore(io: Io, paths: readonly string[], options: ScoreOptions): Promise<ExitCode> {
  if (options.explain === undefined) return distillRunAll(io, paths, options, 'score');
  if (paths.length === 0) return distillScoreExplain(io, options.explain, options);
  throw new UsageError(
    `explaining a score: expected only the id of a record, found paths as well: ${paths.join(', ')}.`,
    'Leave the paths out: the record is looked up in the workspace.',
  );
}

/** `lauter distill export [SET]`: a run that stops after the export. Every set is written; SET says whose files are shown. */
export function distillExport(io: Io, set: string | undefined, paths: readonly string[], options: RunAllOptions): Promise<ExitCode> {
  if (set === undefined || set === 'all') return distillRunAll(io, paths, options, 'export');
  const known = EXPORT_SETS.find((name) => name === set);
  if (known !== undefined) return distillRunAll(io, paths, { ...options, set: known }, 'export');
  throw new UsageError(
    `exporting: expected one of ${EXPORT_SETS.join(', ')} or all, found ${set}; the nearest is ${nearestTo(set, [...EXPORT_SETS, 'all']) ?? 'all'}.`,
    'Name a set first, then paths, as in `lauter distill export all ./traces`.',
  );
}
