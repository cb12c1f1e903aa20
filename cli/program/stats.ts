import { Argument, Option, type Command } from 'commander';
import type { StatsBootstrapOptions } from '../commands/stats-bootstrap.ts';
import type { StatsMdeOptions } from '../commands/stats-mde.ts';
import type { StatsRboOptions } from '../commands/stats-rbo.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';
import { countFromOne, numberFromZero, shareInside, wholeNumber } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';

/** Counts above are no questions that anybody asked. */
const MOST = 100_000_000;
const count = wholeNumber(0, MOST);

const asJson = () => new Option('--json', 'print it as one JSON document');
const alpha = () => new Option('--alpha <level>', 'of the test; intervals are those of 1 - alpha').argParser(shareInside).default(0.05);

/** `lauter stats …`: the tests and intervals of every report, for people who have the counts. */
export function addStats(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const stats = program.command('stats').description('tests and intervals for counts and scores, as reports compute them');
  explained(
    withGlossary(stats.command('mcnemar'))
      .description("McNemar's exact test of two arms that were right or wrong on the same questions")
      .addArgument(new Argument('<b>', 'questions that B alone got right').argParser(count))
      .addArgument(new Argument('<c>', 'questions that A alone got right').argParser(count))
      .addOption(asJson()),
    'lauter stats mcnemar 21 30',
    'schema_version b c n p',
  ).action(async (b: number, c: number, options: GlossaryChoice & { json?: boolean }) =>
    settle((await import('../commands/stats-mcnemar.ts')).statsMcnemar(io, b, c, options)),
  );
  explained(
    withGlossary(stats.command('wilson'))
      .description('a proportion with its Wilson score interval, 95 %')
      .addArgument(new Argument('<k>', 'how many of them').argParser(count))
      .addArgument(new Argument('<n>', 'of how many').argParser(count))
      .addOption(asJson()),
    'lauter stats wilson 12 50',
    'schema_version k n point lower upper note',
  ).action(async (k: number, n: number, options: GlossaryChoice & { json?: boolean }) =>
    settle((await import('../commands/stats-wilson.ts')).statsWilson(io, k, n, options)),
  );
  addBootstrap(stats, io, settle);
  explained(
    withGlossary(stats.command('mde'))
      .description('smallest mean difference that so many questions find with power 0.80')
      .addOption(new Option('--sd <s>', 'standard deviation of the differences').argParser(numberFromZero))
      .addOption(new Option('--n <questions>', 'how many questions').argParser(countFromOne))
      .addOption(new Option('--file <file>', 'take both from scores, in a form that `stats bootstrap` reads'))
      .addOption(new Option('--comparisons <m>', 'how many comparisons the report holds').argParser(countFromOne).default(1))
      .addOption(alpha())
      .addOption(asJson()),
    'lauter stats mde --sd 0.4 --n 500 --comparisons 12',
    'schema_version mde sd n comparisons alpha power',
  ).action(async (options: StatsMdeOptions) => settle((await import('../commands/stats-mde.ts')).statsMde(io, options)));
  explained(
    withGlossary(stats.command('rbo'))
      .description('rank-biased overlap of two lists of keys: one a line, or a JSON list')
      .argument('<list-a>')
      .argument('<list-b>')
      .addOption(new Option('--p <share>', 'persistence: how likely a reader goes on to the next rank').argParser(shareInside).default(0.9))
      .addOption(asJson()),
    'lauter stats rbo before.txt after.txt',
    'schema_version rbo jaccard p n_a n_b',
  ).action(async (a: string, b: string, options: StatsRboOptions) =>
    settle((await import('../commands/stats-rbo.ts')).statsRbo(io, a, b, options)),
  );
}

function addBootstrap(stats: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    withGlossary(stats.command('bootstrap'))
      .description('paired bootstrap of scores: one difference a line, or columns a and b as CSV or JSON lines')
      .argument('<file>')
      .addOption(new Option('--seed <n>', 'of the resamples').argParser(wholeNumber(0, 0xffff_ffff)).default(42))
      .addOption(new Option('--resamples <n>', 'how many').argParser(wholeNumber(100, 1_000_000)).default(10_000))
      .addOption(alpha())
      .addOption(new Option('--margin <x>', 'also tell whether B falls behind A by less than this').argParser(numberFromZero))
      .option(
        '--cluster-by <field>',
        'draw questions together that share a value of this column; conversation: of the column cluster',
        'none',
      )
      .option('--suite <name>', 'with the next three: names the stream of chance, so that a row of a report comes out again', 'stats')
      .option('--metric <name>', 'what was measured', 'difference')
      .option('--arm-a <name>', 'what A is called', 'a')
      .option('--arm-b <name>', 'what B is called', 'b')
      .addOption(asJson()),
    'lauter stats bootstrap scores.csv --margin 0.02 --cluster-by conversation',
    'schema_version n mean lower upper p smallest_p seed resamples alpha margin stream comparison{suite metric arm_a arm_b n mean_a mean_b delta ci95 p_raw p_bonferroni p_holm m test discordant mde clusters non_inferior significant text}',
  ).action(async (file: string, options: StatsBootstrapOptions) =>
    settle((await import('../commands/stats-bootstrap.ts')).statsBootstrap(io, file, options)),
  );
}
