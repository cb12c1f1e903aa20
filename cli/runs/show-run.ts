import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { summarizeStage } from '../../domain/receipts/index.ts';
import type { RunShow } from '../../schemas/run-show.ts';
import { runSummarySchema, type RunSummary } from '../../schemas/run-summary.ts';
import type { PlaceOptions } from '../places.ts';
import { nextCommands } from './go-on.ts';
import type { KnownRun } from './known-runs.ts';

/** Everything `lauter runs show` tells of a run. */
export function showRun({ view, lake }: KnownRun, workspace: string, place: PlaceOptions & { readonly cwd: string }): RunShow {
  const reports = join(workspace, 'reports', view.run_id);
  const summary = readSummary(workspace, view.run_id);
  return {
    schema: 'run-show/1',
    run: view,
    verdict: summary?.verdict ?? null,
    reasons: summary?.reasons ?? [],
    stages: lake.receipts.map((receipt) => ({ ...summarizeStage(receipt), receipt: join(reports, 'receipts', `${receipt.stage}.json`) })),
    inputs: lake.plan?.sources ?? [],
    paths: {
      records: join(workspace, 'lake', 'runs', view.run_id),
      exports: existing(join(workspace, 'exports', view.run_id)),
      report: existing(join(reports, 'report.html')),
      receipts: existing(join(reports, 'receipts')),
      summary: existing(summaryPath(workspace, view.run_id)),
    },
    next: nextCommands(view, lake, place),
  };
}

/** The summary that a run has left; null when it has not come so far, or left one that cannot be read. */
export function readSummary(workspace: string, runId: string): RunSummary | null {
  try {
    return runSummarySchema.parse(JSON.parse(readFileSync(summaryPath(workspace, runId), 'utf8')));
  } catch {
    return null;
  }
}

function summaryPath(workspace: string, runId: string): string {
  return join(workspace, 'reports', runId, 'summary.json');
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
