import type { BenchResults } from '../../adapters/lake/read-bench-results.ts';
import type { BestSide } from '../../domain/comparison/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import { bt29StateOf, findReference } from '../../domain/trust/index.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import type { Challenger } from './find-challenger.ts';

/** The last other model that passed under the challenger's key, with its questions. SourceError when there is none, or its questions are gone. */
export async function findReferenceSide(
  rows: readonly TrustLedgerRow[],
  results: BenchResults,
  challenger: Challenger,
  mode: BenchMode,
): Promise<BestSide & { readonly row: TrustLedgerRow }> {
  const found = findReference(rows, challenger);
  if (!('row' in found)) throw withoutReference(found.nearest, challenger);
  const { row } = found;
  const items = (await results.retrieval(row.run_ids, mode)).filter((item) => item.model_id === row.model_id);
  const missing = row.run_ids.filter((id) => !items.some(({ run_id }) => run_id === id));
  if (missing.length > 0) {
    throw new SourceError(
      `reading the questions of row ${row.seq} of the ledger (${row.model_id}, mode ${mode}): expected those of all its runs, found none of ${missing.join(', ')}.`,
      'Import the run files of that sweep again with `lauter bench import FILE...`.',
    );
  }
  const models = await results.models(row.run_ids);
  return {
    modelId: row.model_id,
    runIds: row.run_ids,
    verdicts: models.filter(({ model_id }) => model_id === row.model_id).map(({ verdict }) => verdict),
    items,
    bt29: bt29StateOf(rows, {
      modelId: row.model_id,
      cardDigest: row.model_card_digest,
      comparabilityKey: row.comparability_key,
      mode,
    }),
    row,
  };
}

function withoutReference(nearest: TrustLedgerRow | undefined, challenger: Challenger): SourceError {
  if (nearest === undefined) {
    return new SourceError(
      `looking for a model to hold ${challenger.modelId} against: expected a PASS of another model in the ledger, found none.`,
      'Run `lauter bench sweep` for another model first.',
    );
  }
  const fields = Object.keys(nearest.comparability) as (keyof TrustLedgerRow['comparability'])[];
  const differing = fields
    .filter((field) => nearest.comparability[field] !== challenger.comparability[field])
    .map(
      (field) =>
        `${field} ${nearest.comparability[field] ?? 'not recorded'} there and ${challenger.comparability[field] ?? 'not recorded'} here`,
    );
  return new SourceError(
    `looking for a model to hold ${challenger.modelId} against: expected a PASS of another model under comparability key ${challenger.comparabilityKey}, found row ${nearest.seq} (${nearest.model_id}) under ${nearest.comparability_key}${differing.length === 0 ? '' : `: ${differing.join(', ')}`}.`,
    'Measure both on the same corpus, questions, prompts and tuning.',
  );
}
