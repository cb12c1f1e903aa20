import { openCaptureStore, type CaptureFilter } from '../../adapters/search/capture-store.ts';
import { exportedRow } from '../../domain/capture/index.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface EvalExportOptions extends PlaceOptions {
  /** Milliseconds back from now. */
  readonly since?: number;
  readonly limit: number;
  readonly tool?: NonNullable<CaptureFilter['tool']>;
  readonly beforeId?: number;
}

/** Rows that one call gives at most; `--before-id` goes on from there. */
export const MOST_EXPORTED = 100_000;

/** `lauter eval export`: captured searches as JSON lines, the last first. 0 also when there are none, or when nobody reads on. */
export async function evalExport(io: Io, options: EvalExportOptions, nowMs = Date.now()): Promise<ExitCode> {
  const store = openCaptureStore(workspaceFolder(io, options));
  if (options.limit > MOST_EXPORTED)
    io.err(`--limit ${options.limit}: no more than ${MOST_EXPORTED} rows are exported at once; --before-id goes on.`);
  const limit = Math.min(options.limit, MOST_EXPORTED);
  const feed = io.feed ?? ((piece: string) => Promise.resolve(io.out(piece)).then(() => true));
  let [rows, piece] = [0, ''];
  for (const row of store.newestFirst({
    sinceMs: options.since === undefined ? undefined : nowMs - options.since,
    tool: options.tool,
    beforeId: options.beforeId,
  })) {
    piece += `${JSON.stringify(exportedRow(row))}\n`;
    rows += 1;
    if (rows === limit) break;
    if (piece.length < PIECE_CHARACTERS) continue;
    if (!(await feed(piece))) return EXIT.accepted;
    piece = '';
  }
  if (piece !== '' && !(await feed(piece))) return EXIT.accepted;
  io.err(formatAmount(rows, 'row'));
  return EXIT.accepted;
}

const PIECE_CHARACTERS = 64 * 1024;
