import { userInfo } from 'node:os';
import { nowMs } from '../../adapters/clock.ts';
import { readTrendRows } from '../../adapters/contradictions/trend-rows.ts';
import { openContradictionLedger } from '../../adapters/files/contradiction-ledger.ts';
import { pageKeyOf, selectFindings } from '../../domain/contradictions/index.ts';
import { createRedactor } from '../../domain/redaction/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import {
  contradictionDecisionSchema,
  type ContradictionDecision,
  type ContradictionLedgerRow,
} from '../../schemas/contradiction-decision.ts';
import type { ContradictionFinding } from '../../schemas/contradiction-report.ts';
import type { ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';
import type { ResolutionKind, Severity } from '../../schemas/vocabulary.ts';
import { tellFindings } from '../contradictions/tell-contradictions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface ContradictionsReviewOptions extends PlaceOptions {
  readonly severity?: Severity;
  /** Milliseconds back from now. */
  readonly since?: number;
  readonly resolve?: string;
  readonly as?: ResolutionKind;
  readonly keep?: 'a' | 'b';
  readonly page?: string;
  readonly row?: number;
  readonly note?: string;
  readonly json?: boolean;
}

/** `lauter eval contradictions review`: shows the findings of the last run that did not fail, or notes a decision about one of them. It edits no page. */
export async function evalContradictionsReview(io: Io, options: ContradictionsReviewOptions, nowIsMs = nowMs()): Promise<ExitCode> {
  refuseHalfDecision(options);
  const workspace = workspaceFolder(io, options);
  const { rows } = readTrendRows(workspace, nowIsMs - WINDOW_MS);
  if (options.resolve !== undefined) return decide(io, workspace, rows, options, nowIsMs);
  const latest = latestOk(rows, nowIsMs - (options.since ?? WINDOW_MS));
  const decisions = await openContradictionLedger(workspace).all();
  const shown = latest === undefined ? [] : selectFindings(latest.report, options.severity);
  if (options.json === true) {
    const findings = shown.map((finding) => ({ ...finding, decision: lastDecision(decisions, finding.finding_id) }));
    const { run_id = null, ran_at = null } = latest ?? {};
    io.out(JSON.stringify({ schema_version: 1, run_id, ran_at, findings }, null, 2));
    return EXIT.accepted;
  }
  if (latest === undefined) io.out('no run that did not fail in this time');
  else io.out(tellReview(latest, shown, decisions));
  return EXIT.accepted;
}

/** Findings older than this are shown no more. */
const WINDOW_MS = 90 * 86_400_000;

function latestOk(rows: readonly ContradictionTrendRow[], sinceMs: number): ContradictionTrendRow | undefined {
  return rows.find(({ run_status, ran_at }) => run_status === 'ok' && Date.parse(ran_at) >= sinceMs);
}

function lastDecision(decisions: readonly ContradictionLedgerRow[], findingId: string): ContradictionLedgerRow | null {
  return decisions.findLast(({ finding_id }) => finding_id === findingId) ?? null;
}

function tellReview(
  { run_id, ran_at }: ContradictionTrendRow,
  findings: readonly ContradictionFinding[],
  decisions: readonly ContradictionLedgerRow[],
): string {
  const decided = findings.flatMap(({ finding_id }) => lastDecision(decisions, finding_id) ?? []);
  return [
    `${formatAmount(findings.length, 'finding')} of ${run_id}, ${ran_at}`,
    ...(findings.length === 0 ? [] : [tellFindings(findings)]),
    ...(decided.length === 0
      ? []
      : ['', 'decided', ...decided.map(({ finding_id, as, by, recorded_at }) => `  ${finding_id}  ${as}  ${plain(by)}, ${recorded_at}`)]),
  ].join('\n');
}

function refuseHalfDecision({ resolve, as, keep, page, row, note }: ContradictionsReviewOptions): void {
  if (resolve === undefined) {
    const flag = Object.entries({ '--as': as, '--keep': keep, '--page': page, '--row': row, '--note': note }).find(
      ([, value]) => value !== undefined,
    )?.[0];
    if (flag !== undefined)
      throw new UsageError(
        `reading the options: expected ${flag} beside --resolve, found it alone.`,
        'Name the finding with --resolve ID.',
        { flag },
      );
    return;
  }
  if (as === undefined)
    throw new UsageError('reading the options: expected --as beside --resolve, found none.', 'Say what is to be done with --as KIND.', {
      flag: '--as',
    });
}

async function decide(
  io: Io,
  workspace: string,
  rows: readonly ContradictionTrendRow[],
  { resolve, as, keep, page, row, note, json }: ContradictionsReviewOptions,
  nowIsMs: number,
): Promise<ExitCode> {
  const found = rows.find(({ report }) => selectFindings(report).some(({ finding_id }) => finding_id === resolve));
  if (found === undefined) {
    throw new UsageError(
      `resolving the finding ${JSON.stringify(resolve)}: expected one of a run of the last 90 days, found none.`,
      'See which there are with `lauter eval contradictions review`.',
      { flag: '--resolve', value: resolve! },
    );
  }
  const finding = selectFindings(found.report).find(({ finding_id }) => finding_id === resolve)!;
  refuseOtherPage(finding, page);
  const decision: ContradictionDecision = {
    schema: 'contradiction-decision/1',
    finding_id: finding.finding_id,
    as: as!,
    ...(keep === undefined ? {} : { keep }),
    ...(page === undefined ? {} : { page }),
    ...(row === undefined ? {} : { row }),
    ...(note === undefined ? {} : { note: createRedactor().redact(note) }),
    by: personOf(io),
    run_id: found.run_id,
    recorded_at: new Date(nowIsMs).toISOString(),
  };
  refuseLongNote(decision);
  const written = await openContradictionLedger(workspace).append(decision);
  if (json === true) io.out(JSON.stringify(written, null, 2));
  else io.out(`noted as row ${written.seq} of the ledger: ${written.finding_id} as ${written.as}. No page was changed.`);
  return EXIT.accepted;
}

/** Before anything is written: the ledger keeps what it gets. */
function refuseLongNote(decision: ContradictionDecision): void {
  if (contradictionDecisionSchema.safeParse(decision).success) return;
  throw new UsageError('resolving a finding, on --note: expected at most 10000 characters, found more.', 'Shorten it.', { flag: '--note' });
}

function refuseOtherPage({ a, b }: ContradictionFinding, page: string | undefined): void {
  const keys = [...new Set([a, b].map(pageKeyOf))];
  if (page === undefined || keys.includes(page)) return;
  throw new UsageError(
    `resolving a finding, on --page ${page}: expected ${keys.join(' or ')}, found another page.`,
    'Name a page of the finding.',
    {
      flag: '--page',
      value: page,
    },
  );
}

function personOf({ env }: Io): string {
  return env.LAUTER_USER?.trim() || userInfo().username;
}
