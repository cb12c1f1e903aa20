import type { CellResult } from '../../activities/suites-contract.ts';
import { evalLedgerPath } from '../../adapters/files/eval-ledger.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import { plain, type Io } from '../io.ts';
import type { RunAllOptions } from './run-all-options.ts';

/** Writes the comparison of the cells that were measured; its path, or null, with the reason told, where nothing can be compared. */
export async function compareCells(
  io: Io,
  cells: readonly CellResult[],
  { root, output, options }: { readonly root: string; readonly output: string; readonly options: RunAllOptions },
): Promise<string | null> {
  const runUids = cells.filter(({ status }) => status !== 'skipped').map(({ run_uid }) => run_uid);
  if (runUids.length === 0) return null;
  const { writeComparison } = await import('../comparison/write-comparison.ts');
  try {
    return await writeComparison(io, {
      workspaceRoot: root,
      ledgerPath: evalLedgerPath(root),
      runUids,
      output,
      seed: options.seed,
      ...(options.expectations === undefined ? {} : { expectationsPath: options.expectations }),
    });
  } catch (error) {
    if (!(error instanceof CollectionError)) throw error;
    io.err(`not compared: ${plain(error.message)}`);
    return null;
  }
}
