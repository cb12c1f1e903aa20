import { UsageError } from '../../domain/shared/errors.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { readReceiptChain } from '../receipts/read-chain.ts';
import { tellReceiptChain } from '../receipts/tell-chain.ts';
import { findRunId } from '../runs/find-run.ts';
import { lakeRunIds, readLakeRun } from '../runs/lake-runs.ts';
import { distillReceiptsVerify } from './distill-receipts-verify.ts';

export interface ReceiptsOptions extends PlaceOptions {
  readonly runId?: string;
  readonly verify?: boolean;
  readonly json?: boolean;
}

/** `lauter distill receipts`: what each stage of a run left, and whether the chain closes; with --verify, whether the disk bears them out. */
export async function distillReceipts(io: Io, options: ReceiptsOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const runId = options.runId === undefined ? latestRun(root) : findRunId(lakeRunIds(root), options.runId);
  if (options.verify === true) return distillReceiptsVerify(io, root, runId, options.json === true);
  const chain = readReceiptChain(root, runId);
  io.out(options.json === true ? JSON.stringify(chain, null, 2) : tellReceiptChain(chain));
  if (chain.closes) return EXIT.accepted;
  const found = chain.broken === null ? 'it has no receipts' : `at ${chain.broken.stage}: ${chain.broken.detail}`;
  io.err(
    `checking the receipts of run ${chain.run_id}: expected a closed chain, found ${found}.\n\`lauter runs show ${chain.run_id}\` tells what became of the run.`,
  );
  return EXIT.refused;
}

/** The newest run that has come far enough to leave a receipt. */
function latestRun(workspace: string): string {
  const runId = lakeRunIds(workspace).find((id) => readLakeRun(workspace, id).receipts.length > 0);
  if (runId !== undefined) return runId;
  throw new UsageError(
    `looking for receipts in ${workspace}: expected a run that has done a stage, found none.`,
    'Start one with `lauter distill run-all`.',
  );
}
