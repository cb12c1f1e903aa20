import { Option, type Command } from 'commander';
import type { DeterminismOptions } from '../commands/bench-determinism.ts';
import { DEFAULT_BUDGETS } from '../../domain/determinism/index.ts';
import { BENCH_MODES } from '../../schemas/vocabulary.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { numberFromZero } from './arguments.ts';
import { addBenchCorpus } from './bench-corpus.ts';
import { addBenchLedger } from './bench-ledger.ts';
import { addBenchPause } from './bench-pause.ts';
import { addBenchQa } from './bench-qa.ts';
import { addBenchResults } from './bench-results.ts';
import { addBenchRun } from './bench-run.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter bench …`: measures models on a frozen corpus, and proves that the measure holds. */
export function addBench(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const bench = program.command('bench').description('measure models on a frozen corpus, and prove that the measure holds');
  addBenchCorpus(bench, io, settle);
  addBenchQa(bench, io, settle);
  addBenchRun(bench, io, settle);
  addDeterminism(bench, io, settle);
  addBenchLedger(bench, io, settle);
  addBenchResults(bench, io, settle);
  addBenchPause(bench, io, settle);
}

function addDeterminism(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  const budget = (flags: string, of: string, value: number): Option =>
    new Option(flags, `how far ${of} may lie apart over all runs, inclusive`).argParser(numberFromZero).default(value);
  explained(
    placed(bench.command('determinism <files...>'))
      .description(
        'whether each model came to the same in all runs, from two or more run files alone: 1 when one did not, 2 when runs are not comparable',
      )
      .addOption(new Option('--mode <mode>', 'retrieval mode that is judged').choices(BENCH_MODES).default('hybrid'))
      .addOption(budget('--mrr-budget <number>', 'MRR', DEFAULT_BUDGETS.mrr))
      .addOption(budget('--hit-at-1-budget <number>', 'Hit@1', DEFAULT_BUDGETS.hit_at_1))
      .addOption(budget('--judge-budget <number>', 'judge-mean', DEFAULT_BUDGETS.judge_mean))
      .option('--report <dir>', 'folder to write determinism.md, determinism.json and determinism.html to')
      .option('--record', 'append the verdict to the trust ledger, where three runs of one whole key allow it')
      .option('--json', 'print the verdict (lauter.determinism/1) as one JSON document in place of Markdown'),
    'lauter bench determinism r1.jsonl r2.jsonl r3.jsonl --report reports/bt29',
    'mode budgets tolerance required_runs runs[{run_id path sha256}] comparability{status key differences} models[{model_id n_runs mrr hit_at_1 judge_mean scored_count verdict reasons mde flips pass_all_runs causes bt29 warnings}] not_compared overall bt29{established claim reason} warnings exit_code',
  ).action(async (files: string[], options: DeterminismOptions) =>
    settle(await (await import('../commands/bench-determinism.ts')).benchDeterminism(io, files, options)),
  );
}
