import { AUDIT_CHECKS, compareBaselines, latestAccepted } from '../../domain/audit/index.ts';
import { DiskFullError, LakeCorruptError, UsageError } from '../../domain/shared/errors.ts';
import type { LedgerRow } from '../../domain/shared/ledger-row.ts';
import { auditBaselineRowSchema, type AuditBaselineRow, type AuditMetrics } from '../../schemas/audit-baseline.ts';
import type { AuditCheck, AuditDrift, AuditReport } from '../../schemas/audit-report.ts';
import type { DistillSettings } from '../../schemas/distill-settings.ts';
import { settingsOf } from './audited-data.ts';
import { AuditStopped } from './audit-stopped.ts';
import type { AuditedRun, AuditWatch, AuditWorld } from './audit-world.ts';
import { checkAcceptance, checkLedgers, checkReceipts } from './chain-checks.ts';
import { CheckNotes } from './check-notes.ts';
import { countMetrics } from './count-metrics.ts';
import { checkAccounting, checkIds } from './evidence-checks.ts';
import { checkPreference } from './preference-check.ts';
import { checkQuarantine } from './quarantine-check.ts';
import { checkRag } from './rag-check.ts';
import { checkSchemas } from './schema-check.ts';
import { checkCategories, checkPairing, checkRescoring } from './score-checks.ts';
import { checkSft } from './sft-check.ts';
import { checkSignatures, checkSources, type Unprovable } from './source-checks.ts';
import { checkSplits } from './split-check.ts';

export interface AuditRequest {
  readonly codeVersion: string;
  /** What counts for a run that did not keep its settings. */
  readonly presentSettings: DistillSettings;
}

/** Baselines that a report shows. */
const BASELINES_SHOWN = 100;

/**
 * Checks what lies on disk of the current run, all of it, appends what it came to to the baselines, and compares with the latest accepted one.
 * Changes nothing else and holds nothing between two calls: an audit that was ended is simply run again. UsageError before the first run.
 */
export async function auditFull(world: AuditWorld, request: AuditRequest, watch: AuditWatch): Promise<AuditReport> {
  const { clock } = world.ports;
  const startedMs = clock.nowMs();
  const run = auditedRun(world, request);
  const unprovable = { latest: 0, older: 0 };
  const checks: AuditCheck[] = [];
  for (const text of AUDIT_CHECKS) {
    watch.throwIfStopped();
    watch.begin(text.number, text.name);
    const notes = new CheckNotes();
    await findWhatIsWrong(notes, watch, async () => {
      Object.assign(unprovable, await CHECKS[text.number - 1]!(world, run, notes, watch));
    });
    checks.push(notes.result(text));
  }
  const metrics = await countMetrics(world, run);
  const failed = checks.filter(({ state }) => state === 'failed').map(({ number }) => number);
  const recorded_at = clock.now();
  const verdict = failed.length === 0 ? 'accepted' : 'refused';
  const earlier = await world.ledgers.baselines();
  const drift = driftOf(metrics, earlier);
  const facts = { recorded_at, run_id: run.run_id, verdict, code_version: request.codeVersion } as const;
  const baseline = await appendUnlessDamaged(() =>
    world.ledgers.appendBaseline({
      schema: 'audit-baseline/1',
      ...facts,
      failed,
      metrics,
      against: drift.against?.seq ?? null,
      severity: drift.severity,
    }),
  );
  const name = `reports/audit/${recorded_at.replace(/[-:.]/g, '')}`;
  return {
    schema: 'audit-report/1',
    ...facts,
    duration_ms: Math.max(0, Math.round(clock.nowMs() - startedMs)),
    passed: checks.length - failed.length,
    checks,
    unprovable,
    metrics,
    drift,
    baseline,
    baselines: [...baselineRows(earlier.rows), ...(baseline === null ? [] : [baseline])].slice(-BASELINES_SHOWN),
    paths: { html: `${name}.html`, md: `${name}.md`, json: `${name}.json` },
  };
}

type CheckFunction = (world: AuditWorld, run: AuditedRun, notes: CheckNotes, watch: AuditWatch) => Promise<void> | void | Unprovable;

/** In the order of their numbers. */
const CHECKS: readonly CheckFunction[] = [
  checkSources,
  (world, _run, notes) => checkSchemas(world, notes),
  checkAccounting,
  checkSignatures,
  checkIds,
  checkPairing,
  checkCategories,
  checkRescoring,
  checkSft,
  checkPreference,
  checkRag,
  checkQuarantine,
  checkSplits,
  checkReceipts,
  (world, _run, notes, watch) => checkAcceptance(world, notes, watch),
  (world, _run, notes, watch) => checkLedgers(world, notes, watch),
];

function auditedRun({ lake, ports }: AuditWorld, { presentSettings }: AuditRequest): AuditedRun {
  const run_id = lake.currentRun();
  if (run_id === null) {
    throw new UsageError(
      'auditing the workspace: expected a run that has come to its end, found none.',
      'Start one with `lauter distill run-all`.',
    );
  }
  return { run_id, settings: settingsOf(ports, run_id, presentSettings) };
}

/** What cannot be looked at is a finding like any other: the other checks go on. */
async function findWhatIsWrong(notes: CheckNotes, watch: AuditWatch, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof AuditStopped || error instanceof DiskFullError) throw error;
    // A scan that was ended fails in a way of its own.
    watch.throwIfStopped();
    notes.add({
      where: 'the check itself',
      expected: 'everything it reads',
      found: error instanceof Error ? error.message : String(error),
    });
  }
}

function driftOf(metrics: AuditMetrics, { rows, isWhole }: { rows: readonly LedgerRow[]; isWhole: boolean }): AuditDrift {
  if (isWhole) return compareBaselines(metrics, latestAccepted(baselineRows(rows)));
  return { against: null, severity: 'ok', reason: 'the chain of the baselines is damaged: nothing is compared with it', metrics: [] };
}

function baselineRows(rows: readonly LedgerRow[]): AuditBaselineRow[] {
  return rows.flatMap((row) => auditBaselineRowSchema.safeParse(row).data ?? []);
}

/** Nothing is added to a damaged chain; which one it is, a check has told. */
async function appendUnlessDamaged(append: () => Promise<LedgerRow>): Promise<AuditBaselineRow | null> {
  try {
    return auditBaselineRowSchema.parse(await append());
  } catch (error) {
    if (error instanceof LakeCorruptError) return null;
    throw error;
  }
}
