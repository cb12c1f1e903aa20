import { createAudit } from './audit.ts';
import type { DistillActivities } from './contract.ts';
import { createExport } from './export.ts';
import { createExportFiles } from './export-files.ts';
import { createFinish } from './finish.ts';
import { createMaterialize } from './materialize.ts';
import type { Attempt, Ports } from './ports.ts';
import { createReceipts } from './receipts.ts';
import { createScore } from './score.ts';

/** An activity as it is written: its input, and the attempt it runs in. */
export type Work<Name extends keyof DistillActivities> = (
  input: Parameters<DistillActivities[Name]>[0],
  attempt: Attempt,
) => ReturnType<DistillActivities[Name]>;

export type DistillWork = { readonly [Name in keyof DistillActivities]: Work<Name> };

/** Every activity of a refinery run over the same ports. */
export function createDistillWork(ports: Ports): DistillWork {
  return {
    ...createMaterialize(ports),
    ...createScore(ports),
    ...createExport(ports),
    ...createExportFiles(ports),
    ...createReceipts(ports),
    ...createAudit(ports),
    ...createFinish(ports),
  };
}
