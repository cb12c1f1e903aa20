import { join } from 'node:path';
import { traceRow } from '../../activities/trace.ts';
import { findSubject } from '../../activities/trace-subject.ts';
import { sha256 } from '../../adapters/digest.ts';
import { findLines, latestExport } from '../../adapters/files/find-lines.ts';
import { REPLAY_LOG } from '../../adapters/files/replay-log.ts';
import { parseJson } from '../../adapters/parse-json.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import type { Trace } from '../../schemas/trace.ts';
import type { TraceReplay } from '../../schemas/trace-replay.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
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

/** Every id of a replay begins so. */
export const REPLAY_ID = /^replay-/;

/** `lauter trace` of a replay run: from the row of the log through the playbooks of its bundle to the lines of their sources. */
export async function traceReplay(io: Io, { root, maxRecordBytes, id, options }: ReplayQuestion): Promise<ExitCode> {
  if (options.html !== undefined) {
    throw new UsageError(
      `tracing ${id}: expected a row of an export for --html, found a replay.`,
      'Leave --html out, or trace one of its playbooks.',
    );
  }
  const { run, line } = await findReplay(root, id);
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
    file: `ledger/${REPLAY_LOG}`,
    line,
    task: run.task,
    bundle_digest: run.bundle_digest,
    bundle_holds: bundleHolds,
    verdict: verdictOf(bundleHolds, playbooks),
    playbooks,
  };
  io.out(options.json === true ? JSON.stringify(traced, null, 2) : tellTraceReplay(traced));
  return traced.verdict === 'holds' ? EXIT.accepted : EXIT.refused;
}

async function findReplay(root: string, id: string): Promise<{ run: ReplayRun; line: number }> {
  const lines = (await findLines(join(root, 'ledger', REPLAY_LOG), [`"run_id":"${id}`]))?.found ?? [];
  const runs = lines.flatMap(({ line, text }) => {
    const run = replayRunSchema.safeParse(parseJson(text)).data;
    return run?.run_id.startsWith(id) === true ? [{ run, line }] : [];
  });
  const [first, second] = [runs.find(({ run }) => run.run_id === id) ?? runs[0], runs[1]];
  if (first !== undefined && (second === undefined || first.run.run_id === id)) return first;
  throw new UsageError(
    `tracing ${id}: expected the id of one replay in ledger/${REPLAY_LOG}, found ${first === undefined ? 'none' : 'the beginning of several'}.`,
    first === undefined ? '`lauter distill query "SELECT run_id, task FROM replays"` shows those there are.' : 'Give more of the id.',
  );
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
