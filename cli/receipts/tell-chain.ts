import type { ReceiptChain } from '../../schemas/receipt-chain.ts';
import { textTable } from '../text-table.ts';

const DIGEST_CHARS = 16;

/** A chain of receipts for people: one row a stage, and what each is chained to. */
export function tellReceiptChain({ run_id, receipts, closes }: ReceiptChain): string {
  return [
    `run ${run_id}`,
    '',
    textTable(
      ['stage', 'rows in', 'rows out', 'quarantined', 'checks', 'digest', 'receipt before'],
      receipts.map(({ stage, counts, validation, digest, previous }) => [
        stage,
        counts.in.toLocaleString('en'),
        counts.out.toLocaleString('en'),
        Object.values(counts.quarantined)
          .reduce((sum, rows) => sum + rows, 0)
          .toLocaleString('en'),
        validation.passed ? 'passed' : `${validation.failures.length} failed`,
        `${digest.slice(0, DIGEST_CHARS)}…`,
        previous === null ? '(first)' : `${previous.slice(0, DIGEST_CHARS)}…`,
      ]),
    ),
    '',
    closes ? `the chain closes: ${receipts.length} receipts, each naming the one before it` : 'the chain does not close',
  ].join('\n');
}
