import type { BundleEntry, ReplayRun } from '../../schemas/replay-run.ts';
import type { ReplayRunReport } from '../../schemas/replay-run-report.ts';
import { formatAmount, formatInstant, shortenDigest } from '../shared/format.ts';
import type { Passage } from '../shared/passages.ts';
import { reproducibilitySection } from '../shared/reproducibility-section.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import { namesTable, pathTable, questionTable, retrievedTable, stepsTable, usageTable } from './run-tables.ts';
import { isUnanswered, judgeReplay } from './run-verdict.ts';

/** One replay as files named after `name`, the page last. The same report gives the same bytes. */
export function renderReplayRun(report: ReplayRunReport, name = 'replay-run'): { readonly name: string; readonly text: string }[] {
  const { run, footer } = report;
  return renderReport({
    name,
    kind: 'Replay',
    subject: run.run_id,
    facts: [
      formatInstant(run.recorded_at),
      run.model,
      run.retriever === 'none' ? 'without retrieval' : `retriever ${run.retriever}`,
      `grounding ${run.grounding_mode}`,
      `bundle ${shortenDigest(run.bundle_digest)}`,
    ],
    verdict: judgeReplay(run),
    sections: [
      {
        id: 'answer',
        title: 'Answer',
        lead: 'What the model said. Everything that it names is marked by whether the bundle or the task names it, too.',
        passages: answerOf(run),
        table: namesTable(run, name),
      },
      {
        id: 'task',
        title: 'Task',
        lead: 'What was asked, cleared of secrets and personal data.',
        passages: [{ state: 'task', title: '', facts: [], text: run.task }],
        table: questionTable(run, name),
      },
      {
        id: 'bundle',
        title: 'Bundle',
        lead: 'What the model was given besides the task. Long texts unfold.',
        passages: [
          ...run.bundle.exemplars.map((entry) => passageOf(run, entry, 'exemplar')),
          ...run.bundle.warnings.map((entry) => passageOf(run, entry, 'warning')),
        ],
        table: retrievedTable(run, name),
      },
      {
        id: 'steps',
        title: 'Validation steps',
        lead: 'An answer has to share a word with one of them.',
        table: stepsTable(run, name),
      },
      {
        id: 'path',
        title: 'Escalation',
        lead: run.escalated ? 'Another model was asked after the first one.' : 'One model was asked, and no other.',
        table: pathTable(run, name),
      },
      { id: 'usage', title: 'Usage', lead: 'What it took. Unknown is what the model did not tell.', table: usageTable(run, name) },
      reproducibilitySection(footer, name),
    ],
    document: report,
  });
}

function answerOf(run: ReplayRun): Passage[] {
  if (isUnanswered(run)) return [];
  return [{ state: run.gate.passed ? 'passed' : 'refused', title: run.model, facts: [], text: run.answer, grounding: run.grounding }];
}

function passageOf({ retrieved, trimmed }: ReplayRun, { id, title, content, generation }: BundleEntry, state: Passage['state']): Passage {
  const score = retrieved.find((row) => row.id === id)?.score;
  return {
    state,
    title,
    facts: [
      shortenDigest(id),
      `generation ${generation}`,
      ...(score === undefined ? [] : [`score ${score.toFixed(4)}`]),
      formatAmount(content.length, 'character'),
      ...(trimmed?.cut === id ? ['only its beginning'] : []),
    ],
    text: content,
  };
}
