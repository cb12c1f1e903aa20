import { HEADLINES, type CellSum, type SuiteRow } from '../../domain/suites/index.ts';
import type { EvalRecord } from '../../schemas/eval-record.ts';
import type { PlannedCell, SuitesRunDocument } from './run-document.ts';

/** When a cell ended, and where its rows lie. */
export interface CellEnd {
  readonly written: { readonly path: string; readonly sha256: string } | null;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The ledger's record of a cell. */
export function writeRecord(
  run: SuitesRunDocument,
  cell: PlannedCell,
  rows: readonly SuiteRow[],
  { status, error, metrics, ...sum }: CellSum,
  { written, startedAt, finishedAt }: CellEnd,
): EvalRecord {
  return {
    schema_version: 3,
    run_id: cell.run_id,
    run_uid: cell.run_uid,
    ran_at: startedAt,
    finished_at: finishedAt,
    suite: cell.suite,
    mode: cell.mode,
    commit: run.code.commit,
    seed: run.seed,
    limit: run.limit,
    params: {
      metrics,
      run_all: run.run_id,
      retriever: run.retriever,
      strategy: run.strategy,
      knobs: run.knobs,
      questions: cell.questions,
      // What a query costs is settled for our own calls alone; what is paid to read the passages is an estimate.
      cost_per_query_usd: { is_estimate: true, downstream_model: run.price.model, input_per_million: run.price.input_per_million },
    },
    status,
    duration_ms: Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)),
    error,
    metrics,
    headline: HEADLINES[cell.kind],
    dataset_name: cell.dataset?.name ?? null,
    dataset_hash: cell.dataset?.sha256 ?? null,
    question_set_hash: cell.question_set_hash,
    config_hash: cell.config_hash,
    prompt_hashes: cell.prompt_hashes,
    models: cell.models,
    model_snapshots: snapshotsOf(rows),
    lauter_version: run.code.version,
    command: [...run.command],
    estimated_usd: cell.estimated_usd,
    price_table: run.price.table,
    rows_path: written?.path ?? null,
    rows_sha256: written?.sha256 ?? null,
    ...sum,
  };
}

/** The reader as its server names it; nothing where nobody answered. */
function snapshotsOf(rows: readonly SuiteRow[]): Record<string, string | null> {
  const [reader, ...others] = new Set(rows.flatMap(({ model_snapshot: snapshot }) => snapshot ?? []));
  return reader === undefined ? {} : { reader: others.length === 0 ? reader : null };
}
