import type { ExportSet } from '../../schemas/vocabulary.ts';
import type { ReceiptChain } from '../../schemas/receipt-chain.ts';
import { plain } from '../io.ts';
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

/** A run that was to stop after an earlier stage, for people: what the stages did, and what the last one wrote. */
export function tellStages(chain: ReceiptChain, set?: ExportSet): string {
  const last = chain.receipts.at(-1);
  const written = (last?.outputs ?? []).filter(({ path }) => set === undefined || path.includes(`/${set}/`));
  const files = textTable(
    ['rows', 'written'],
    written.map(({ path, rows }) => [rows.toLocaleString('en'), plain(path)]),
  );
  return `${tellReceiptChain(chain)}

${files}

the run stopped after ${last?.stage ?? 'nothing'}, as asked; \`lauter distill run-all\` goes on from there`;
}
