import type { DriftReport } from '../../schemas/drift-report.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { ReplayQueueReport } from '../../schemas/replay-queue.ts';
import type { ProbeOutcome } from '../../schemas/vocabulary.ts';
import { exitCodeOf, type ProbeEnd } from './end-probe.ts';

/** How a probe ends whose answers are not worth a panel; null where they are. */
export function endOfAnswers({ verdict, reasons }: Pick<LongMemEvalReport, 'verdict' | 'reasons'>): ProbeEnd | null {
  if (verdict === 'accepted') return null;
  return end(verdict === 'over_budget' ? 'budget_exceeded' : 'error', [`the answers were ${verdict}`, ...reasons].join('; '));
}

/** Whether a refinery run drifted from the one before it. The first one has nothing to be compared with, and a refused one is no pass whatever it drifted. */
export function endOfDrift(verdict: string, { severity, against, reason, metrics }: DriftReport): ProbeEnd {
  if (verdict !== 'accepted') return end('fail', `the refinery run was ${verdict}; drift ${severity}: ${reason}`);
  if (against === null) return end('inconclusive', reason);
  if (severity === 'ok') return end('pass', null);
  const moved = metrics.filter((metric) => metric.severity !== 'ok').map(({ metric, reason: why }) => `${metric} ${why}`);
  return end('fail', `drift ${severity} against ${against}: ${[reason, ...moved].join('; ')}`);
}

/** Whether a bench came to the same in all its runs. */
export function endOfSweep({ overall, detail }: { readonly overall: 'PASS' | 'FAIL' | null; readonly detail: string }): ProbeEnd {
  if (overall === null) return end('error', detail === '' ? 'the bench came to no verdict' : detail);
  return overall === 'PASS' ? end('pass', null) : end('fail', detail);
}

/** Whether every task of a queue got an answer that the gate lets pass. */
export function endOfReplays({ tasks, refused, unanswered, skipped_budget: skipped }: ReplayQueueReport['counts']): ProbeEnd {
  if (skipped > 0) return end('budget_exceeded', `the cap was reached before ${skipped} of ${tasks} tasks`);
  if (unanswered > 0) return end('error', `no model answered ${unanswered} of ${tasks} tasks`);
  return refused > 0 ? end('fail', `the gate refused ${refused} of ${tasks} answers`) : end('pass', null);
}

function end(outcome: ProbeOutcome, detail: string | null): ProbeEnd {
  return { outcome, exit_code: exitCodeOf(outcome), detail };
}
