import type { ReplayStudy } from '../../schemas/replay-study.ts';
import { formatAmount, formatInstant } from '../shared/format.ts';
import { reproducibilitySection } from '../shared/reproducibility-section.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import { convergenceFigure } from './convergence-figure.ts';
import { convergenceTable, sharesTable, tasksTable } from './study-tables.ts';
import { judgeStudy } from './study-verdict.ts';

/** Repeated answers over a growing corpus as files named after `name`, the page last. The same study gives the same bytes. */
export function replayStudyPages(study: ReplayStudy, name = 'replay-study'): { readonly name: string; readonly text: string }[] {
  return renderReport({
    name,
    kind: 'Replay study',
    subject: study.run_id,
    facts: [
      `finished ${formatInstant(study.finished_at)}`,
      `${study.model}${study.escalate_to === null ? '' : `, then ${study.escalate_to}`}`,
      `retriever ${study.retriever}`,
      formatAmount(study.corpus.rows, 'playbook'),
      formatAmount(study.counts.tasks, 'task'),
      formatAmount(study.repeats, 'repeat'),
      `grounding ${study.grounding_mode}`,
    ],
    verdict: judgeStudy(study),
    sections: [
      {
        id: 'curve',
        title: 'As the corpus grows',
        lead: 'How often the gate passes, how far answers to the same task agree, and how often a second model was needed.',
        figure: convergenceFigure(study),
        table: sharesTable(study, name),
      },
      {
        id: 'convergence',
        title: 'Smallest and largest share',
        lead: `The same tasks with ${study.convergence === null ? 'one share' : 'the largest share, less what they came to with the smallest'}. Yes and no are tested by McNemar’s exact test, the others by the bootstrap; p is corrected for all of them.`,
        table: convergenceTable(study, name),
      },
      {
        id: 'tasks',
        title: 'Tasks',
        lead: 'Every task at every share. Two bundles at one share would mean that retrieval is not repeatable.',
        table: tasksTable(study, name),
      },
      ...(study.footer === undefined ? [] : [reproducibilitySection(study.footer, name)]),
    ],
    document: study,
  });
}
