import { basename } from 'node:path';
import { auditFull } from '../../activities/audit-full/audit-full.ts';
import { AuditStopped } from '../../activities/audit-full/audit-stopped.ts';
import type { ForeignGate, GateOutcome } from '../../activities/release/world.ts';
import type { OutputFolder } from '../../activities/ports.ts';
import { renderAuditMarkdown, renderAuditPage } from '../../reports/audit/render-audit.ts';
import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';
import type { AuditReport } from '../../schemas/audit-report.ts';
import type { DistillSettings } from '../../schemas/distill-settings.ts';
import { AcceptanceInterrupted } from '../acceptance/do-runs.ts';
import { runAcceptance } from '../acceptance/run-acceptance.ts';
import { openAuditWorld } from '../audit/open-audit-world.ts';
import type { Io } from '../io.ts';
import { VERSION } from '../version.ts';

/** The two gates that are capabilities of their own. */
export interface DataGates {
  readonly acceptance: ForeignGate;
  readonly audit: ForeignGate;
}

export interface DataGatesRequest {
  readonly io: Io;
  readonly root: string;
  /** The run that is to be frozen; the audit has to be of it. */
  readonly runId: string;
  readonly settings: DistillSettings;
  /** Called with each step of a gate as it begins. */
  tell(step: string): void;
  /** Called when a gate was interrupted that listens for itself. */
  interrupted(): void;
}

/** Acceptance and the full audit. The fixture is run once for both. */
export function dataGates(request: DataGatesRequest): DataGates {
  let accepting: Promise<AcceptanceReport> | undefined;
  const accept = (): Promise<AcceptanceReport> => (accepting ??= runAcceptance(request.io, { tell: request.tell }));
  return {
    acceptance: async () => {
      try {
        return ofAcceptance(await accept());
      } catch (error) {
        if (error instanceof AcceptanceInterrupted) request.interrupted();
        throw error;
      }
    },
    audit: async (stop) => ofAudit(await audit(request, stop, accept), request.runId),
  };
}

function ofAcceptance({ verdict, passed, total, invariants }: AcceptanceReport): GateOutcome {
  if (verdict === 'accepted') return { state: 'passed', detail: `${passed} of ${total} invariants hold` };
  return {
    state: 'failed',
    detail: `expected all ${total} invariants to hold, found ${passed}. \`lauter distill acceptance\` shows each.`,
    findings: invariants
      .filter((invariant) => !invariant.passed)
      .map(({ number, name, expected, found }) => `${number} ${name}: expected ${expected}, found ${found}`),
  };
}

async function audit(
  { root, settings, tell }: DataGatesRequest,
  stop: AbortSignal,
  accept: () => Promise<AcceptanceReport>,
): Promise<AuditReport> {
  const world = await openAuditWorld(root, accept);
  const interrupt = (): void => world.lake.interrupt();
  stop.addEventListener('abort', interrupt);
  try {
    const report = await auditFull(
      world,
      { codeVersion: VERSION, presentSettings: settings },
      {
        begin: (number, name) => tell(`check ${number}, ${name}`),
        progress: () => undefined,
        throwIfStopped: () => {
          if (stop.aborted) throw new AuditStopped();
        },
      },
    );
    keepAuditReport(world.ports.output, report);
    return report;
  } finally {
    stop.removeEventListener('abort', interrupt);
    world.close();
  }
}

function ofAudit({ verdict, passed, checks, run_id, baseline }: AuditReport, runId: string): GateOutcome {
  if (run_id !== runId) {
    return {
      state: 'failed',
      detail: `expected the audit to be of run ${runId}, which is to be frozen, found the current one to be ${run_id}: it was refused, or has not ended. \`lauter distill run-all\` until it is accepted.`,
    };
  }
  const row = baseline === null ? '' : `, baseline ${baseline.seq}`;
  if (verdict === 'accepted') return { state: 'passed', detail: `${passed} of ${checks.length} checks passed${row}` };
  const failed = checks.filter(({ state }) => state === 'failed');
  return {
    state: 'failed',
    detail: `expected all ${checks.length} checks to pass, found ${passed}${row}. \`lauter distill audit-full\` says what to do.`,
    findings: failed.flatMap(({ number, name, findings }) =>
      findings
        .slice(0, 3)
        .map(({ where, expected, found }) => `check ${number}, ${name}, on ${where}: expected ${expected}, found ${found}`),
    ),
  };
}

/** As `lauter distill audit-full` leaves it. */
function keepAuditReport(output: OutputFolder, report: AuditReport): void {
  const name = basename(report.paths.html, '.html');
  for (const file of [renderAuditMarkdown(report, name), ...renderAuditPage(report, name)])
    output.writeReport('audit', file.name, file.text);
}
