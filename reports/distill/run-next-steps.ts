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
  const review = { sentence: `Decide what waits for a human: ${formatAmount(waiting, 'scored run')}.`, command: 'lauter distill review' };
  const trace = { sentence: 'Follow an exported row to the line of the source file it came from.', command: 'lauter trace ROW_ID' };
  return waiting === 0 ? [trace, verifyStep(report)] : [review, trace, verifyStep(report)];
}

const STEP_AFTER: Readonly<Record<RefusalReason, (report: RunReport) => NextStep>> = {
  firewall: (report) => ({
    sentence: 'Leave the SFT file alone and find the first link of the chain that does not hold.',
    command: verifyStep(report).command,
  }),
  audit: (report) => ({
    sentence: 'Read the failed checks below, then recompute every digest on disk.',
    command: verifyStep(report).command,
  }),
  quarantined_share: (report) => ({
    sentence: 'Look at the records that could not be read; mend the source or its adapter, or allow more with max_quarantined.',
    command: `lauter distill quarantine --reason ${commonestReason(report)}`,
  }),
  nothing_exported: () => ({
    sentence: 'Decide what waits for a human, so that something can be exported.',
    command: 'lauter distill review',
  }),
};

function verifyStep({ summary }: RunReport): NextStep {
  return {
    sentence: 'Prove that every file is still what this run wrote.',
    command: `lauter distill receipts --run-id ${summary.run_id} --verify`,
  };
}

/** Duplicates do not count against a source, so they are not what to look at. */
function commonestReason({ quarantine }: RunReport): string {
  const whileReading = quarantine.filter(({ set, reason }) => set === 'materialize' && reason !== 'exact_duplicate');
  const [commonest] = whileReading.toSorted((left, right) => right.rows - left.rows);
  return commonest?.reason ?? 'missing_field';
}
