import { join } from 'node:path';
import { latestExport } from '../../adapters/files/find-lines.ts';
import { lakeLayout } from '../../adapters/lake/layout.ts';
import { readHead } from '../../adapters/lake/manifests.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { findRunId } from '../runs/find-run.ts';
import { lakeRunIds } from '../runs/lake-runs.ts';
import { hasEvidence } from './open-run.ts';

/** An id that stands in no newer run is an old one; further back than this nobody is kept waiting for. */
const MOST_RUNS = 20;

/** The run that is named, or those to look in one after the other: that of `exports/latest`, the current one, then the others, newest first. */
export function runsToLookIn(workspace: string, named: string | undefined): string[] {
  const all = lakeRunIds(workspace).filter((runId) => hasEvidence(workspace, runId));
  if (named !== undefined) return [findRunId(all, named)];
  const current = readHead(lakeLayout(join(workspace, 'lake')), 'evidence')?.run_id;
  const first = [latestExport(workspace), current].filter((runId) => typeof runId === 'string' && all.includes(runId)) as string[];
  const runs = [...new Set([...first, ...all])].slice(0, MOST_RUNS);
  if (runs.length > 0) return runs;
  throw new UsageError(
    `tracing in ${workspace}: expected a run that has read its sources, found none.`,
    'Start one with `lauter distill run-all`.',
  );
}
