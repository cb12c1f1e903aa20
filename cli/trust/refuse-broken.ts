import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { tellError } from '../tell-error.ts';

/** Does what rests on the trust ledger. A broken chain is a refusal, not something that could not be done. */
export async function refuseBroken(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    // Only ledgers name the line and the kind of their damage.
    if (!(error instanceof LakeCorruptError) || error.context.line === undefined) throw error;
    io.err(tellError(error, false));
    io.err('`lauter bench ledger verify` looks at it row by row.');
    return EXIT.refused;
  }
}
