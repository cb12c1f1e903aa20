import { Option, type Command } from 'commander';
import { BENCH_MODES } from '../../schemas/vocabulary.ts';
import type { BenchCompareOptions } from '../commands/bench-compare.ts';
import type { BenchImportOptions } from '../commands/bench-import.ts';
import type { BenchLeaderboardOptions } from '../commands/bench-leaderboard.ts';
import type { BenchSummaryOptions } from '../commands/bench-summary.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** The part of `lauter bench …` that keeps, shows and compares what runs came to. */
export function addBenchResults(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(bench.command('import [files...]').description('stores run files in the result tables; a run that is there already is skipped'))
      .option('--all', 'every run file of the workspace')
      .option('--force', 'replace runs that are there already')
      .option('--json', 'print what became of each file (bench-import/1) as one JSON document'),
    'lauter bench import results/bt29/r1.jsonl results/bt29/r2.jsonl',
    'files[{path run_id outcome reason removed_partial rows counts{records malformed_lines skipped_rows unknown_records replaced_summaries replaced_attempts}}]',
  ).action(async (files: string[], options: BenchImportOptions) =>
    settle(await (await import('../commands/bench-import.ts')).benchImport(io, files, options)),
  );
  explained(
    placed(
      bench
        .command('summary [file]')
        .description(
          'what one run says about its models, and what the trust ledger says about them; the newest stored run unless a file is named',
        ),
    )
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the summary (bench-summary/1) as one JSON document'),
    'lauter bench summary results/bt29/r1.jsonl --report reports/r1',
    'run_id path sha256 started_at finished_at comparability{status key} headline_mode end_reason exit_code paused_seconds interruptions models[{model_id card_digest verdict bt29{state text seq date} gates modes per_source judge budget_flips call_errors errors}] warnings',
  ).action(async (file: string | undefined, options: BenchSummaryOptions) =>
    settle(await (await import('../commands/bench-summary.ts')).benchSummary(io, file, options)),
  );
  explained(
    placed(
      bench
        .command('compare <a> <b>')
        .description(
          'two run files or ids of stored runs, or two models of one, question by question: B minus A with 95 % intervals; 2 when they are not comparable',
        ),
    )
      .addOption(modeOption())
      .option('--model-a <id>', 'model of the first file, where it has several')
      .option('--model-b <id>', 'model of the second file, where it has several')
      .addOption(new Option('--seed <number>', 'of the bootstrap').argParser(wholeNumber(0, 2 ** 32 - 1)).default(42))
      .addOption(new Option('--resamples <number>', 'of the bootstrap').argParser(wholeNumber(100, 1_000_000)).default(10_000))
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the comparison (bench-comparison/1) as one JSON document'),
    'lauter bench compare before.jsonl after.jsonl --report reports/comparison',
    'mode a{model_id run_id verdict bt29} b comparability{status key differences} metrics[{metric n mean_a mean_b difference ci95 p sign{gains losses p} mde is_distinguishable}] flips{hit_at_1 rank items} per_source warnings',
  ).action(async (a: string, b: string, options: BenchCompareOptions) =>
    settle(await (await import('../commands/bench-compare.ts')).benchCompare(io, a, b, options)),
  );
  explained(
    placed(bench.command('leaderboard').description('every model over all its stored runs of one comparability key, with intervals'))
      .addOption(modeOption())
      .option('--key <hash>', 'comparability key; that of the newest finished run unless stated')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the leaderboard (bench-leaderboard/1) as one JSON document'),
    'lauter bench leaderboard --mode hybrid',
    'mode comparability_key runs rows[{model_id card_digest run_ids verdicts n mrr{mean ci95} hit_at_1 hit_at_10 ndcg_at_10 judge_mean mde bt29}] left_out other_keys',
  ).action(async (options: BenchLeaderboardOptions) =>
    settle(await (await import('../commands/bench-leaderboard.ts')).benchLeaderboard(io, options)),
  );
}

function modeOption(): Option {
  return new Option('--mode <mode>', 'retrieval mode').choices(BENCH_MODES).default('hybrid');
}
