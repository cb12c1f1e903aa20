import { verifyReceipts } from '../../activities/verify-receipts.ts';
import { openReceiptWorld } from '../../adapters/lake/receipt-world.ts';
import type { Stage } from '../../schemas/vocabulary.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { startProgress } from '../progress.ts';
import { tellVerification } from '../receipts/tell-verification.ts';

const LIMITS = { threads: 2, memoryMb: 1024 };

/** `lauter distill receipts --verify`: every digest that the receipts of a run claim, computed again from what lies on disk. */
export async function distillReceiptsVerify(io: Io, root: string, runId: string, asJson: boolean): Promise<ExitCode> {
  let at: { stage: Stage; done: number; total: number; rows: number } = { stage: 'materialize', done: 0, total: 0, rows: 0 };
  const view = startProgress(io, () => Promise.resolve({ run_id: runId, ...at, in_flight: 1, paused: null }));
  try {
    const verified = await verifyReceipts(openReceiptWorld(root, LIMITS), runId, (progress) => (at = progress));
    await view.stop();
    io.out(asJson ? JSON.stringify(verified, null, 2) : tellVerification(verified));
    if (verified.first === null) return EXIT.accepted;
    const { path, expected, found, remedy } = verified.first;
    if (asJson) io.err(`verifying the receipts of run ${runId}, on ${path}: expected ${expected}, found ${found}. ${remedy}`);
    return EXIT.refused;
  } finally {
    await view.stop();
  }
}
