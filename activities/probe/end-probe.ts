import {
  endOfAnswers,
  endOfBatch,
  endOfDrift,
  endOfFailure,
  endOfReplays,
  endOfSweep,
  probeEvent,
  probeRunUid,
  remarksOnAudit,
  type ProbeEnd,
} from '../../domain/probe/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeActivities, ProbeEnded, ProbeFindings, ProbeOfNight } from '../probe-contract.ts';
import { documentName, type ProbeDocument } from './open-probe.ts';
import { tellChange } from './tell-change.ts';
import type { ProbeWorld } from './world.ts';

type EndInput = Parameters<ProbeActivities['endProbe']>[0];

/** Says how a kind ended, and appends its row. What was said once is not said otherwise by a retry. */
export async function endProbe(world: ProbeWorld, input: EndInput): Promise<ProbeEnded> {
  const { files, audit } = world;
  const { run_id, kind } = input.probe;
  const document = files.has(run_id, documentName(kind)) ? files.read<ProbeDocument>(run_id, documentName(kind)) : null;
  if (document !== null && document.end !== null && !document.isRecorded) return { kind, ...document.end, run_uid: null };
  if (!files.has(run_id, eventName(kind))) files.write(run_id, eventName(kind), await account(world, input, document));
  const event = files.read<ProbeEvent>(run_id, eventName(kind));
  await audit.append(event);
  return { kind, outcome: event.outcome, exit_code: event.exit_code, detail: event.detail ?? null, run_uid: event.run_uid ?? null };
}

/** Tells of a change of state. A probe without a row changes none. */
export async function tellProbe(world: ProbeWorld, { run_id, kind }: ProbeOfNight, signal: AbortSignal): Promise<void> {
  if (!world.files.has(run_id, eventName(kind))) return;
  try {
    await tellChange(world.notices(world.config()), world.files.read<ProbeEvent>(run_id, eventName(kind)), signal);
  } catch (error) {
    // Whom to tell stands in the config; one that cannot be read is told in the audit file and by doctor.
    if (!(error instanceof LauterError)) throw error;
  }
}

function eventName(kind: ProbeOfNight['kind']): string {
  return `event-${kind}`;
}

async function account(world: ProbeWorld, { probe, findings, failure }: EndInput, document: ProbeDocument | null): Promise<ProbeEvent> {
  const { clock, audit } = world;
  const nowMs = clock.nowMs();
  const answers = answersOf(world, document);
  const end = document?.end ?? (failure === null ? endOf(world, answers, findings) : endOfFailure(failure));
  return probeEvent(end, {
    ts: clock.now(),
    kind: probe.kind,
    runUid: probeRunUid(probe.kind, { scheduledAt: probe.scheduled_at, runId: probe.run_id }),
    scheduledAt: probe.scheduled_at,
    ...countsOf(findings),
    questions: document?.questions ?? 0,
    estimateUsd: document?.estimateUsd ?? 0,
    actualUsd: isPaid(document) ? await spentOf(world, probe) : 0,
    fixtureSha256: document?.fixtureSha256 ?? null,
    ...figuresOf(answers),
    remarks: remarksOnAudit(audit.read(nowMs), nowMs),
  });
}

/** The report on answers that were found; null where there is none, which a failure explains. */
function answersOf(world: ProbeWorld, document: ProbeDocument | null): LongMemEvalReport | null {
  if (document?.opened.work !== 'quality') return null;
  try {
    return world.longMemEvalReport(document.opened.run.run_id);
  } catch (error) {
    if (error instanceof LauterError) return null;
    throw error;
  }
}

function endOf(world: ProbeWorld, answers: LongMemEvalReport | null, findings: ProbeFindings): ProbeEnd {
  switch (findings?.work) {
    case undefined:
      return endOfFailure({ type: null, message: 'the probe ended without having looked at anything' });
    case 'quality': {
      const early = answers === null ? null : endOfAnswers(answers);
      if (early !== null) return early;
      const { panel } = findings;
      if (panel === null) return endOfFailure({ type: null, message: 'there were no answers that a panel could judge' });
      return endOfBatch({ verdict: panel.verdict, budget_skipped: panel.counts.budget_skipped });
    }
    case 'distill-drift':
      return endOfDrift(findings.run.verdict, world.drift(findings.run.run_id));
    case 'determinism':
      return endOfSweep(findings.sweep);
    case 'replay-queue':
      return endOfReplays(findings.queue.counts);
  }
}

/** Kinds whose calls are paid out of the budget of the night. */
function isPaid(document: ProbeDocument | null): boolean {
  return document?.opened.work === 'quality' || document?.opened.work === 'replay-queue';
}

/** What there is to count; nothing where a kind has a verdict alone. */
function countsOf(findings: ProbeFindings): Pick<Parameters<typeof probeEvent>[1], 'counts'> {
  if (findings?.work === 'quality' && findings.panel !== null) {
    const { pass, fail, inconclusive, error, malformed, upstream_error } = findings.panel.counts;
    const judged = { pass_count: pass, fail_count: fail, inconclusive_count: inconclusive };
    return { counts: { ...judged, error_count: error, malformed_count: malformed, upstream_error_count: upstream_error } };
  }
  if (findings?.work !== 'replay-queue') return {};
  const { passed, refused, unanswered } = findings.queue.counts;
  const gated = { pass_count: passed, fail_count: refused, inconclusive_count: 0 };
  return { counts: { ...gated, error_count: unanswered, malformed_count: 0, upstream_error_count: 0 } };
}

async function spentOf(world: ProbeWorld, probe: ProbeOfNight): Promise<number> {
  try {
    return await world.spentUsd(world.config(), probe);
  } catch (error) {
    if (error instanceof LauterError) return 0;
    throw error;
  }
}

function figuresOf(report: LongMemEvalReport | null) {
  if (report === null) return {};
  const depths = report.recall.all_types.at;
  const shares = depths.flatMap(({ k, all, any }) => [[`recall_all@${k}`, all] as const, [`recall_any@${k}`, any] as const]);
  return {
    metrics: Object.fromEntries(shares.map(([name, { rate }]) => [name, rate])),
    intervals: Object.fromEntries(shares.flatMap(([name, { ci95 }]) => (ci95 === null ? [] : [[name, ci95] as const]))),
  };
}
