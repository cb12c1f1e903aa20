import type { BenchSummary, SummarizedModel } from '../../schemas/bench-summary.ts';
import { formatAmount, formatDuration } from '../shared/format.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import type { Verdict } from '../shared/verdict.ts';
import { summaryTables } from './summary-tables.ts';

const NAME = 'bench-summary';

/** The summary of a run as files. The same summary gives the same bytes. */
export function renderSummary(summary: BenchSummary): { readonly name: string; readonly text: string }[] {
  const tables = summaryTables(summary, NAME);
  return renderReport({
    name: NAME,
    kind: 'Bench run',
    subject: summary.run_id,
    facts: [
      `Began ${summary.started_at ?? 'at a time that is not recorded'}`,
      `Ended ${summary.finished_at ?? 'at a time that is not recorded'}`,
      `Corpus ${summary.corpus_version ?? 'not recorded'}`,
      `Questions ${summary.eval_qa_version ?? 'not recorded'}`,
      `Paused ${summary.paused_seconds === null ? 'for a time that is not recorded' : formatDuration(summary.paused_seconds * 1000)}`,
      `Interruptions: ${summary.interruptions.length}`,
    ],
    verdict: judgeSummary(summary),
    sections: [
      { id: 'models', title: 'Models', lead: 'Verdict of each model, and what the trust ledger says about it.', table: tables.models },
      {
        id: 'gates',
        title: 'Gates',
        lead: 'All limits are inclusive. A gate that was not measured is skipped, never passed.',
        table: tables.gates,
      },
      {
        id: 'retrieval',
        title: 'Retrieval',
        lead: 'Means over the scored questions. The MDE is unpaired: a smaller difference to a model not yet known would not show.',
        table: tables.modes,
      },
      { id: 'sources', title: 'By source', lead: 'Fewer than 10 items say little and are marked as small.', table: tables.sources },
      { id: 'errors', title: 'Calls and errors', lead: 'What went wrong, by kind. Failed calls are in no latency.', table: tables.errors },
      { id: 'interruptions', title: 'Interruptions', lead: 'When the run stopped and went on.', table: tables.interruptions },
      { id: 'warnings', title: 'Warnings', lead: 'What decides nothing but should be known.', table: tables.warnings },
    ],
    document: summary,
  });
}

function judgeSummary(summary: BenchSummary): Verdict {
  const { models } = summary;
  const failed = models.filter(({ verdict, is_tier0_passed }) => verdict === 'FAIL' || (verdict === null && is_tier0_passed === false));
  const isPassed = summary.is_complete && summary.end_reason === null && models.length > 0 && models.every(hasPassed);
  const isTrusted = models.every(({ bt29 }) => bt29.state === 'passed');
  return {
    tone: failed.length > 0 ? 'rejected' : isPassed && isTrusted ? 'accepted' : 'review',
    word: failed.length > 0 ? 'FAIL' : isPassed ? 'PASS' : 'INCONCLUSIVE',
    sentence: sentenceOf(summary),
    reasons: models.map((model) => ({ sentence: `${model.model_id}:`, detail: [...whyNot(model), model.bt29.text].join('; ') })),
    figures: [
      { label: 'Models', value: String(models.length) },
      { label: 'Failed', value: String(failed.length) },
      ...models.slice(0, 1).map(({ budget_flips: flips }) => ({
        label: 'Flips within the budget',
        value: flips === null ? 'n/a' : String(flips),
        note: 'floor(0.02 x N)',
      })),
    ],
    nextSteps: models.some(({ bt29 }) => bt29.state === 'deferred')
      ? [
          {
            sentence: 'One run says nothing about the next one: measure the model three times in a row.',
            command: 'lauter bench sweep --model ID',
          },
        ]
      : [],
  };
}

function hasPassed({ verdict, is_tier0_passed }: SummarizedModel): boolean {
  return verdict === 'PASS' || (verdict === null && is_tier0_passed === true);
}

function whyNot({ failed_gates, errors }: SummarizedModel): string[] {
  return [
    ...(failed_gates.length === 0 ? [] : [`failed ${failed_gates.join(', ')}`]),
    ...(errors.length === 0 ? [] : [`${formatAmount(errors.length, 'error')}: ${errors.join(', ')}`]),
  ];
}

function sentenceOf({ models, is_complete, end_reason }: BenchSummary): string {
  const measured = models.length === 0 ? 'No model was measured.' : `${formatAmount(models.length, 'model')} measured.`;
  if (!is_complete) return `${measured} The run has no end.`;
  return end_reason === null ? measured : `${measured} The run ended early: ${end_reason.replaceAll('_', ' ')}.`;
}
