import type { ReplayAb } from '../../schemas/replay-ab.ts';
import { formatAmount, formatPart, formatShare, formatUsd } from '../shared/format.ts';
import { tellDifference } from '../shared/tell-difference.ts';
import { tellImpaired } from '../shared/tell-impaired.ts';
import type { Verdict } from '../shared/verdict.ts';

/** Whether playbooks help, by how much, and how sure that is. */
export function judgeAb(report: ReplayAb): Verdict {
  const { arms, counts, paired, cost_usd, estimated_usd } = report;
  return {
    ...wordOf(report),
    sentence: `Of ${formatAmount(counts.paired, 'task')} that both arms answered, the gate passed ${formatPart(arms.with.gate_pass.hit, arms.with.gate_pass.total)} with playbooks and ${formatPart(arms.without.gate_pass.hit, arms.without.gate_pass.total)} without: ${tellDifference(paired.gate_pass)}.`,
    reasons: [
      { sentence: 'Wholly grounded answers:', detail: tellDifference(paired.wholly_grounded) },
      { sentence: 'Share of named things that are grounded:', detail: tellDifference(paired.grounding_rate) },
      ...sameEvidence(report),
      ...tellImpaired(arms.with).map((detail) => ({ sentence: 'Less than was asked for, with playbooks:', detail })),
      ...missingTasks(report),
    ],
    figures: [
      {
        label: 'Gate, with',
        value: showRate(arms.with.gate_pass.rate),
        note: `${arms.with.gate_pass.hit} of ${arms.with.gate_pass.total}`,
      },
      {
        label: 'Gate, without',
        value: showRate(arms.without.gate_pass.rate),
        note: `${arms.without.gate_pass.hit} of ${arms.without.gate_pass.total}`,
      },
      {
        label: 'Grounded, with',
        value: showRate(arms.with.names.rate),
        note: `${arms.with.names.grounded} of ${formatAmount(arms.with.names.total, 'name')}`,
      },
      {
        label: 'Grounded, without',
        value: showRate(arms.without.names.rate),
        note: `${arms.without.names.grounded} of ${formatAmount(arms.without.names.total, 'name')}`,
      },
      { label: 'Cost', value: formatUsd(cost_usd), note: `estimated ${formatUsd(estimated_usd)}` },
    ],
    nextSteps: [],
  };
}

function wordOf({ verdict, paired }: ReplayAb): Pick<Verdict, 'tone' | 'word'> {
  if (verdict === 'unfinished') return { tone: 'review', word: 'Unfinished' };
  const apart = [paired.gate_pass, paired.wholly_grounded, paired.grounding_rate].filter(({ significant }) => significant);
  const [gains, losses] = [apart.some(({ delta }) => (delta ?? 0) > 0), apart.some(({ delta }) => (delta ?? 0) < 0)];
  if (gains && losses) return { tone: 'review', word: 'Playbooks help and harm' };
  if (gains) return { tone: 'accepted', word: 'Playbooks help' };
  return losses ? { tone: 'rejected', word: 'Playbooks harm' } : { tone: 'review', word: 'No difference shown' };
}

/** Who may look at more is grounded more easily: the baseline judged with the evidence of the other arm says how much of the difference that is. */
function sameEvidence({ same_evidence: same }: ReplayAb): Verdict['reasons'] {
  return [
    { sentence: 'Gate, both judged on the same evidence:', detail: tellDifference(same.paired.gate_pass) },
    { sentence: 'Wholly grounded, on the same evidence:', detail: tellDifference(same.paired.wholly_grounded) },
  ];
}

function missingTasks({ counts: { tasks, paired, unanswered, skipped_budget: skipped } }: ReplayAb): Verdict['reasons'] {
  if (tasks === paired) return [];
  const tell = (arm: 'with' | 'without'): string => `${unanswered[arm]} unanswered and ${skipped[arm]} skipped for want of budget ${arm}`;
  return [{ sentence: `${formatAmount(tasks - paired, 'task')} not compared:`, detail: `${tell('with')}, ${tell('without')}` }];
}

function showRate(rate: number | null): string {
  return rate === null ? 'n/a' : formatShare(rate);
}
