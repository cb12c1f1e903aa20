import { nowMs as clockMs } from '../../adapters/clock.ts';
import { auditFolderOf } from '../../adapters/audit-folder.ts';
import { openProbeAudit } from '../../adapters/files/probe-audit.ts';
import { isProbeEnabled, remarksOnAudit, summarizeEvents, type ProbeHistory, type ProbeSummary } from '../../domain/probe/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { NightlySettings } from '../../schemas/probe-settings.ts';
import type { ProbeOutcome } from '../../schemas/vocabulary.ts';
import { commandFor } from '../command-line.ts';
import { ok, warn, type Patient } from './checks.ts';

const NAME = 'nightly_quality_probe_health';
const EXPECTED = 'probes of the last 7 days that passed, or none yet';

/** What came of the nightly probes of the last seven days. */
export function checkProbeHealth(
  { io, root, options }: Patient,
  settings: Pick<NightlySettings, 'enabled'>,
  nowMs = clockMs(),
): DoctorCheck {
  try {
    const history = openProbeAudit(auditFolderOf(root, io.env, root)).read(nowMs);
    return judge(history, isProbeEnabled(settings), nowMs, (words) => commandFor(words, options));
  } catch (error) {
    if (error instanceof LauterError) return warn(NAME, error.message, EXPECTED, error.remedy);
    throw error;
  }
}

function judge(history: ProbeHistory, isEnabled: boolean, nowMs: number, command: (words: string) => string): DoctorCheck {
  const { latest, total, notPassed, ...summary } = summarizeEvents(history.events, nowMs);
  const remarks = remarksOnAudit(history, nowMs);
  const switchedOff = isEnabled ? [] : ['disabled'];
  if (notPassed > 0) {
    const told = `${formatAmount(notPassed, 'non-PASS run')} in 7 days: ${tellCounts(summary.counts)}`;
    const message = [...switchedOff, told, tellLatest(latest), ...remarks].join('; ');
    return warn(NAME, message, EXPECTED, `Mend what the latest one tells of, then \`${command('probe nightly run')}\`.`);
  }
  const found =
    latest === null ? tellNone(history, isEnabled, command) : `${formatAmount(total, 'run')} passed in 7 days, latest ${latest.ts}`;
  const message = [...(latest === null ? [] : switchedOff), found, ...remarks].join('; ');
  const remedy = 'Look at the audit files named quality-probe-*.jsonl, and at the clock of this machine.';
  if (remarks.length > 0) return warn(NAME, message, EXPECTED, remedy);
  return ok(NAME, message, EXPECTED, latest === null && !isEnabled ? [command('probe nightly enable')] : []);
}

function tellNone({ events }: ProbeHistory, isEnabled: boolean, command: (words: string) => string): string {
  const last = events.at(-1);
  const none = last === undefined ? 'no events' : `no events in 7 days, latest ${last.ts} ${last.outcome}`;
  return isEnabled ? `enabled, ${none}` : `disabled, ${none}; to turn it on: ${command('probe nightly enable')}`;
}

const TOLD: readonly (readonly [Exclude<ProbeOutcome, 'disabled'>, string])[] = [
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['error', 'error'],
  ['inconclusive', 'inconclusive'],
  ['budget_exceeded', 'budget'],
  ['no_embedding_key', 'no_embed_key'],
  ['rate_limited', 'rate_limited'],
];

function tellCounts(counts: ProbeSummary['counts']): string {
  return TOLD.map(([outcome, word]) => `${word} ${counts[outcome]}`).join(', ');
}

function tellLatest(latest: ProbeSummary['latest']): string {
  if (latest === null) return 'none';
  const detail = latest.detail === undefined ? '' : `: ${latest.detail}`;
  return `latest ${latest.ts} ${latest.outcome}${latest.kind === 'quality' ? '' : ` (${latest.kind})`}${detail}`;
}
