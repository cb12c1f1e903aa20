import { resolve } from 'node:path';
import { readRunFile } from '../../adapters/bench/read-run-file.ts';
import type { BenchResults } from '../../adapters/lake/read-bench-results.ts';
import { itemsOf, sideOf, type BestSide } from '../../domain/comparison/index.ts';
import { checkComparability } from '../../domain/determinism/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import { cardDigestOf } from '../../domain/shared/model-card.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import type { Io } from '../io.ts';

/** A model that is to be held against the last one that passed. */
export interface Challenger extends Omit<BestSide, 'bt29'> {
  readonly cardDigest: string | null;
  readonly comparabilityKey: string;
  /** What the key is made of. */
  readonly comparability: Readonly<Record<keyof TrustLedgerRow['comparability'], string | null>>;
}

interface Wanted {
  readonly model?: string;
  readonly run?: string;
  readonly mode: BenchMode;
}

/** The challenger from a run file, or from everything that is stored of a model under the key and card of its newest finished run. */
export function findChallenger(io: Pick<Io, 'cwd'>, results: BenchResults, wanted: Wanted): Promise<Challenger> {
  const { run, model } = wanted;
  return run === undefined ? fromStore(results, model ?? '', wanted.mode) : fromFile(io, run, wanted);
}

async function fromFile(io: Pick<Io, 'cwd'>, given: string, { model, mode }: Wanted): Promise<Challenger> {
  const file = await readRunFile(given, resolve(io.cwd, given));
  const side = sideOf(file, model);
  const { status, key } = checkComparability([file]).report;
  if (key === null) throw withoutKey(`run file ${given}`, status);
  const { verdict } = side.summary;
  const manifest = file.manifest?.value ?? {};
  const text = (field: keyof Challenger['comparability']): string | null => {
    const value = manifest[field];
    return typeof value === 'string' ? value : null;
  };
  return {
    modelId: side.modelId,
    runIds: [file.runId],
    verdicts: verdict === 'PASS' || verdict === 'FAIL' || verdict === 'INCONCLUSIVE' ? [verdict] : [],
    items: [...itemsOf(side, mode).values()],
    cardDigest: cardDigestOf(side.summary.model_card_before),
    comparabilityKey: key,
    comparability: {
      corpus_content_hash: text('corpus_content_hash'),
      qa_content_hash: text('qa_content_hash'),
      embedding_model: text('embedding_model'),
      prompt_hash: text('prompt_hash'),
      tuning_hash: text('tuning_hash'),
    },
  };
}

async function fromStore(results: BenchResults, modelId: string, mode: BenchMode): Promise<Challenger> {
  const models = (await results.models()).filter((model) => model.model_id === modelId);
  const runs = (await results.runs())
    .filter((run) => run.is_complete && models.some(({ run_id }) => run_id === run.run_id))
    .sort((left, right) => ((left.started_at_iso ?? '') < (right.started_at_iso ?? '') ? -1 : 1));
  const newest = runs.at(-1);
  if (newest === undefined) {
    throw new SourceError(
      `looking for runs of ${modelId} in the result tables: expected a finished one, found none.`,
      'Import its run file with `lauter bench import FILE`, or name the file with --run.',
    );
  }
  const { comparability_key: key } = newest;
  if (key === null) throw withoutKey(`run ${newest.run_id}`, 'partial');
  const cardDigest = models.find(({ run_id }) => run_id === newest.run_id)?.card_before ?? null;
  const counted = models.filter(
    ({ run_id, card_before }) => card_before === cardDigest && runs.some((run) => run.run_id === run_id && run.comparability_key === key),
  );
  const runIds = counted.map(({ run_id }) => run_id);
  const items = (await results.retrieval(runIds, mode)).filter((row) => row.model_id === modelId);
  const { corpus_content_hash, qa_content_hash, embedding_model, prompt_hash, tuning_hash } = newest;
  return {
    modelId,
    runIds,
    verdicts: counted.map(({ verdict }) => verdict),
    items,
    cardDigest,
    comparabilityKey: key,
    comparability: { corpus_content_hash, qa_content_hash, embedding_model, prompt_hash, tuning_hash },
  };
}

function withoutKey(what: string, status: string): SourceError {
  return new SourceError(
    `comparing ${what} with the ledger: expected a run that records its whole comparability key, found comparability ${status}.`,
    'Only runs that Lauter has made can be held against the ledger.',
  );
}
