import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeHistory } from '../../schemas/probe-history.ts';
import type { ProbeOutcome } from '../../schemas/vocabulary.ts';
import { formatAmount, formatInstant, formatPart, formatUsd, listWords } from '../shared/format.ts';
import { groupRows } from '../shared/group-rows.ts';
import type { NextStep, Verdict } from '../shared/verdict.ts';
import { isRun, OUTCOMES, worstOf } from './outcomes.ts';
import { nightsOf } from './probe-views.ts';

const DAY_MS = 86_400_000;
const RECENT_DAYS = 7;

/** How things stand by the newest run of each kind, what should worry, and what to do about it. */
export function judgeHistory(history: ProbeHistory): Verdict {
  const runs = history.events.filter(({ outcome }) => isRun(outcome));
  const latest = [...groupRows(runs, ({ kind }) => kind).values()].map((own) => own.at(-1)!);
  const worst = latest.length === 0 ? null : worstOf(latest.map(({ outcome }) => outcome));
  return {
    tone: worst === 'pass' && history.enabled ? 'accepted' : worst !== null && OUTCOMES[worst].tone === 'rejected' ? 'rejected' : 'review',
    word: worst === null ? 'No night yet' : WORDS[worst],
    sentence: worst === null ? noRun(history) : `${listWords(latest.map(tellRun))}.`,
    reasons: [...recentReasons(runs, history), ...stateReasons(history)],
    figures: figuresOf(history, runs),
    nextSteps: stepsOf(history, worst),
  };
}

const WORDS: Readonly<Record<ProbeOutcome, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  error: 'Error',
  budget_exceeded: 'Over budget',
  no_embedding_key: 'No embedding provider',
  rate_limited: 'Rate limited',
  disabled: 'Off',
};

function noRun({ enabled }: ProbeHistory): string {
  return enabled ? 'The probe is on, and has not run yet.' : 'The probe is off, and has never run.';
}

function tellRun({ kind, outcome, ts }: ProbeEvent): string {
  return `${kind} ${OUTCOMES[outcome].told} on ${formatInstant(ts).slice(0, 'YYYY-MM-DD HH:MM'.length)} UTC`;
}

function recentReasons(runs: readonly ProbeEvent[], { until }: ProbeHistory): Verdict['reasons'] {
  const from = Date.parse(until) - RECENT_DAYS * DAY_MS;
  const failed = runs.filter(({ outcome, ts }) => outcome !== 'pass' && Date.parse(ts) >= from);
  const last = failed.at(-1);
  if (last === undefined) return [];
  const counts = [...groupRows(failed, ({ outcome }) => outcome)].map(([outcome, own]) => `${outcome} ${own.length}`);
  return [
    {
      sentence: `${formatAmount(failed.length, 'non-PASS run')} in ${RECENT_DAYS} days:`,
      detail: `${counts.join(', ')}${last.detail === undefined ? '' : `; last: ${last.detail}`}`,
    },
  ];
}

function stateReasons({ enabled, corrupt_lines: corrupt, next_due }: ProbeHistory): Verdict['reasons'] {
  return [
    ...(enabled ? [] : [{ sentence: 'The probe is off:', detail: 'no night is probed until it is turned on' }]),
    ...(enabled && next_due === null
      ? [{ sentence: 'Nothing is due:', detail: 'the schedule is not there, or nobody is up to tell' }]
      : []),
    ...(corrupt === 0
      ? []
      : [
          {
            sentence: `${formatAmount(corrupt, 'line')} of the audit files could not be read:`,
            detail: 'what they said is not on this page',
          },
        ]),
  ];
}

function figuresOf({ events, max_usd: capUsd, window_hours: hours }: ProbeHistory, runs: readonly ProbeEvent[]): Verdict['figures'] {
  const nights = nightsOf(events);
  const passed = runs.filter(({ outcome }) => outcome === 'pass').length;
  return [
    { label: 'Runs that passed', value: `${passed} of ${runs.length}`, note: formatPart(passed, runs.length) },
    { label: 'Days with a row', value: String(nights.length) },
    { label: 'Spent', value: formatUsd(nights.reduce((sum, { actualUsd }) => sum + actualUsd, 0)), note: 'settled, all of them' },
    {
      label: 'Dearest night',
      value: formatUsd(Math.max(0, ...nights.map(({ actualUsd }) => actualUsd))),
      note: `cap ${formatUsd(capUsd)}`,
    },
    { label: 'By hand again', value: `${hours} h`, note: 'after a run that counts' },
  ];
}

function stepsOf({ enabled, corrupt_lines: corrupt }: ProbeHistory, worst: ProbeOutcome | null): NextStep[] {
  return [
    ...(enabled ? [] : [{ sentence: 'Turn it on:', command: 'lauter probe nightly enable' }]),
    ...(worst === null ? [{ sentence: 'Run it once by hand:', command: 'lauter probe nightly run' }] : STEPS[worst]),
    ...(corrupt === 0
      ? []
      : [{ sentence: 'See which lines could not be read:', command: 'lauter doctor --check nightly_quality_probe_health' }]),
  ];
}

const AGAIN: NextStep = { sentence: 'Then run it again:', command: 'lauter probe nightly run' };

const STEPS: Readonly<Record<ProbeOutcome, readonly NextStep[]>> = {
  pass: [],
  fail: [{ sentence: 'See since when results are worse:', command: 'lauter eval trend --days 30' }],
  inconclusive: [{ sentence: 'See which judge did not answer:', command: 'lauter doctor --check nightly_quality_probe_health' }, AGAIN],
  error: [{ sentence: 'See what it could not do:', command: 'lauter doctor --check nightly_quality_probe_health' }, AGAIN],
  budget_exceeded: [
    { sentence: 'See what was spent, and on what:', command: 'lauter budget show' },
    { sentence: 'Allow a night more, or ask fewer questions:', command: 'lauter config set probe.nightly.max_usd 10' },
  ],
  no_embedding_key: [{ sentence: 'See which part of the search is missing:', command: 'lauter doctor --check search_mode' }, AGAIN],
  rate_limited: [],
  disabled: [],
};
