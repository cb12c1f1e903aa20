import { quarantineHistory, type HistoryRow } from '../../adapters/lake/quarantine-history.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { QuarantineHistory } from '../../schemas/quarantine-history.ts';
import type { QuarantinePlace } from '../../schemas/quarantine-listing.ts';
import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { tellHistory } from '../quarantine/tell-history.ts';

export interface HistoryOptions {
  /** An evidence id, its beginning, or FILE:LINE; every row when undefined. */
  readonly id: string | undefined;
  readonly reason: QuarantineReason | undefined;
  readonly set: QuarantinePlace | undefined;
  readonly limit: number;
  readonly json: boolean;
}

/** `lauter distill quarantine --history`: when rows came into quarantine, why, and when they left it. */
export async function distillQuarantineHistory(io: Io, root: string, { id, reason, set, limit, json }: HistoryOptions): Promise<ExitCode> {
  const row = id === undefined ? undefined : readRow(id);
  const { runs, total, rows } = await quarantineHistory(root, { row, reason, set, limit });
  if (runs.length === 0) {
    throw new UsageError(
      `looking for quarantined rows in ${root}: expected a run that has written its exports, found none.`,
      'Start one with `lauter distill run-all`.',
    );
  }
  for (const { run_id, missing } of runs) {
    if (missing.length > 0) io.err(`files of run ${run_id} are gone, and what they said is missing: ${missing.join(', ')}`);
  }
  if (id !== undefined && total === 0) {
    throw new UsageError(
      `looking for ${id} in the quarantine of ${runs.length} runs: expected a row that was in it, found none.`,
      '`lauter distill quarantine --history` shows all of them.',
    );
  }
  const history: QuarantineHistory = {
    schema: 'quarantine-history/1',
    asked: { id: id ?? null, reason: reason ?? null, set: set ?? null },
    runs,
    total,
    rows,
    complete: rows.length === total,
  };
  io.out(json ? JSON.stringify(history, null, 2) : tellHistory(history));
  return EXIT.accepted;
}

function readRow(given: string): HistoryRow {
  const [, file, line] = /^(.+):(\d+)$/.exec(given) ?? [];
  if (file !== undefined && line !== undefined) return { file, line: Number(line) };
  if (/^[0-9a-f]{1,64}$/i.test(given)) return { id: given.toLowerCase() };
  throw new UsageError(
    `reading --history: expected an evidence id, its beginning, or FILE:LINE, found ${given}.`,
    '`lauter distill quarantine --history` shows all rows.',
  );
}
