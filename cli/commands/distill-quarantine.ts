import { listQuarantine } from '../../adapters/lake/list-quarantine.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';
import type { QuarantineListing, QuarantinePlace } from '../../schemas/quarantine-listing.ts';
import { QUARANTINE_REASONS, type QuarantineReason } from '../../schemas/vocabulary.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { findRunId } from '../runs/find-run.ts';
import { lakeRunIds } from '../runs/lake-runs.ts';
import { textTable } from '../text-table.ts';
import { distillQuarantineHistory } from './distill-quarantine-history.ts';

export interface QuarantineOptions extends PlaceOptions {
  readonly reason?: string;
  readonly set?: QuarantinePlace;
  readonly runId?: string;
  readonly history?: string | true;
  readonly limit: number;
  readonly json?: boolean;
}

/** `lauter distill quarantine`: what did not make it, and why. */
export async function distillQuarantine(io: Io, options: QuarantineOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const reason = options.reason === undefined ? undefined : knownReason(options.reason);
  if (options.history !== undefined) {
    if (options.runId !== undefined) throw historyOfOneRun();
    const id = options.history === true ? undefined : options.history;
    return distillQuarantineHistory(io, root, { id, reason, set: options.set, limit: options.limit, json: options.json === true });
  }
  const runId = options.runId === undefined ? undefined : findRunId(lakeRunIds(root), options.runId);
  const found = await listQuarantine(root, { runId, reason, set: options.set, limit: options.limit });
  if (found.runId === null) {
    throw new UsageError(
      `looking for quarantined rows in ${root}: expected a run that has ended, found none.`,
      'Start one with `lauter distill run-all`.',
    );
  }
  if (found.missing.length > 0) io.err(`files of run ${found.runId} are gone, and their rows are missing: ${found.missing.join(', ')}`);
  const total = found.reasons.reduce((sum, { rows }) => sum + rows, 0);
  const listing: QuarantineListing = {
    schema: 'quarantine-listing/1',
    run_id: found.runId,
    asked: { reason: reason ?? null, set: options.set ?? null },
    total,
    reasons: found.reasons.map((row) => ({ ...row, sentence: QUARANTINE_REASONS[row.reason] })),
    rows: found.rows,
    complete: found.rows.length === total,
  };
  io.out(options.json === true ? JSON.stringify(listing, null, 2) : tellQuarantine(listing));
  return EXIT.accepted;
}

function historyOfOneRun(): UsageError {
  return new UsageError(
    'reading the options of quarantine: expected --history or --run-id, found both.',
    'A history goes through all runs; without it --run-id shows one.',
  );
}

function knownReason(given: string): QuarantineReason {
  if (Object.hasOwn(QUARANTINE_REASONS, given)) return given as QuarantineReason;
  throw new UsageError(
    `reading --reason: expected a reason of the closed list, found ${given}; the nearest is ${nearestTo(given, Object.keys(QUARANTINE_REASONS)) ?? ''}.`,
    '`lauter distill quarantine` shows the reasons that occur.',
  );
}

function tellQuarantine({ run_id, asked, total, reasons, rows, complete }: QuarantineListing): string {
  const sums = textTable(
    ['rows', 'set', 'reason', ''],
    reasons.map(({ rows: count, set, reason, sentence }) => [count.toLocaleString('en'), set, reason, sentence]),
  );
  const head = `run ${run_id}: ${total.toLocaleString('en')} quarantined rows`;
  if (total === 0) return head;
  if (asked.reason === null && asked.set === null) return `${head}\n\n${sums}\n\n--reason REASON or --set SET lists the rows.`;
  const list = textTable(
    ['evidence', 'set', 'reason', 'from', 'detail'],
    rows.map((row) => [
      (row.evidence_id ?? '-').slice(0, 16),
      row.set,
      row.reason,
      plain(`${row.source_file}:${row.line_offset + 1}`),
      plain(row.detail),
    ]),
  );
  return `${head}\n\n${sums}\n\n${list}${complete ? '' : `\n\nthe first ${rows.length.toLocaleString('en')}; --limit N shows more`}`;
}
