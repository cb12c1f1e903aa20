import { nowMs } from '../../adapters/clock.ts';
import { readTrendRows } from '../../adapters/contradictions/trend-rows.ts';
import { drawTrend } from '../../domain/contradictions/index.ts';
import type { ContradictionTrend } from '../../schemas/contradiction-trend.ts';
import { CONTRADICTION_METRICS, trendMeta } from '../contradictions/report-meta.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface ContradictionsTrendOptions extends PlaceOptions, GlossaryChoice {
  readonly days: number;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;

/** `lauter eval contradictions trend`: runs of the last days as JSON on stdout, as bars for people on stderr. */
export async function evalContradictionsTrend(io: Io, options: ContradictionsTrendOptions, nowIsMs = nowMs()): Promise<ExitCode> {
  const { days } = options;
  const { rows, unreadable } = readTrendRows(workspaceFolder(io, options), nowIsMs - days * DAY_MS);
  if (unreadable > 0) io.err(`${unreadable} runs left a row that cannot be read; they are not shown`);
  if (options.json === true) {
    const trend: ContradictionTrend = { schema_version: 1, days, rows: [...rows], _meta: trendMeta(io) };
    io.out(JSON.stringify(trend, null, 2));
  }
  const drawn = rows.length === 0 ? `no run in the last ${days} days` : plain(drawTrend(rows));
  io.err(drawn + glossaryBelow(options, CONTRADICTION_METRICS));
  return EXIT.accepted;
}
