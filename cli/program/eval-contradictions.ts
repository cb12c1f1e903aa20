import { Option, type Command } from 'commander';
import { PAIR_SAMPLINGS, RESOLUTION_KINDS, SEVERITIES } from '../../schemas/vocabulary.ts';
import type { ContradictionsReviewOptions } from '../commands/eval-contradictions-review.ts';
import type { ContradictionsRunOptions } from '../commands/eval-contradictions-run.ts';
import type { ContradictionsTrendOptions } from '../commands/eval-contradictions-trend.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { searching } from '../search/search-options.ts';
import { countFromOne, duration, numberFromZero } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter eval contradictions …`: what a collection says against itself, as a judge sees it. */
export function addEvalContradictions(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const group = evaluation
    .command('contradictions')
    .description('what a collection says against itself: pairs of passages that searches bring, put to a judge; `run` unless stated');
  addRun(group.command('run', { isDefault: true }), io, settle);
  addTrend(group.command('trend'), io, settle);
  addReview(group.command('review'), io, settle);
}

const RUN_KEYS =
  'schema_version run_status run_id judge_model prompt_version truncation_policy top_k sampling queries_evaluated queries_with_contradiction queries_with_any_finding total_contradictions_flagged verdict_breakdown{} calibration{queries_total queries_judged_clean queries_with_contradiction wilson_ci_95 small_sample_note} headline judge_errors{} cost_usd{judge embedding total estimate_note} cache{hits misses hit_rate} duration_ms source_tier_breakdown{} per_query[{query state result_count contradictions[] pairs_skipped_by_date pairs_cache_hit pairs_judged pairs_errored}] hot_pages[] entities gold queries_not_evaluated queries_errored queries_judge_failed malformed_queries prompt_hash judge_snapshot usage dataset started_at finished_at notices _meta';

function addRun(command: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    searching(placed(withGlossary(command)))
      .description('searches queries and has pairs of what they bring judged: 2 when the cap ends it early, or the judge gave no verdict')
      .option('--queries-file <file>', 'one query on each line, as it is or as {"query":"…"}')
      .option('--query <text>', 'this one')
      .option('--from-capture', 'queries that were searched and captured, the last first')
      .option('--entities', 'also pairs of the whole collection that speak of one thing; needs no query')
      .addOption(new Option('--max-pairs <n>', 'most pairs of --entities').argParser(countFromOne).default(200))
      .option('--collection <name>', 'what is searched; search.collection of the config unless stated')
      .addOption(new Option('--top-k <n>', 'passages of a query that are paired').argParser(countFromOne).default(5))
      .option('--judge <model>', 'model that judges, on the server of eval.judge; eval.judge.model unless stated')
      .addOption(new Option('--limit <n>', 'the first so many queries; all unless stated').argParser(countFromOne))
      .addOption(
        new Option(
          '--budget-usd <n>',
          'most that all calls may cost, in US dollars; what cost.per_command_usd says of "eval contradictions" unless stated, else 5 at a terminal and 1 elsewhere',
        ).argParser(numberFromZero),
      )
      .addOption(
        new Option('--max-pair-chars <n>', 'characters of each text that the judge is shown').argParser(countFromOne).default(1_500),
      )
      .addOption(new Option('--sampling <order>', 'which pairs are judged first').choices(PAIR_SAMPLINGS).default('deterministic'))
      .addOption(new Option('--no-cache', 'neither takes verdicts of before nor keeps any'))
      .option('--refresh-cache', 'takes no verdicts of before, and keeps the new ones')
      .option('--gold <file>', 'pairs that people labelled, as JSON lines: precision and recall of the judge on them')
      .option('--yes', 'do not ask when the estimate is above the cap; the run stops there all the same')
      .option('--output <file>', 'write the same JSON document to a file, too')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--keep-server', 'leave the Temporal server running afterwards')
      .option('--json', 'print it as one JSON document'),
    'lauter eval contradictions --queries-file queries.txt --collection notes --top-k 5',
    RUN_KEYS,
  ).action(async (options: ContradictionsRunOptions) =>
    settle(await (await import('../commands/eval-contradictions-run.ts')).evalContradictionsRun(io, options)),
  );
}

function addTrend(command: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(withGlossary(command))
      .description('what runs of the last days came to, with a bar for each that did not fail')
      .addOption(new Option('--days <n>', 'how far back').argParser(countFromOne).default(30))
      .option('--json', 'print the rows as one JSON document'),
    'lauter eval contradictions trend --days 90',
    'schema_version days rows[{run_id ran_at run_status queries_evaluated queries_with_contradiction wilson_ci_lower wilson_ci_upper judge_errors_total cost_usd_total cache source_tier_breakdown report …}] _meta',
  ).action(async (options: ContradictionsTrendOptions) =>
    settle(await (await import('../commands/eval-contradictions-trend.ts')).evalContradictionsTrend(io, options)),
  );
}

function addReview(command: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(command)
      .description('findings of the last run that did not fail, or a decision about one; no page is ever edited')
      .addOption(new Option('--severity <severity>', 'only findings of this severity').choices(SEVERITIES))
      .addOption(new Option('--since <duration>', 'a run of the last 12h, 7d …; 90d unless stated').argParser(duration))
      .option('--resolve <finding>', 'note a decision about the finding of this id')
      .addOption(new Option('--as <kind>', 'what is to be done about it').choices(RESOLUTION_KINDS))
      .addOption(new Option('--keep <end>', 'the text that holds').choices(['a', 'b']))
      .option('--page <key>', 'page that the decision is about, as source::slug')
      .addOption(new Option('--row <n>', 'number of the take on that page').argParser(countFromOne))
      .option('--note <text>', 'why')
      .option('--json', 'print it as one JSON document'),
    'lauter eval contradictions review --severity high',
    'schema_version run_id ran_at findings[{finding_id … decision}]; with --resolve: the decision (contradiction-decision/1) as it stands in the ledger',
  ).action(async (options: ContradictionsReviewOptions) =>
    settle(await (await import('../commands/eval-contradictions-review.ts')).evalContradictionsReview(io, options)),
  );
}
