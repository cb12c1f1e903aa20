import { nowMs as clockMs } from '../../adapters/clock.ts';
import { readTrendRows } from '../../adapters/contradictions/trend-rows.ts';
import { openContradictionLedger } from '../../adapters/files/contradiction-ledger.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount, formatShare } from '../../reports/shared/format.ts';
import type { ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { commandFor } from '../command-line.ts';
import { ok, warn, type Patient } from './checks.ts';

const NAME = 'contradictions';
const EXPECTED = 'a latest run of 7 days that was judged within its cap and left nothing HIGH undecided, or no run';
const WEEK_MS = 7 * 86_400_000;
const MOST_COMMANDS = 3;

/** What the latest search for contradictions of the last seven days found, and nobody has decided about. */
export async function checkContradictions(
  { root, options }: Pick<Patient, 'root' | 'options'>,
  nowMs = clockMs(),
  read = readTrendRows,
): Promise<DoctorCheck> {
  const { rows, unreadable } = read(root, nowMs - WEEK_MS);
  const lost = unreadable === 0 ? [] : [`${formatAmount(unreadable, 'run')} cannot be read`];
  const [latest] = rows;
  const again = commandFor('eval contradictions run', options);
  if (latest === undefined) {
    const message = ['no run in 7 days', ...lost].join('; ');
    return lost.length === 0 ? ok(NAME, message, EXPECTED, [again]) : warn(NAME, message, EXPECTED, again);
  }
  const high = highFindings(latest);
  const decided = high.length === 0 ? new Set() : await decidedIn(root);
  const open = high.filter(({ finding_id }) => !decided.has(finding_id));
  const problems = [
    ...(isTrustworthy(latest) ? [] : [`not trustworthy: ${tellJudging(latest)}`]),
    ...(latest.run_status === 'over_budget' ? ['over budget: not every pair was judged'] : []),
    ...(open.length === 0 ? [] : [`${formatAmount(open.length, 'finding')} of severity HIGH, ${tellBand(latest)}`]),
    ...lost,
  ];
  if (problems.length === 0) return ok(NAME, `run of ${latest.ran_at}: ${tellCalm(latest, high.length)}`, EXPECTED);
  const message = `run of ${latest.ran_at}: ${problems.join('; ')}`;
  const commands = open.slice(0, MOST_COMMANDS).map(({ resolution_command }) => resolution_command);
  return open.length > 0
    ? warn(NAME, message, EXPECTED, 'Decide about them, at first with', commands)
    : warn(NAME, message, EXPECTED, `Once what stood in its way is mended: \`${again}\``);
}

/** Errors beside verdicts leave fewer of them; errors alone leave nothing to trust. */
function isTrustworthy(row: ContradictionTrendRow): boolean {
  return row.run_status !== 'judge_failed' && (verdictsOf(row) > 0 || row.judge_errors_total === 0);
}

function tellJudging(row: ContradictionTrendRow): string {
  return `${formatAmount(verdictsOf(row), 'verdict')}, ${formatAmount(row.judge_errors_total, 'judge error')}`;
}

function verdictsOf({ verdict_breakdown }: ContradictionTrendRow): number {
  return Object.values(verdict_breakdown).reduce((sum, count) => sum + count, 0);
}

/** Each once, although several queries may have found it. */
function highFindings({ report: { per_query, entities } }: ContradictionTrendRow) {
  const all = [...per_query.flatMap(({ contradictions }) => contradictions), ...(entities?.contradictions ?? [])];
  const high = all.filter(({ severity }) => severity === 'high');
  return high.filter(({ finding_id }, at) => high.findIndex((other) => other.finding_id === finding_id) === at);
}

function tellBand({ wilson_ci_lower: lower, wilson_ci_upper: upper }: ContradictionTrendRow): string {
  if (lower === null || upper === null) return 'of an unknown share of queries';
  return `contradictions in ${formatShare(lower)} to ${formatShare(upper)} of queries (Wilson, 95%)`;
}

function tellCalm({ total_contradictions_flagged: total }: ContradictionTrendRow, decided: number): string {
  if (total === 0) return 'nothing found';
  return `${formatAmount(total, 'finding')}, ${decided === 0 ? 'none HIGH' : `${decided} HIGH, all decided`}`;
}

/** A ledger that is damaged decides nothing; the check of ledgers tells of it. */
async function decidedIn(root: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await openContradictionLedger(root).all()).map(({ finding_id }) => finding_id));
  } catch (error) {
    if (error instanceof LauterError) return new Set();
    throw error;
  }
}
