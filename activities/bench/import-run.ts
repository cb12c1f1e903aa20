import { collectRecord, decideImport, endReasonOf, resultSet, runIdOf, startRun, type StoredRun } from '../../domain/bench/index.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { BenchImport } from '../../schemas/bench-import-report.ts';
import type { BenchResultSet } from '../../schemas/bench-results.ts';

/** What an import needs of the world. */
export interface ImportWorld {
  /** Shows every record of a run file and passes over lines that hold none. */
  scan(path: string, see: (record: JsonObject) => void): Promise<{ readonly sha256: string; readonly malformedLines: number }>;
  /** Changes what is stored of a run; `decide` sees what is there while nobody else may change it. */
  change<Change extends ImportChange>(runId: string, decide: (stored: StoredRun | undefined) => Change): Promise<Change>;
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** What is done with a run in the store. */
export type ImportChange = { readonly do: 'keep' } | { readonly do: 'remove' } | { readonly do: 'put'; readonly set: BenchResultSet };

/** Stores a run file in the result tables. `path` is where it lies; the report calls it what it was called. Doing it again changes nothing. */
export async function importRun(
  world: ImportWorld,
  file: { readonly given: string; readonly path: string },
  isForced: boolean,
): Promise<BenchImport> {
  const run = startRun();
  const { sha256: fileSha256, malformedLines } = await world.scan(file.path, (record) => collectRecord(run, record));
  const runId = runIdOf(run);
  const report = (outcome: Pick<BenchImport, 'outcome'> & Partial<BenchImport>, skipped = 0): BenchImport => ({
    path: file.given,
    run_id: runId ?? null,
    reason: null,
    removed_partial: false,
    rows: 0,
    counts: { ...run.counts, skipped_rows: run.counts.skipped_rows + skipped, malformed_lines: malformedLines },
    ...outcome,
  });
  if (runId === undefined)
    return report({ outcome: 'unusable', reason: run.manifest === undefined ? 'no run_manifest' : 'a run_manifest without run_id' });
  const { set, skipped } = resultSet(run, runId, { sourceFile: file.path, fileSha256, importedAtMs: world.nowMs() });
  const candidate = { hasEnd: run.end !== undefined, endReason: endReasonOf(run), fileSha256 };
  const change = await world.change(runId, (stored) => {
    const decision = decideImport(stored, candidate, isForced);
    return decision.do === 'put' ? { ...decision, set } : decision;
  });
  return report(
    {
      outcome: change.outcome,
      reason: change.outcome === 'not_stored' ? candidate.endReason : null,
      removed_partial: change.do === 'remove',
      rows: change.do === 'put' ? Object.values(change.set).reduce((sum: number, rows) => sum + rows.length, 0) : 0,
    },
    skipped,
  );
}
