import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { withBenchResults } from '../../adapters/lake/read-bench-results.ts';
import { weighBest } from '../../domain/comparison/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { bt29StateOf } from '../../domain/trust/index.ts';
import type { TrustBest } from '../../schemas/trust-reports.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { findChallenger } from '../trust/find-challenger.ts';
import { findReferenceSide } from '../trust/find-reference-side.ts';
import { refuseBroken } from '../trust/refuse-broken.ts';
import { tellBest } from '../trust/tell-best.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface LedgerBestOptions extends PlaceOptions {
  readonly model?: string;
  readonly run?: string;
  readonly mode: BenchMode;
  readonly json?: boolean;
}

const SEED = 42;

/** `lauter bench ledger best`: whether a model is better than the last other one that passed; 0 for better, 1 for anything else, 2 without a reference. */
export function benchLedgerBest(io: Io, options: LedgerBestOptions): Promise<ExitCode> {
  if (options.model === undefined && options.run === undefined) {
    throw new UsageError(
      'choosing a challenger: expected --model ID or --run FILE, found neither.',
      'Name the model, or a run file of it.',
    );
  }
  return refuseBroken(io, async () => {
    const { root } = existingWorkspace(io, options);
    const rows = await openTrustLedger(root).all();
    const best = await withBenchResults(root, async (results): Promise<TrustBest> => {
      const challenger = await findChallenger(io, results, options);
      const reference = await findReferenceSide(rows, results, challenger, options.mode);
      const { comparabilityKey, cardDigest } = challenger;
      const bt29 = bt29StateOf(rows, { modelId: challenger.modelId, cardDigest, comparabilityKey, mode: options.mode });
      return weighBest({ ...challenger, bt29 }, reference, { mode: options.mode, comparabilityKey, seed: SEED });
    });
    io.out(options.json === true ? JSON.stringify(best, null, 2) : tellBest(best));
    return best.answer === 'better' ? EXIT.accepted : EXIT.refused;
  });
}
