import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  executeChild,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  NightlyProbeInput,
  NightlyProbeResult,
  ProbeActivities,
  ProbeEnded,
  ProbeFailure,
  ProbeFindings,
  ProbeNight,
  ProbeOfNight,
} from '../activities/probe-contract.ts';
import { HEARTBEAT_TIMEOUT_MS, PROBE_PROFILES } from '../temporal.config.ts';
import { benchSweep } from './bench-sweep.ts';
import { distill } from './distill.ts';
import { longMemEval } from './long-mem-eval.ts';
import { panelBatch } from './panel-batch.ts';
import { replayQueue } from './replay-queue.ts';

const { beginNight, openProbe, openPanel, endProbe } = proxyActivities<ProbeActivities>({
  ...PROBE_PROFILES.record,
  heartbeatTimeout: HEARTBEAT_TIMEOUT_MS,
});
const { tellProbe } = proxyActivities<ProbeActivities>({ ...PROBE_PROFILES.tell, heartbeatTimeout: HEARTBEAT_TIMEOUT_MS });

/** Each kind in turn: whether it may begin, its work in children, its row in the audit file, word of a change. One that fails is a row, and the next begins. */
export async function nightlyProbe(input: NightlyProbeInput): Promise<NightlyProbeResult> {
  const night = nightOf(input);
  const { kinds } = await beginNight(night);
  const probes: ProbeEnded[] = [];
  for (const kind of kinds) probes.push(await doProbe({ ...night, kind }));
  return { ...night, exit_code: Math.max(...probes.map(({ exit_code: code }) => code)), probes };
}

/** A scheduled run is known by when it was meant to begin, however late that is and however often it is tried. */
function nightOf({ run_id }: NightlyProbeInput): ProbeNight {
  const { startTime, searchAttributes } = workflowInfo();
  if (run_id !== undefined) return { run_id, scheduled_at: null };
  const [nominal = startTime] = (searchAttributes['TemporalScheduledStartTime'] ?? []) as Date[];
  const scheduled_at = new Date(nominal).toISOString();
  return { run_id: `nightly-${scheduled_at.replace(/[-:.]/g, '')}`, scheduled_at };
}

async function doProbe(probe: ProbeOfNight): Promise<ProbeEnded> {
  let findings: ProbeFindings = null;
  let failure: ProbeFailure | null = null;
  try {
    findings = await doWork(probe);
  } catch (error) {
    failure = failureOf(error);
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => endProbe({ probe, findings, failure }));
      throw error;
    }
  }
  const ended = await endProbe({ probe, findings, failure });
  // Nobody's bell keeps the next kind from being looked at.
  if (ended.run_uid !== null) await tellProbe(probe).catch(unlessCancelled);
  return ended;
}

async function doWork(probe: ProbeOfNight): Promise<ProbeFindings> {
  const opened = await openProbe(probe);
  switch (opened.work) {
    case 'nothing':
      return null;
    case 'quality': {
      await executeChild(longMemEval, { workflowId: opened.run.run_id, args: [{ run: opened.run }] });
      const panel = await openPanel(probe);
      return {
        work: 'quality',
        panel: panel === null ? null : await executeChild(panelBatch, { workflowId: panel.run_id, args: [{ run: panel }] }),
      };
    }
    case 'distill-drift': {
      const { run } = opened;
      const memo = { run_id: run.run_id };
      return { work: 'distill-drift', run: await executeChild(distill, { workflowId: run.workflow_id, memo, args: [run] }) };
    }
    case 'determinism': {
      const { sweep } = opened;
      return { work: 'determinism', sweep: await executeChild(benchSweep, { workflowId: sweep.workflow_id, args: [sweep] }) };
    }
    case 'replay-queue': {
      const { run } = opened;
      return { work: 'replay-queue', queue: await executeChild(replayQueue, { workflowId: run.run_id, args: [{ run }] }) };
    }
  }
}

/** What a child failed with stands at the bottom of what was thrown around it. */
function failureOf(error: unknown): ProbeFailure {
  if (isCancellation(error)) return { type: 'Cancelled', message: 'cancelled' };
  let cause = error;
  while (cause instanceof Error && !(cause instanceof ApplicationFailure) && cause.cause instanceof Error) cause = cause.cause;
  if (!(cause instanceof Error)) return { type: null, message: String(cause) };
  return { type: cause instanceof ApplicationFailure ? (cause.type ?? null) : cause.name, message: cause.message };
}

function unlessCancelled(error: unknown): void {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
}
