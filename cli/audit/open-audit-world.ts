import { accessSync, constants, statSync } from 'node:fs';
import type { AuditWorld } from '../../activities/audit-full/audit-world.ts';
import { openBaselines } from '../../adapters/files/baselines.ts';
import { ledgerChains } from '../../adapters/files/ledger-files.ts';
import { replayLogs } from '../../adapters/files/replay-log.ts';
import { openAuditLake } from '../../adapters/lake/audit-lake.ts';
import { openReceiptWorld } from '../../adapters/lake/receipt-world.ts';
import { rotatedRecords, segmentsOf } from '../../adapters/sources/rotated-records.ts';
import { signedRecords } from '../../adapters/sources/signed-records.ts';
import { SCHEMA_FIXTURES } from '../../schemas/fixtures/index.ts';
import { createPorts } from '../../worker/index.ts';

/** A workspace as a full audit looks at it; close it when the audit is done. */
export interface OpenAuditWorld extends AuditWorld {
  close(): void;
}

const LIMITS = { threads: 2, memoryMb: 1024 };

/** Opens a workspace for an audit, which reads all of it and appends one baseline; `accept` runs the acceptance fixture. */
export async function openAuditWorld(workspace: string, accept: AuditWorld['accept']): Promise<OpenAuditWorld> {
  const lake = await openAuditLake(workspace, LIMITS);
  const { all, append } = openBaselines(workspace);
  return {
    ports: createPorts(workspace, LIMITS),
    lake,
    sources: {
      fault: faultOf,
      isRotated: (path) => segmentsOf(path).length > 0,
      read: signedRecords,
      readRotated: rotatedRecords,
    },
    receipts: openReceiptWorld(workspace, LIMITS),
    ledgers: {
      chains: () => ledgerChains(workspace),
      replayLogs: () => replayLogs(workspace),
      baselines: all,
      appendBaseline: append,
    },
    fixtures: SCHEMA_FIXTURES,
    accept,
    close: lake.close,
  };
}

function faultOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'no such file';
  if (!stat.isFile()) return 'something that is no file';
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return `a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}
