import { withBenchResults } from '../../adapters/lake/read-bench-results.ts';
import { makeLeaderboard } from '../../domain/comparison/index.ts';
import { renderLeaderboard } from '../../reports/bench/render-leaderboard.ts';
import type { BenchLeaderboard } from '../../schemas/bench-leaderboard.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { fourDecimals } from '../bench/numbers.ts';
import { tellReport } from '../bench/tell-report.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { textTable } from '../text-table.ts';
import { stateInLedger } from '../trust/state-in-ledger.ts';

export interface BenchLeaderboardOptions extends PlaceOptions {
  readonly mode: BenchMode;
  readonly key?: string;
  readonly report?: string;
  readonly json?: boolean;
}

const SEED = 42;

/** `lauter bench leaderboard`: every model over all its stored runs of one comparability key, with intervals. */
export async function benchLeaderboard(io: Io, options: BenchLeaderboardOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { mode, key: comparabilityKey } = options;
  const stateOf = await stateInLedger(io, options);
  const board = await withBenchResults(root, async (results) => {
    const runs = await results.runs();
    const ids = runs.map(({ run_id }) => run_id);
    const stored = { runs, models: await results.models(), retrieval: await results.retrieval(ids, mode) };
    return makeLeaderboard(stored, { mode, comparabilityKey, seed: SEED, stateOf });
  });
  if (options.report !== undefined) tellReport(io, options.report, renderLeaderboard(board));
  io.out(options.json === true ? JSON.stringify(board, null, 2) : tellBoard(board));
  return EXIT.accepted;
}

function tellBoard({ rows, comparability_key, mode, runs, left_out, other_keys }: BenchLeaderboard): string {
  const left = `left out: ${left_out.other_key} runs under another key, ${left_out.no_key} without a key, ${left_out.incomplete} without an end, ${left_out.no_items} models without questions`;
  const keys = other_keys.map((other) => `other key ${plain(other.comparability_key)}: ${other.runs} runs (--key)`);
  if (rows.length === 0) return ['no finished run with questions is stored', left, ...keys].join('\n');
  return [
    `comparability key ${plain(comparability_key ?? '')}, mode ${mode}, ${runs} runs`,
    '',
    textTable(
      [
        'model',
        'BT-29',
        'runs',
        'questions',
        'MRR',
        '95 %',
        'Hit@1',
        '95 %',
        'judge',
        'MDE MRR / Hit@1 (unpaired)',
        'budget flips',
        'PASS / FAIL / INCONCLUSIVE',
      ],
      rows.map((row) => [
        plain(row.model_id),
        row.bt29.text,
        String(row.run_ids.length),
        String(row.n),
        fourDecimals(row.mrr.mean),
        tellEnds(row.mrr.ci95),
        fourDecimals(row.hit_at_1.mean),
        tellEnds(row.hit_at_1.ci95),
        fourDecimals(row.judge_mean),
        `${fourDecimals(row.mde.mrr)} / ${fourDecimals(row.mde.hit_at_1)}`,
        String(row.budget_flips),
        `${row.verdicts.PASS} / ${row.verdicts.FAIL} / ${row.verdicts.INCONCLUSIVE}`,
      ]),
    ),
    'a question counts once, with its mean over the runs; intervals that overlap rank nothing',
    'budget flips = floor(0.02 x N)',
    '',
    left,
    ...keys,
  ].join('\n');
}

function tellEnds(interval: readonly [number, number] | null): string {
  return interval === null ? 'n/a' : `${fourDecimals(interval[0])} to ${fourDecimals(interval[1])}`;
}
