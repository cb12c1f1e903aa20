import { Option, type Command } from 'commander';
import { DEFAULT_BUDGETS, RUNS_OF_BT29 } from '../../domain/determinism/index.ts';
import { BENCH_MODES } from '../../schemas/vocabulary.ts';
import { USUAL_MEASURES } from '../../worker/inputs/usual-measures.ts';
import type { BenchResumeOptions } from '../commands/bench-resume.ts';
import type { BenchRunOptions } from '../commands/bench-run.ts';
import type { BenchSweepOptions } from '../commands/bench-sweep.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { duration, numberFromZero, wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const RUN_JSON = 'run_id reason verdicts{} exit_code run_file detail';
const SWEEP_JSON = 'sweep_id overall run_ids[] ledger_seq exit_code detail';

/** `lauter bench run`, `sweep` and `resume`: measure models while production is paused. */
export function addBenchRun(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    measuring(placed(bench.command('run').description('one pass over each model, with production paused meanwhile: 1 when one is refused')))
      .requiredOption('--models <ids>', 'models to measure, separated by commas')
      .option('--allow-hash-mismatch <reason>', 'use questions that belong to another corpus; such a run never enters the ledger'),
    'lauter bench run --models qwen3-8b --corpus-version corpus-v2 --qa eval-qa-v1 --no-production',
    RUN_JSON,
  ).action(async (options: BenchRunOptions) => settle(await (await import('../commands/bench-run.ts')).benchRun(io, options)));
  explained(
    measuring(
      placed(bench.command('sweep').description('BT-29: runs of one model in a row, their verdict, and its row in the trust ledger')),
    )
      .requiredOption('--model <id>', 'the model to measure')
      .addOption(new Option('--runs <count>', 'runs in a row').argParser(wholeNumber(1, 100)).default(RUNS_OF_BT29))
      .addOption(budget('--mrr-budget <number>', 'MRR', DEFAULT_BUDGETS.mrr))
      .addOption(budget('--hit-at-1-budget <number>', 'Hit@1', DEFAULT_BUDGETS.hit_at_1))
      .addOption(budget('--judge-budget <number>', 'judge-mean', DEFAULT_BUDGETS.judge_mean))
      .option('--yes', 'do not ask before production is paused'),
    'lauter bench sweep --model qwen3-8b --corpus-version corpus-v2 --qa eval-qa-v1 --runs 3 --out results/bt29',
    SWEEP_JSON,
  ).action(async (options: BenchSweepOptions) => settle(await (await import('../commands/bench-sweep.ts')).benchSweep(io, options)));
  explained(
    placed(
      bench.command('resume [id]').description('go on with a run or sweep that was cut off or could not be done; the newest unless named'),
    )
      .option('--keep-server', 'leave the Temporal server running afterwards')
      .option('--json', 'print how it ended as one JSON document'),
    'lauter bench resume',
    `${SWEEP_JSON} (of a sweep), ${RUN_JSON} (of a run)`,
  ).action(async (id: string | undefined, options: BenchResumeOptions) =>
    settle(await (await import('../commands/bench-resume.ts')).benchResume(io, id, options)),
  );
}

function budget(flags: string, of: string, value: number): Option {
  return new Option(flags, `how far ${of} may lie apart over all runs, inclusive`).argParser(numberFromZero).default(value);
}

/** What runs and sweeps have in common. */
function measuring(command: Command): Command {
  return command
    .requiredOption('--corpus-version <label>', 'the frozen corpus')
    .option('--qa <fixture>', 'questions with known answers: a label of the workspace, or a path')
    .addOption(new Option('--mode <mode>', 'headline retrieval mode').choices(BENCH_MODES).default(USUAL_MEASURES.mode))
    .addOption(
      new Option('--temperature <number>', 'as it is deployed; the same in all runs')
        .argParser(numberFromZero)
        .default(USUAL_MEASURES.temperature),
    )
    .addOption(new Option('--top-p <number>', 'left to the server unless stated').argParser(numberFromZero))
    .addOption(new Option('--max-tokens <count>', 'left to the server unless stated').argParser(wholeNumber(1, 1_000_000)))
    .addOption(
      new Option('--min-scoreable <count>', 'questions that must be scoreable')
        .argParser(wholeNumber(0, 1_000_000))
        .default(USUAL_MEASURES.minScoreable),
    )
    .option('--base-url <url>', 'the inference server, OpenAI-compatible; bench.base_url unless stated')
    .option('--allow-remote-inference', 'let events be sent to another host than this one')
    .option('--production-url <url>', 'the system to pause; bench.production_url unless stated')
    .option('--no-production', 'say that there is no system to pause')
    .option('--embedding-model <id>', 'model that embeds outputs and questions; bench.embedding_model unless stated')
    .option('--judge-model <id>', 'model that scores a sample of the answers; bench.judge_model unless stated')
    .addOption(
      new Option('--call-timeout <duration>', 'longest a single call may take')
        .argParser(duration)
        .default(USUAL_MEASURES.callTimeout, '120s'),
    )
    .addOption(
      new Option('--max-pause <duration>', 'longest that production is paused in one run')
        .argParser(duration)
        .default(USUAL_MEASURES.maxPause, '45m'),
    )
    .addOption(
      new Option('--ttl <duration>', 'production is resumed when the pause is not renewed for so long')
        .argParser(duration)
        .default(USUAL_MEASURES.ttl, '120s'),
    )
    .addOption(
      new Option('--renew-every <duration>', 'how often the pause is renewed')
        .argParser(duration)
        .default(USUAL_MEASURES.renewEvery, '30s'),
    )
    .addOption(new Option('--max-failed-share <number>', 'share of failed calls that fails a model').argParser(numberFromZero))
    .option('--dry-run', 'stop after preflight')
    .option('--out <path>', 'also write the run file there (run), or r1.jsonl, r2.jsonl … and the report below it (sweep)')
    .option('--keep-server', 'leave the Temporal server running afterwards')
    .option('--json', 'print how it ended as one JSON document');
}
