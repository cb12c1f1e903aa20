import { join } from 'node:path';
import type { DataWorld } from '../../activities/release/world.ts';
import { openBaselines } from '../../adapters/files/baselines.ts';
import { ledgerChains } from '../../adapters/files/ledger-files.ts';
import { lakeLayout } from '../../adapters/lake/layout.ts';
import { openReceiptWorld } from '../../adapters/lake/receipt-world.ts';
import { publishSplits } from '../../adapters/lake/publish-splits.ts';
import { enterRelease, releaseEntry } from '../../adapters/lake/release-entries.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { auditBaselineRowSchema } from '../../schemas/audit-baseline.ts';

const LIMITS = { threads: 2, memoryMb: 1024 };
const BASELINES = 'ledger/audit-baselines.jsonl';

/** The data of a workspace as a release looks at it. */
export function openDataWorld(workspace: string): DataWorld {
  return {
    receipts: openReceiptWorld(workspace, LIMITS),
    baselines: {
      latest: async () => auditBaselineRowSchema.safeParse((await openBaselines(workspace).all()).rows.at(-1)).data,
      rowAt: async (seq) => {
        const row = (await openBaselines(workspace).all()).rows.find((other) => other.seq === seq);
        return row === undefined ? undefined : canonicalJson(row);
      },
      fault: async () => {
        const chain = ledgerChains(workspace).find(({ path }) => path === BASELINES);
        return (await chain?.check())?.fault;
      },
    },
    releases: {
      publishSplits: (runId, version) => publishSplits(workspace, LIMITS, { runId, version }),
      enter: (entry) => enterRelease(workspace, entry),
      entry: (version) => releaseEntry(lakeLayout(join(workspace, 'lake')), version),
    },
  };
}
