import { InvalidArgumentError, Option, type Command } from 'commander';
import type { EvalCompareOptions } from '../commands/eval-compare.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { numberFromZero, wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** The part of `lauter eval …` that puts arms side by side. */
export function addEvalCompare(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const command = evaluation
    .command('compare')
    .description(
      'puts modes, or runs, side by side on the same questions and says what is more than chance; 2 when they cannot be compared',
    );
  explained(
    placed(command)
      .addOption(new Option('--runs <list>', 'run ids or uids; the newest of each suite and mode unless stated').argParser(list))
      .addOption(new Option('--modes <list>', 'modes that are compared; all there are unless stated').argParser(list))
      .option('--suite <name>', 'one suite alone')
      .addOption(new Option('--metrics <list>', 'metrics that are compared; the usual ones of each suite unless stated').argParser(list))
      .option('--input <ledger>', 'ledger of evaluations; ledger/eval-results.jsonl of the workspace unless stated')
      .addOption(new Option('--seed <n>', 'of everything that is drawn').argParser(wholeNumber(0, 2 ** 32 - 1)).default(42))
      .addOption(new Option('--resamples <n>', 'of the bootstrap').argParser(wholeNumber(1, 1_000_000)).default(10_000))
      .addOption(
        new Option('--cluster-by <what>', 'draws questions together that share it: none, conversation, or a field of their rows').default(
          'none',
        ),
      )
      .addOption(new Option('--alpha <x>', 'level of the tests; intervals are those of 1 - alpha').argParser(level).default(0.05))
      .addOption(
        new Option('--margin <x>', 'says of each difference whether the second arm is no worse than the first by more than this').argParser(
          numberFromZero,
        ),
      )
      .option('--expectations <file>', 'what was expected before the runs; what became of it stands first')
      .option('--intersect', 'compares the questions that all arms have, and says how many were left out')
      .option('--glossary', 'explains the metrics below the tables')
      .option('--html <file>', 'page with charts; its data as JSON and CSV goes beside it')
      .option('--output <dir>', 'folder for README.md, comparison.json, the tables as CSV and the page')
      .addOption(new Option('--md', 'print Markdown; so it is unless stated').conflicts('json'))
      .option('--json', 'print the comparison as one JSON document'),
    'lauter eval compare --modes conservative,tokenmax --expectations expected.json --html comparison.html',
    'schema_version records grouped without_mode suites[{suite arms headline metrics n arm_metrics by_type outcomes cost questions}] comparisons[{suite metric arm_a arm_b n mean_a mean_b delta ci95 p_raw p_bonferroni p_holm m test discordant{b c} mde significant text}] smallest_p wins_losses expectations notices malformed_lines _meta{metric_glossary methodology footer}',
  ).action(async (options: EvalCompareOptions) => settle(await (await import('../commands/eval-compare.ts')).evalCompare(io, options)));
}

/** Takes names separated by commas, each once. */
function list(value: string): string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Expected names with commas between them.');
  if (new Set(names).size < names.length) throw new InvalidArgumentError('Expected each name once.');
  return names;
}

/** Takes a share between 0 and 1, without both ends: at 0 nothing is ever significant, at 1 everything. */
function level(value: string): number {
  const number = numberFromZero(value);
  if (number > 0 && number < 1) return number;
  throw new InvalidArgumentError('Expected a number between 0 and 1.');
}
