import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../adapters/digest.ts';
import { openLedger } from '../../adapters/files/ledger.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { EvalQuestionRow } from '../../schemas/eval-question-row.ts';
import type { EvalRecord } from '../../schemas/eval-record.ts';

/** A question about a harbour that was searched and scored. */
export function questionRow(id: string, metrics: EvalQuestionRow['metrics'], changes: Partial<EvalQuestionRow> = {}): EvalQuestionRow {
  return {
    schema_version: 1,
    run_uid: 'run-balanced',
    arm: 'balanced',
    question_id: id,
    attempt: 1,
    question: `what does the harbour log say of ${id}`,
    question_type: null,
    clusters: [],
    outcome: 'scored',
    metrics,
    retrieved: [],
    config_hash: 'config-1',
    dataset_hash: 'd'.repeat(64),
    prompt_hash: null,
    model_snapshot: null,
    usage: null,
    cost_usd: null,
    latency_ms: null,
    error: null,
    ...changes,
  };
}

/** A record of a completed run; its uid is `run-<mode>` unless stated. */
export function evalRecord(changes: Partial<EvalRecord> = {}): EvalRecord {
  const { suite = 'harbour', mode = 'balanced' } = changes;
  return {
    schema_version: 3,
    run_id: `c0ffee-${suite}-${mode}-42`,
    run_uid: `run-${mode}`,
    ran_at: '2026-11-22T08:00:00.000Z',
    finished_at: '2026-11-22T08:05:00.000Z',
    suite,
    mode,
    commit: 'c0ffee',
    seed: 42,
    limit: null,
    params: {},
    status: 'completed',
    duration_ms: 300_000,
    error: null,
    metrics: {},
    headline: 'ndcg@10',
    dataset_name: 'harbour.qrels.json',
    dataset_hash: 'd'.repeat(64),
    question_set_hash: 'q'.repeat(64),
    config_hash: 'config-1',
    knob_hash: `knobs-${mode}`,
    corpus_hash: 'e'.repeat(64),
    prompt_hashes: {},
    models: { embedder: 'tides-small' },
    model_snapshots: { embedder: null },
    lauter_version: '0.1.0',
    command: ['lauter', 'eval', 'run-all', '--suites', suite],
    counts: {},
    degraded: {},
    usage: { input_tokens: 0, output_tokens: 0 },
    estimated_usd: 0,
    cost_usd: 0,
    price_table: 'unversioned',
    rows_path: null,
    rows_sha256: null,
    ...changes,
  };
}

/** A record with its rows. */
export interface Cell {
  readonly record: EvalRecord;
  readonly rows: readonly EvalQuestionRow[];
}

/** A cell of a mode whose questions came to these values of a metric, `q1` first. */
export function cellOf(mode: string, metric: string, values: readonly (number | null)[], changes: Partial<EvalRecord> = {}): Cell {
  return cellOfRows(
    mode,
    values.map((value, at) => questionRow(`q${at + 1}`, { [metric]: value })),
    changes,
  );
}

/** A cell of a mode with these rows, which become its own. */
export function cellOfRows(mode: string, rows: readonly EvalQuestionRow[], changes: Partial<EvalRecord> = {}): Cell {
  const record = evalRecord({ mode, ...changes });
  return { record, rows: rows.map((row) => ({ ...row, run_uid: record.run_uid, arm: mode })) };
}

/** Writes the rows of cells below a folder, and their records into its chained ledger; gives the ledger's path. */
export async function writeEvalLedger(root: string, cells: readonly Cell[]): Promise<string> {
  const path = join(root, 'ledger', 'eval-results.jsonl');
  await openLedger(path).append(() => cells.map((cell) => placeRows(root, cell) as unknown as JsonObject));
  return path;
}

/** Writes the rows of a cell and gives the record that names them. */
export function placeRows(root: string, { record, rows }: Cell): EvalRecord {
  const rowsPath = `out/${record.suite}/${record.run_uid}.rows.ndjson`;
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  mkdirSync(dirname(join(root, rowsPath)), { recursive: true });
  writeFileSync(join(root, rowsPath), text);
  return { ...record, rows_path: rowsPath, rows_sha256: sha256(text) };
}
