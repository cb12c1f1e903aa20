import { InvalidArgumentError, Option, type Command } from 'commander';
import { ID_FORMS } from '../../domain/measures/index.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { QrelsOptions } from '../measures/qrels-options.ts';
import { searchingInDetail } from '../search/search-options.ts';
import { budgetOrNone, wholeNumber } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';
import { mayRepeat } from './refuse-repeats.ts';

const MOST = 100_000;

/** The part of `lauter eval …` that measures by judgments. */
export function addEvalQrels(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const command = evaluation
    .command('qrels')
    .description(
      'measures a search, or a TREC run, by what is known to be right; 1 when a floor is missed, 2 when the numbers do not count',
    );
  explained(
    searchingInDetail(placed(withGlossary(command)))
      .requiredOption('--qrels <file>', 'judgments: JSON, TREC (query iteration document grade) or BEIR (tab-separated with a header)')
      .option('--run <file>', 'a TREC run to measure instead of a search')
      .option('--collection <name>', 'collection to search; search.collection of the config unless stated')
      .option('--queries <file>', 'texts of the queries, where the judgments have none: BEIR JSON lines, or id and text with a tab between')
      .addOption(new Option('--k <n>', 'place that the usual measures look at').argParser(wholeNumber(1, MOST)).default(5))
      .addOption(
        new Option('--limit <n>', 'passages asked for; twice the deepest place, at least 10, unless stated').argParser(
          wholeNumber(1, MOST),
        ),
      )
      .addOption(new Option('--token-budget <n|none>', 'tokens that the passages of a query may have together').argParser(budgetOrNone))
      .option(
        '--metrics <list>',
        'measures, such as P@5,R@10,MRR,nDCG@10,MAP; @k is the place of --k, and names of trec_eval are understood',
      )
      .addOption(new Option('-l, --rel-level <n>', 'grade from which on a document is relevant').argParser(wholeNumber(1, MOST)).default(1))
      .addOption(new Option('-M, --max-docs <n>', 'documents that are looked at, of each query').argParser(wholeNumber(1, MOST)))
      .option('-c, --complete', 'every judged query counts, also without an answer; the rule unless --trec is given')
      .option('--intersection', 'only queries that both files have count; the rule of --trec')
      .option('--judged-only', 'takes documents without a judgment out of the rankings first')
      .addOption(new Option('--normalise-ids <form>', 'makes ids alike before they are compared').choices(ID_FORMS))
      .option('--trec', 'the measures, names and averages of trec_eval; a document twice in a ranking is an error')
      .option('--per-query', 'tells every query, too')
      .option(
        '--output <file>',
        'file for a JSON line of each query, with the rankings as a TREC run beside it (or the other way, for a name in .run)',
      )
      .option('--config-a <file>', 'knobs of side A as a JSON object; compared with --config-b, query by query')
      .option('--config-b <file>', 'knobs of side B')
      .addOption(mayRepeat(new Option('--floor <metric=value>', 'least value of a measure; may be repeated').argParser(addFloor)))
      .addOption(new Option('--seed <n>', 'of intervals and tests').argParser(wholeNumber(0, 2 ** 32 - 1)).default(42))
      .addOption(new Option('--resamples <n>', 'of the bootstrap').argParser(wholeNumber(100, 1_000_000)).default(10_000))
      .option('--allow-degraded', 'accepts searches that ran without a stage that was asked for')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the report as one JSON document'),
    'lauter eval qrels --collection notes --qrels notes.qrels.json --k 10 --floor R@10=0.7',
    'schema_version verdict num_q queries_missing queries_zero_relevant queries_unjudged metrics intervals outcomes floors refusals notes per_query[{query_id outcome metrics retrieved[{key score}]}] comparison{comparisons[{metric delta ci95 p_raw p_bonferroni p_holm text}]} meta _meta',
  ).action(async (options: QrelsOptions) => settle(await (await import('../commands/eval-qrels.ts')).evalQrels(io, options)));
}

function addFloor(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[^=]+=[^=]+$/.test(text)) throw new InvalidArgumentError('Expected METRIC=VALUE.');
  return [...before, text];
}
