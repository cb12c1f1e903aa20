import { showInterval, showValue } from '../../reports/shared/bench-values.ts';
import { formatShare, formatUsd } from '../../reports/shared/format.ts';
import type { LongMemEvalReport, RecallBlock, Share } from '../../schemas/longmemeval-report.ts';
import { DEGRADATIONS_TOLD, LONGMEMEVAL_OUTCOMES } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** How a run did, for people. */
export function tellLongMemEval(report: LongMemEvalReport, isByType: boolean): string {
  const { recall, outcomes, degraded, notices, qa_accuracy: qa, reasons } = report;
  const degradations = Object.entries(degraded).map(
    ([what, count]) => `${DEGRADATIONS_TOLD[what as keyof typeof DEGRADATIONS_TOLD]}: ${count} questions`,
  );
  return [
    `LongMemEval, ${plain(report.figure)}`,
    `retriever ${plain(report.retriever)}, strategy ${report.strategy}, mode ${plain(report.mode)}, top-k ${report.top_k} passages`,
    ...degradations.map((line) => `degraded: ${line}`),
    '',
    recallTable([recall.all_types]),
    ...(isByType ? ['', recallTable(recall.by_type)] : []),
    ...(recall.abstention === null ? [] : ['', 'abstention questions, apart from all of the above', recallTable([recall.abstention])]),
    ...(qa === null ? [] : ['', `answers that the judge found right: ${tellShare(qa.all_types)}`]),
    ...(isByType && qa !== null ? qa.by_type.map(({ type, accuracy }) => `  ${plain(type)}: ${tellShare(accuracy)}`) : []),
    '',
    textTable([...LONGMEMEVAL_OUTCOMES], [LONGMEMEVAL_OUTCOMES.map((outcome) => String(outcomes[outcome]))]),
    tellCost(report),
    ...(report.reused === 0 ? [] : [`${report.reused} rows were taken over`]),
    ...notices.map((notice) => `notice: ${plain(notice)}`),
    '',
    `${report.verdict}${reasons.length === 0 ? '' : `: ${reasons.map(plain).join('; ')}`}`,
    ...(report.output === null ? [] : [`rows ${plain(report.output)}`]),
  ].join('\n');
}

function tellCost({ cost: { estimated_usd: estimated, settled_usd: settled, cap_usd: cap } }: LongMemEvalReport): string {
  const told = estimated === null ? 'not estimated' : `estimated ${formatUsd(estimated)}`;
  return `cost: ${told}, settled ${formatUsd(settled)}, ${cap === null ? 'no cap' : `cap ${formatUsd(cap)}`}`;
}

function recallTable(blocks: readonly RecallBlock[]): string {
  return textTable(
    ['questions', 'k', 'recall_all', '95 %', 'recall_any', '95 %', 'mean fraction'],
    blocks.flatMap(({ type, at }) =>
      at.map(({ k, all, any, fraction }) => [
        plain(type),
        String(k),
        counted(all),
        showInterval(all.ci95),
        counted(any),
        showInterval(any.ci95),
        fraction.mean === null ? 'n/a' : `${showValue(fraction.mean)} of ${fraction.total}`,
      ]),
    ),
  );
}

function counted({ hit, total, rate }: Share): string {
  return rate === null ? 'n/a' : `${hit}/${total} ${formatShare(rate)}`;
}

/** A share with its interval, and a word where it says little. */
function tellShare(share: Share): string {
  const small = share.total > 0 && share.total < 30 ? ', a small sample' : '';
  return `${counted(share)} (${showInterval(share.ci95)}${small})`;
}
