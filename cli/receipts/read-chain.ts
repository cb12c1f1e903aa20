import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../adapters/digest.ts';
import { findBrokenLink, receiptDigest } from '../../domain/receipts/index.ts';
import type { ReceiptChain } from '../../schemas/receipt-chain.ts';
import { stageReceiptSchema, type StageReceipt } from '../../schemas/stage-receipt.ts';
import { STAGES } from '../../schemas/vocabulary.ts';
import { readLakeRun } from '../runs/lake-runs.ts';

/** The receipts of a run, and whether each names the one before it and stands in the reports as the lake has it. */
export function readReceiptChain(workspace: string, runId: string): ReceiptChain {
  const { receipts, unreadable } = readLakeRun(workspace, runId);
  const broken = firstBroken(workspace, runId, receipts, unreadable);
  return { schema: 'receipt-chain/1', run_id: runId, closes: broken === null && receipts.length > 0, broken, receipts: [...receipts] };
}

function firstBroken(
  workspace: string,
  runId: string,
  receipts: readonly StageReceipt[],
  unreadable: readonly string[],
): ReceiptChain['broken'] {
  const unlinked = findBrokenLink(receipts, sha256)?.stage;
  for (const stage of STAGES) {
    if (unreadable.includes(`${stage}-receipt.json`)) return { stage, detail: 'expected a receipt in the lake, found something else' };
    if (stage === unlinked) return { stage, detail: 'expected it to name the receipt before it, found another digest' };
    const receipt = receipts.find((other) => other.stage === stage);
    const detail =
      receipt === undefined ? undefined : publishedFault(join(workspace, 'reports', runId, 'receipts', `${stage}.json`), receipt);
    if (detail !== undefined) return { stage, detail };
  }
  return null;
}

function publishedFault(path: string, receipt: StageReceipt): string | undefined {
  if (!existsSync(path)) return `expected ${path}, found nothing`;
  const published = parsedReceipt(readFileSync(path, 'utf8'));
  if (published !== undefined && receiptDigest(published, sha256) === receiptDigest(receipt, sha256)) return undefined;
  return `expected ${path} as the run wrote it, found another content`;
}

function parsedReceipt(text: string): StageReceipt | undefined {
  try {
    return stageReceiptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
