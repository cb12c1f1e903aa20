import type { RunReport } from '../../schemas/run-report.ts';
import type { RefusalReason } from '../../schemas/vocabulary.ts';
import { formatAmount } from '../shared/format.ts';
import type { NextStep } from '../shared/verdict.ts';

/** At most three commands, the most useful first: for a refused run one for each reason, else what makes the data better or proves it. */
export function planNextSteps(report: RunReport): NextStep[] {
  const steps = report.summary.verdict === 'refused' ? stepsAfterRefusal(report) : stepsAfterAcceptance(report);
  return steps.slice(0, 3);
}

function stepsAfterRefusal(report: RunReport): NextStep[] {
  const steps = report.summary.reasons.map(({ reason }) => STEP_AFTER[reason](report));
  const again = { sentence: 'Run again; what was finished is not done twice.', command: 'lauter distill run-all' };
  return steps.filter((step, index) => steps.findIndex(({ command }) => command === step.command) === index).concat(again);
}

function stepsAfterAcceptance(report: RunReport): NextStep[] {
  const waiting = report.summary.categories.needs_human_review;
  const review = {
    sentence: `Look at what waits for a human: ${formatAmount(waiting, 'scored run')}.`,
    command: 'lauter distill review',
  };
  const explain = {
    sentence: 'See which rule decided about a record, and from which values.',
    command: 'lauter distill score --explain EVIDENCE_ID',
  };
  return waiting === 0 ? [explain, receiptsStep(report)] : [review, explain, receiptsStep(report)];
}

const STEP_AFTER: Readonly<Record<RefusalReason, (report: RunReport) => NextStep>> = {
  firewall: (report) => ({
    sentence: 'Leave the SFT file alone and look at the chain of receipts.',
    command: receiptsStep(report).command,
  }),
  audit: (report) => ({
    sentence: 'Read the failed checks below, then look at what each stage says of itself.',
    command: receiptsStep(report).command,
  }),
  quarantined_share: (report) => ({
    sentence: 'Look at the records that could not be read; mend the source or its adapter, or allow more with distill.max_quarantined.',
    command: `lauter distill quarantine --reason ${commonestReason(report)}`,
  }),
  nothing_exported: () => ({
    sentence: 'Look at why every row was set aside.',
    command: `lauter distill query "SELECT set, reason, count(*) AS rows FROM quarantine GROUP BY ALL ORDER BY rows DESC"`,
  }),
  contamination: () => ({
    sentence: 'Look at what copies from which evaluation set; leave those records out of the sources, or allow what is no content.',
    command: 'lauter distill quarantine --reason contaminated',
  }),
  license_missing: () => ({
    sentence: 'Say under which license each source may be used, as `license` of the source in lauter.config.json, then run again.',
    command: 'lauter distill run-all',
  }),
};

function receiptsStep({ summary }: RunReport): NextStep {
  return {
    sentence: 'Follow the chain of receipts: what each stage read, wrote and set aside, with digests.',
    command: `lauter distill receipts --run-id ${summary.run_id}`,
  };
}

/** Duplicates do not count against a source, so they are not what to look at. */
function commonestReason({ quarantine }: RunReport): string {
  const whileReading = quarantine.filter(({ set, reason }) => set === 'materialize' && reason !== 'exact_duplicate');
  const [commonest] = whileReading.toSorted((left, right) => right.rows - left.rows);
  return commonest?.reason ?? 'missing_field';
}
