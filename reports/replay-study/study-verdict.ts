import type { ReplayStudy, StudiedShare } from '../../schemas/replay-study.ts';
import { formatAmount, formatNumber, formatShare, formatUsd } from '../shared/format.ts';
import { showShare } from '../shared/share-columns.ts';
import { tellDifference } from '../shared/tell-difference.ts';
import { tellImpaired } from '../shared/tell-impaired.ts';
import type { Verdict } from '../shared/verdict.ts';

/** What more playbooks change, and how far repeated answers agree. */
export function judgeStudy(study: ReplayStudy): Verdict {
  const last = study.shares.at(-1)!;
  return {
    ...wordOf(study),
    sentence: sentenceOf(study, last),
    reasons: [...changes(study), ...impaired(study), ...missing(study)],
    figures: [
      { label: 'Gate passed', value: showRate(last.gate_pass.rate), note: `with ${formatAmount(last.rows, 'playbook')}` },
      { label: 'Same answer', value: showRate(last.exact_agreement.mean), note: 'of pairs of repeats' },
      { label: 'Words in common', value: showRate(last.token_agreement.mean), note: 'of two repeats' },
      { label: 'Escalated', value: showRate(last.escalation.rate), note: `${last.escalation.hit} of ${last.escalation.total}` },
      { label: 'Cost', value: formatUsd(study.cost_usd), note: `estimated ${formatUsd(study.estimated_usd)}` },
    ],
    nextSteps: [],
  };
}

function wordOf({ verdict, convergence }: ReplayStudy): Pick<Verdict, 'tone' | 'word'> {
  if (verdict === 'unfinished') return { tone: 'review', word: 'Unfinished' };
  if (convergence === null) return { tone: 'accepted', word: 'Measured' };
  const { significant, delta } = convergence.passes_by_majority;
  if (!significant) return { tone: 'review', word: 'No difference shown' };
  return (delta ?? 0) > 0
    ? { tone: 'accepted', word: 'More playbooks, more passes' }
    : { tone: 'rejected', word: 'More playbooks, fewer passes' };
}

function sentenceOf({ convergence, shares, repeats }: ReplayStudy, last: StudiedShare): string {
  const passes = `the gate passed ${showShare(last.gate_pass)} of ${formatAmount(last.answers, 'answer')}`;
  if (convergence === null) return `With ${formatAmount(last.rows, 'playbook')} ${passes}, each task put ${formatAmount(repeats, 'time')}.`;
  const { both, only_largest: gained, only_smallest: lost, neither } = convergence.passes_by_majority.table;
  return `From ${formatNumber(shares[0]!.rows)} to ${formatAmount(last.rows, 'playbook')}, of ${formatAmount(convergence.tasks, 'task')} ${formatNumber(gained)} pass only with more and ${formatNumber(lost)} only with fewer, ${formatNumber(both)} with both and ${formatNumber(neither)} with neither: ${tellDifference(convergence.passes_by_majority)}.`;
}

function changes({ convergence }: ReplayStudy): Verdict['reasons'] {
  if (convergence === null) return [];
  const { exact_agreement: exact, token_agreement: token, escalation } = convergence;
  return [
    ...(exact === null ? [] : [{ sentence: 'Same answer in repeats:', detail: tellDifference(exact) }]),
    ...(token === null ? [] : [{ sentence: 'Words in common of repeats:', detail: tellDifference(token) }]),
    { sentence: 'Escalated:', detail: tellDifference(escalation) },
  ];
}

function impaired({ shares }: ReplayStudy): Verdict['reasons'] {
  return shares.flatMap((share) =>
    tellImpaired(share).map((detail) => ({ sentence: `Less than was asked for, with ${formatAmount(share.rows, 'playbook')}:`, detail })),
  );
}

function missing({ counts: { unanswered, skipped_budget: skipped } }: ReplayStudy): Verdict['reasons'] {
  if (unanswered + skipped === 0) return [];
  return [
    { sentence: 'Answers are missing:', detail: `${unanswered} unanswered, ${skipped} skipped for want of budget; no figure has them` },
  ];
}

function showRate(rate: number | null): string {
  return rate === null ? 'n/a' : formatShare(rate);
}
