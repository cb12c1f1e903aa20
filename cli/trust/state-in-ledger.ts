import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { bt29StateOf, type StateOf } from '../../domain/trust/index.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

/**
 * Looks models up in the trust ledger of the workspace, read once; without a workspace no model was ever proved. LakeCorruptError when the chain is
 * broken: nothing may rest on it then.
 */
export async function stateInLedger(io: Io, options: PlaceOptions): Promise<StateOf> {
  const root = findFolder(io, options);
  const rows = root === undefined ? [] : await openTrustLedger(root).all();
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
