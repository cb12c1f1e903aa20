import type { ReplayAb } from '../../schemas/replay-ab.ts';
import { formatAmount, formatInstant } from '../shared/format.ts';
import { forestPlot } from '../shared/paired-differences.ts';
import { reproducibilitySection } from '../shared/reproducibility-section.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import { armsTable, comparisonsOf, differencesTable, pairedTable, reasonsTable } from './ab-tables.ts';
import { judgeAb } from './ab-verdict.ts';
import { answerPairs, countDiffering, differingFirst, pairsTable } from './answer-pairs.ts';

/** The same tasks with playbooks and without as files named after `name`, the page last. The same report gives the same bytes. */
export function replayAbPages(report: ReplayAb, name = 'replay-ab'): { readonly name: string; readonly text: string }[] {
  const pairs = differingFirst(report.pairs);
  const differing = countDiffering(report.pairs);
  return renderReport({
    name,
    kind: 'Replay A/B',
    subject: report.run_id,
    facts: [
      `finished ${formatInstant(report.finished_at)}`,
      `${report.model}${report.escalate_to === null ? '' : `, then ${report.escalate_to}`}`,
      `retriever ${report.retriever}`,
      formatAmount(report.corpus.rows, 'playbook'),
      formatAmount(report.counts.tasks, 'task'),
      `grounding ${report.grounding_mode}`,
    ],
    verdict: judgeAb(report),
    sections: [
      {
        id: 'arms',
        title: 'Arms',
        lead: 'What the gate and the grounding say of each arm, over the tasks that both answered. The last row judges the answers of the baseline once more, with the playbooks of the other arm as evidence, so that neither is favoured by what the judge may look at.',
        table: armsTable(report, name),
      },
      {
        id: 'paired',
        title: 'Paired tables',
        lead: 'What became of the same tasks. The exact p is McNemar’s: how likely so uneven a split of the tasks that differ would be by chance.',
        table: pairedTable(report, name),
      },
      {
        id: 'differences',
        title: 'Differences',
        lead: `With minus without. Two arms are apart only where the interval leaves out 0 and the p that is corrected for ${formatAmount(report.paired.gate_pass.m, 'comparison')} is small enough. The grounding rate is compared where both answers name something; ${formatAmount(report.paired.grounding_rate.left_out, 'task')} left out.`,
        figure: forestPlot(comparisonsOf(report), 'differences-plot'),
        table: differencesTable(report, name),
      },
      {
        id: 'reasons',
        title: 'Refusals',
        lead: 'Why the gate refused; an answer may have several reasons.',
        table: reasonsTable(report, name),
      },
      {
        id: 'answers',
        title: 'Answers side by side',
        lead: `${formatAmount(differing, 'task')} came out differently and ${differing === 1 ? 'stands' : 'stand'} first: those that one arm alone passes, then those that one arm alone grounds.`,
        pairs: answerPairs(pairs),
        table: pairsTable(pairs, name),
      },
      ...(report.footer === undefined ? [] : [reproducibilitySection(report.footer, name)]),
    ],
    document: report,
  });
}
