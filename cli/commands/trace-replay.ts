import { resolve } from 'node:path';
import { traceRow } from '../../activities/trace.ts';
import { findSubject } from '../../activities/trace-subject.ts';
import { sha256 } from '../../adapters/digest.ts';
import { latestExport } from '../../adapters/files/find-lines.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { renderTraceReplay } from '../../reports/trace/render-trace-replay.ts';
import type { Trace } from '../../schemas/trace.ts';
import type { TraceReplay } from '../../schemas/trace-replay.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { findReplay } from '../trace/find-replay.ts';
import { keepTracePage } from '../trace/keep-trace-page.ts';
import { openRun } from '../trace/open-run.ts';
import { runsToLookIn } from '../trace/runs-to-look-in.ts';
import { tellTraceReplay } from '../trace/tell-trace-replay.ts';
import type { TraceOptions } from '../trace/trace-options.ts';

interface ReplayQuestion {
  readonly root: string;
  readonly maxRecordBytes: number;
  readonly id: string;
  readonly options: TraceOptions;
}

/** Every id of a replay begins so: of one that was asked for alone, and of those of queues, comparisons and studies. */
export const REPLAY_ID = /^(?:replay|queue|ab|study)-/;

/** `lauter trace` of a replay run: from the row of the log through the playbooks of its bundle to the lines of their sources. */
export async function traceReplay(io: Io, { root, maxRecordBytes, id, options }: ReplayQuestion): Promise<ExitCode> {
  const { run, ...place } = await findReplay(root, id);
  const { bundle } = run;
  const entries = [
    ...bundle.exemplars.map((entry) => ({ use: 'exemplar' as const, id: entry.id })),
    ...bundle.warnings.map((entry) => ({ use: 'warning' as const, id: entry.id })),
  ];
  // The run whose export it was; the rows of a file that was named may stand in any.
  const own = run.corpus?.run_id ?? options.runId;
  const runIds = entries.length === 0 ? [] : runsToLookIn(root, own);
  const playbooks: TraceReplay['playbooks'] = [];
  for (const entry of entries) playbooks.push({ ...entry, trace: await tracePlaybook(root, runIds, maxRecordBytes, entry.id) });
  const bundleHolds = sha256(canonicalJson(bundle)) === run.bundle_digest;
  const traced: TraceReplay = {
    schema: 'trace-replay/1',
    asked: id,
    replay_id: run.run_id,
    ...place,
    task: run.task,
    model: run.model,
    answer: run.answer,
    grounding: run.grounding,
    bundle_digest: run.bundle_digest,
    bundle_holds: bundleHolds,
    verdict: verdictOf(bundleHolds, playbooks),
    playbooks,
  };
  if (options.html !== undefined) keepTracePage(io, resolve(io.cwd, options.html), (path) => renderTraceReplay(traced, path));
  io.out(options.json === true ? JSON.stringify(traced, null, 2) : tellTraceReplay(traced));
  return traced.verdict === 'holds' ? EXIT.accepted : EXIT.refused;
}

/** In the run that its bundle was made from, whatever was exported since. */
async function tracePlaybook(root: string, runIds: readonly string[], maxRecordBytes: number, id: string): Promise<Trace | null> {
  for (const runId of runIds) {
    const run = await openRun(root, runId, maxRecordBytes);
    try {
      const found = await findSubject(run, id);
      if (found === undefined || 'several' in found) continue;
      return await traceRow({ sha256, latestExport: () => latestExport(root) }, run, found.subject, { isRunNamed: true });
    } finally {
      run.close();
    }
  }
  return null;
}

function verdictOf(bundleHolds: boolean, playbooks: TraceReplay['playbooks']): TraceReplay['verdict'] {
  const verdicts = playbooks.map(({ trace }) => trace?.verdict ?? 'unprovable');
  if (!bundleHolds || verdicts.includes('broken')) return 'broken';
  return verdicts.includes('unprovable') ? 'unprovable' : 'holds';
}
