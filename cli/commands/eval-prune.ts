import { openCaptureStore } from '../../adapters/search/capture-store.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { PruneReport } from '../../schemas/captured-row.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface EvalPruneOptions extends PlaceOptions {
  /** Milliseconds; may be 0. */
  readonly olderThan: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `lauter eval prune`: removes captured searches from before a moment, or says how many they are. */
export async function evalPrune(io: Io, options: EvalPruneOptions, nowMs = Date.now()): Promise<ExitCode> {
  const store = openCaptureStore(workspaceFolder(io, options));
  const cutoffMs = nowMs - options.olderThan;
  const isDryRun = options.dryRun === true;
  const count = isDryRun ? store.countBefore(cutoffMs) : await store.prune(cutoffMs);
  const report: PruneReport = {
    schema_version: 1,
    dry_run: isDryRun,
    cutoff: new Date(Math.max(cutoffMs, EARLIEST_MS)).toISOString(),
    count,
  };
  io.out(options.json === true ? JSON.stringify(report) : tell(report));
  return EXIT.accepted;
}

/** First moment of the year 0, which ISO 8601 writes with four digits. */
const EARLIEST_MS = Date.UTC(-1, 12);

function tell({ dry_run, cutoff, count }: PruneReport): string {
  const rows = formatAmount(count, 'row');
  return dry_run ? `${rows} captured before ${cutoff} would be removed` : `${rows} captured before ${cutoff} removed`;
}
