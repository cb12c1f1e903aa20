import { randomBytes } from 'node:crypto';
import type { NightlyProbeInput, NightlyProbeResult } from '../../activities/probe-contract.ts';
import type { ProbeAudit } from '../../adapters/files/probe-audit.ts';
import { openWorkStore } from '../../adapters/work-store.ts';
import { formRunId } from '../../domain/bench/index.ts';
import { isProbeEnabled } from '../../domain/probe/index.ts';
import { sha256 } from '../../adapters/digest.ts';
import type { ProbeRun } from '../../schemas/probe-run.ts';
import { slotQueueOf } from '../../worker/index.ts';
import { commandFor } from '../command-line.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { followWork, type WorkWords } from '../follow-work.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { loadProbe, type LoadedProbe } from '../probe/load-probe.ts';
import { reportProbe } from '../probe/report-probe.ts';
import type { ShownProgress } from '../progress.ts';
import { evalOwnerPath } from '../run-owner.ts';
import { unlessCancelled } from '../unless-cancelled.ts';

export interface ProbeRunOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly report?: string;
  readonly keepServer?: boolean;
}

const WORDS: WorkWords = {
  stopping: 'stopping after the current question; interrupt again to end at once …',
  terminated: '',
  remedy: 'What was paid for is kept: run the same command again.',
};

/** `lauter probe nightly run`: the probe once, by hand; it waits for the end of its window. Ends as the worst of its kinds. */
export async function probeRun(io: Io, options: ProbeRunOptions): Promise<ExitCode> {
  const probe = loadProbe(io, options);
  const { config, configPath, workspaceDir, audit } = probe;
  const { nightly } = config.probe;
  if (!isProbeEnabled(nightly)) {
    const detail = 'probe.nightly.enabled is not true';
    const probes = nightly.kinds.map((kind) => ({ kind, outcome: 'disabled' as const, exit_code: 0, detail, event: null }));
    await tell(io, probe, options, { schema_version: 1, run_id: null, exit_code: 0, probes });
    io.err(`to turn it on: \`${commandFor('probe nightly enable', options)}\``);
    return EXIT.accepted;
  }
  return withEngine(io, { workspaceDir, config, configPath, keepServer: options.keepServer ?? false }, async (session) => {
    const { root, id: workspaceId } = session.workspace;
    const store = openWorkStore(root, 'probe');
    const startedAt = new Date().toISOString();
    const run_id = formRunId({ startedAt, configHash: sha256(workspaceId), randomBytes: randomBytes(6) }).replace(/^run/, 'probe');
    const input: NightlyProbeInput = { probe: 'nightly', run_id };
    const followed = await unlessCancelled(io, () =>
      followWork<NightlyProbeResult>(io, session, {
        workflow: 'nightlyProbe',
        workflowId: `nightly-by-hand-${workspaceId}`,
        id: run_id,
        input,
        slotQueues: nightly.kinds.includes('determinism') ? [slotQueueOf(workspaceId, config.bench.base_url)] : [],
        giveUpAfterMs: config.engine.give_up_after_s * 1000,
        ownerPath: (id) => evalOwnerPath(root, id),
        onStarted: () => store.write(run_id, 'input', input),
        progress: (id): ShownProgress => ({
          run_id: id,
          stage: 'probe',
          done: endedKinds(store, id, nightly.kinds),
          total: nightly.kinds.length,
          rows: 0,
          paused: null,
        }),
        words: WORDS,
      }),
    );
    if (followed === null) return EXIT.interrupted;
    if (followed.ended === 'detached') {
      io.err(`detached; ${followed.id} goes on.`);
      return EXIT.interrupted;
    }
    const run = joined(followed.result, audit);
    await tell(io, probe, options, run);
    return run.exit_code as ExitCode;
  });
}

function endedKinds(store: ReturnType<typeof openWorkStore>, runId: string, kinds: readonly string[]): number {
  return kinds.filter((kind) => store.has(runId, `event-${kind}`)).length;
}

/** With the rows that it left. */
function joined({ run_id, exit_code, probes }: NightlyProbeResult, audit: ProbeAudit): ProbeRun {
  const { events } = audit.readAll();
  return {
    schema_version: 1,
    run_id,
    exit_code,
    probes: probes.map(({ run_uid, ...ended }) => ({
      ...ended,
      event: run_uid === null ? null : (events.find((event) => event.run_uid === run_uid) ?? null),
    })),
  };
}

async function tell(io: Io, probe: LoadedProbe, options: ProbeRunOptions, run: ProbeRun): Promise<void> {
  if (options.report !== undefined) await reportProbe(io, probe, options.report);
  if (options.json === true) io.out(JSON.stringify(run, null, 2));
  else io.out(run.probes.map(({ kind, outcome, detail }) => `${kind} ${outcome}${detail === null ? '' : `: ${plain(detail)}`}`).join('\n'));
}
