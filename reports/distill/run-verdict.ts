import type { RunReport } from '../../schemas/run-report.ts';
import { REFUSAL_REASONS } from '../../schemas/vocabulary.ts';
import { formatAmount, formatNumber, formatPart } from '../shared/format.ts';
import { describeState } from '../shared/states.ts';
import type { Verdict } from '../shared/verdict.ts';
import { planNextSteps } from './run-next-steps.ts';
import { tallyRecords } from './run-tallies.ts';

/** The verdict on a run: the word, what it rests on, the numbers that carry it, and what to do next. */
export function judgeRun(report: RunReport): Verdict {
  const { summary } = report;
  const isAccepted = summary.verdict === 'accepted';
  return {
    tone: isAccepted ? 'accepted' : 'rejected',
    word: isAccepted ? 'Accepted' : 'Refused',
    sentence: isAccepted ? acceptedSentence(report) : refusedSentence(report),
    reasons: summary.reasons.map(({ reason, detail }) => ({ sentence: REFUSAL_REASONS[reason], detail })),
    figures: figuresOf(report),
    nextSteps: planNextSteps(report),
  };
}

function acceptedSentence({ summary, checks }: RunReport): string {
  const { rag, sft, preference } = summary.exports;
  const exported = `${formatAmount(rag, 'RAG row')}, ${formatAmount(sft, 'SFT row')} and ${formatAmount(preference, 'preference pair')}`;
  return `${exported} were exported; ${checks.length === 1 ? 'the one check' : `all ${formatNumber(checks.length)} checks`} of the audit stage passed.`;
}

function refusedSentence({ summary }: RunReport): string {
  const count = summary.reasons.length;
  return `The exports of this run must not be used, for ${formatAmount(count, 'reason')}. The newest accepted exports stay where they were.`;
}

function figuresOf(report: RunReport): Verdict['figures'] {
  const { summary } = report;
  const drift = describeState(summary.drift.severity);
  const { records, evidence, quarantined, files } = tallyRecords(report);
  return [
    { label: 'Records read', value: formatNumber(records), note: `in ${formatAmount(files, 'file')}` },
    { label: 'Evidence', value: formatNumber(evidence), note: `${formatPart(quarantined, records)} quarantined` },
    { label: 'RAG rows', value: formatNumber(summary.exports.rag) },
    { label: 'SFT rows', value: formatNumber(summary.exports.sft) },
    { label: 'Preference pairs', value: formatNumber(summary.exports.preference) },
    { label: 'Drift', value: drift.label, tone: drift.tone, note: summary.drift.against === null ? 'first run' : 'since the last run' },
  ];
}
