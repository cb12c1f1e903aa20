import { formatNumber, formatShare, formatUsd } from '../../reports/shared/format.ts';
import { tellImpaired } from '../../reports/shared/tell-impaired.ts';
import type { MeanOfTasks, ReplayStudy, StudiedShare } from '../../schemas/replay-study.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { tellShare } from './tell-share.ts';

/** A study for people: how far repeated answers agree, share by share of the playbooks, and what the largest share gained on the smallest. */
export function tellStudy(report: ReplayStudy): string {
  const { counts, repeats, shares, corpus, convergence } = report;
  const { tasks, answers, unanswered, skipped_budget: skipped } = counts;
  return [
    `${tasks} tasks, ${repeats} times over each share of ${corpus.rows} playbooks, found by ${report.retriever}: ${answers} answers`,
    ...shares.flatMap((each) => tellImpaired(each).map((clause) => `${headOf(each).join(' of the playbooks, ')}: ${clause}`)),
    ...(unanswered + skipped === 0 ? [] : [`unanswered: ${unanswered}; skipped for the budget: ${skipped}`]),
    '',
    textTable(
      ['share', 'playbooks', 'same answer', 'same words', 'same verdict', 'distinct answers', 'cost'],
      shares.map((each) => [
        ...headOf(each),
        mean(each.exact_agreement),
        mean(each.token_agreement),
        tellShare(each.verdict_agreement),
        numberOf(each.distinct_answers),
        formatUsd(each.cost_usd),
      ]),
    ),
    '',
    textTable(
      ['share', 'playbooks', 'gate passed', 'wholly grounded', 'escalated'],
      shares.map((each) => [...headOf(each), tellShare(each.gate_pass), tellShare(each.wholly_grounded), tellShare(each.escalation)]),
    ),
    '',
    ...(convergence === null ? [] : [...convergenceLines(convergence), '']),
    `by ${plain(report.model)}; cost: estimated ${formatUsd(report.estimated_usd)}, settled ${formatUsd(report.cost_usd)}`,
    `${report.verdict}  ${report.run_id}`,
  ].join('\n');
}

function headOf({ share, rows }: StudiedShare): string[] {
  return [formatShare(share), formatNumber(rows)];
}

/** A mean that is itself a share. */
function mean({ mean: value, ci95 }: MeanOfTasks): string {
  if (value === null) return '–';
  return `${formatShare(value)}${ci95 === null ? '' : ` [${formatShare(ci95[0])}, ${formatShare(ci95[1])}]`}`;
}

function numberOf({ mean: value }: MeanOfTasks): string {
  return value === null ? '–' : formatNumber(value);
}

function convergenceLines({ smallest, largest, tasks, ...measures }: NonNullable<ReplayStudy['convergence']>): string[] {
  const rows = [
    ['passed by majority', measures.passes_by_majority],
    ['escalated', measures.escalation],
    ['same answer', measures.exact_agreement],
    ['same words', measures.token_agreement],
  ] as const;
  return [
    `${formatShare(largest)} against ${formatShare(smallest)}, ${tasks} tasks with an answer at both:`,
    ...rows.flatMap(([name, row]) => (row === null ? [] : [`  ${`${name}:`.padEnd(20)}${row.text}`])),
  ];
}
