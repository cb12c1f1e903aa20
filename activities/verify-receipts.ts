import { UsageError } from '../domain/shared/errors.ts';
import type { ReceiptsVerification } from '../schemas/receipts-verification.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import type { Stage } from '../schemas/vocabulary.ts';
import { readDocument } from './receipt-documents.ts';
import { ReceiptLinks } from './receipt-links.ts';
import type { ReceiptWorld, VerifyProgress } from './receipt-world.ts';
import { dueStages, lakePath, readChain } from './verify-chain.ts';
import { verifyExports } from './verify-exports.ts';
import { verifySummary } from './verify-summary.ts';
import { verifyVersion } from './verify-version.ts';

/**
 * Computes again every digest that the receipts of a run claim of what lies on disk, in the order of its stages, and keeps each link that does
 * not hold. Reads every byte of it in bounded memory and changes nothing. UsageError for a run without receipts.
 */
export async function verifyReceipts(
  world: ReceiptWorld,
  runId: string,
  progress: VerifyProgress = () => undefined,
): Promise<ReceiptsVerification> {
  const stages = dueStages(world, runId);
  if (stages.length === 0) {
    throw new UsageError(
      `verifying the receipts of run ${runId}: expected a run that has done a stage, found no receipt.`,
      '`lauter runs list` shows the runs and how far they came.',
    );
  }
  const links = new ReceiptLinks(runId);
  const chain = readChain(world, runId, stages);
  for (const stage of stages) {
    progress({ stage, done: 0, total: 0, rows: 0 });
    chain.report(stage, links);
    const receipt = chain.receipts.get(stage);
    if (receipt !== undefined) await verifyStage(world, links, receipt, chain.receipts, progress);
  }
  if (stages.includes('audit')) verifySummary(world, links, runId, chain.receipts);
  return links.result();
}

async function verifyStage(
  world: ReceiptWorld,
  links: ReceiptLinks,
  receipt: StageReceipt,
  receipts: ReadonlyMap<Stage, StageReceipt>,
  progress: VerifyProgress,
): Promise<void> {
  const { stage, run_id, digest } = receipt;
  switch (stage) {
    case 'materialize':
    case 'score':
      return verifyVersion(world, links, receipt, stage, progress);
    case 'export':
      return verifyExports(world, links, receipt, progress);
    case 'receipts':
    case 'audit': {
      const parts = stage === 'receipts' ? digestsBefore(receipts) : checksOf(world, links, run_id);
      if (parts === undefined) return;
      const found = world.digests.sha256Of(stage, ...parts);
      links.hold({ link: 'stage_digest', stage, path: lakePath(run_id, stage) }, `digest ${digest}`, `digest ${found}`);
    }
  }
}

/** What the stage `receipts` digests: one line for each stage before it. Undefined when one of them is missing, which is a fault already. */
function digestsBefore(receipts: ReadonlyMap<Stage, StageReceipt>): string[] | undefined {
  const before = (['materialize', 'score', 'export'] as const).map((stage) => receipts.get(stage));
  if (before.includes(undefined)) return undefined;
  return before.map((receipt) => `${receipt?.stage} ${receipt?.digest}`);
}

interface NamedCheck {
  readonly check: string;
  readonly passed: boolean;
}

/** What the stage `audit` digests: its checks and what came of them. */
function checksOf(world: ReceiptWorld, links: ReceiptLinks, runId: string): string[] | undefined {
  const place = { link: 'run_document', stage: 'audit', path: `lake/runs/${runId}/checks.json` } as const;
  const schema = {
    safeParse: (value: unknown): { success: true; data: NamedCheck[] } | { success: false } =>
      Array.isArray(value) ? { success: true, data: value as NamedCheck[] } : { success: false },
  };
  const checks = readDocument(world, links, place, { name: 'the checks of the audit stage', schema });
  return checks?.map(({ check, passed }) => `${check} ${passed}`);
}
