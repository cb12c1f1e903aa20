import { formatAmount } from '../../reports/shared/format.ts';
import type { ReceiptFault, ReceiptsVerification } from '../../schemas/receipts-verification.ts';
import { plain } from '../io.ts';

const SHOWN = 10;

/** What verifying the receipts of a run came to, for people: the first link that does not hold, then the others. */
export function tellVerification({ run_id, holds, checked, first, faults }: ReceiptsVerification): string {
  const read = `${formatAmount(checked.links, 'link')} over ${formatAmount(checked.files, 'file')} and ${formatAmount(checked.rows, 'row')}, ${megabytes(checked.bytes)}`;
  const head = `run ${run_id}\nlooked at ${read}`;
  if (holds || first === null) return `${head}\n\nall of them hold`;
  const others = faults
    .slice(1, SHOWN + 1)
    .map((fault) => `  ${placeOf(fault)}: expected ${plain(fault.expected)}, found ${plain(fault.found)}`);
  const more = faults.length > SHOWN + 1 ? [`  and ${faults.length - SHOWN - 1} more; --json lists all of them`] : [];
  return [
    head,
    '',
    `${formatAmount(faults.length, 'link does not hold', 'links do not hold')}; the first is`,
    `  ${placeOf(first)}`,
    `  expected  ${plain(first.expected)}`,
    `  found     ${plain(first.found)}`,
    `  to do     ${plain(first.remedy)}`,
    ...(others.length === 0 ? [] : ['', 'after it', ...others, ...more]),
  ].join('\n');
}

function placeOf({ link, stage, path }: ReceiptFault): string {
  return `${link.replaceAll('_', ' ')}${stage === null ? '' : ` of ${stage}`}, ${plain(path)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
