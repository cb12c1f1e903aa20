import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { LakeCorruptError, UsageError } from '../../domain/shared/errors.ts';
import { bt29StateOf, type StateOf } from '../../domain/trust/index.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { tellError } from '../tell-error.ts';

/**
 * Looks models up in the trust ledger of the workspace, read once. Without a workspace no model was ever proved, and none counts as proved while the
 * chain is broken, which is told.
 */
export async function stateInLedger(io: Io, options: PlaceOptions): Promise<StateOf> {
  const root = findFolder(io, options);
  const rows = root === undefined ? [] : await readRows(io, root);
  return (subject) => bt29StateOf(rows, subject);
}

/** Run files can be looked at anywhere; the ledger belongs to a workspace. */
function findFolder(io: Io, options: PlaceOptions): string | undefined {
  try {
    return workspaceFolder(io, options);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

async function readRows(io: Io, root: string): Promise<readonly TrustLedgerRow[]> {
  try {
    return await openTrustLedger(root).all();
  } catch (error) {
    if (!(error instanceof LakeCorruptError)) throw error;
    io.err(`no model counts as proved, because the trust ledger is broken: ${tellError(error, false)}`);
    return [];
  }
}
