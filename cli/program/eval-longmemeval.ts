import { InvalidArgumentError, Option, type Command } from 'commander';
import { READER_MODES } from '../../schemas/vocabulary.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { LongMemEvalOptions } from '../longmemeval/longmemeval-settings.ts';
import { searchingInDetail } from '../search/search-options.ts';
import { numberFromZero, rate, wholeNumber } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const MOST = 1_000_000;

const JSON_KEYS =
  'schema_version run_id figure verdict reasons[] dataset{name sha256 questions} retriever strategy mode top_k rows reused outcomes{} degraded{} recall{all_types by_type[] abstention}{type rows errors at[{k all any fraction}]} qa_accuracy floor breaches[] summary{} usage{} cost{estimated_usd settled_usd cap_usd price_table} notices[] output hypotheses[] (without --output) started_at finished_at code{} _meta{metric_glossary unknown_metrics footer}';

/** `lauter eval longmemeval`: the public benchmark of long-term memory. */
export function addEvalLongMemEval(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const command = evaluation
    .command('longmemeval <dataset>')
    .description(
      "LongMemEval, each question in a collection of its own sessions: 1 below a floor, 2 when the run says nothing. LongMemEval's own scorer reads the file that --output names, as long as it was written without --by-type",
    );
  explained(
    searchingInDetail(placed(withGlossary(command)))
      .addOption(new Option('--limit <n>', 'the first so many questions; all unless stated').argParser(wholeNumber(1, MOST)))
      .option('--question-ids <file>', 'only these questions: a JSON array of ids, or one on each line')
      .option('--retrieval-only', 'no answers: no model is asked anything')
      .addOption(new Option('--top-k <k>', 'passages that are retrieved').argParser(wholeNumber(1, MOST)).default(10))
      .addOption(new Option('--session-k <list>', 'depths of recall, in distinct sessions').argParser(depths).default([1, 5, 10], '1,5,10'))
      .option('--model <id>', 'model that answers; eval.reader.model unless stated')
      .addOption(new Option('--reader-mode <mode>', 'answers at once, or after notes').choices(READER_MODES).default('direct'))
      .addOption(new Option('--reader-max-tokens <n>', 'of an answer').argParser(wholeNumber(1, MOST)).default(512))
      .option('--judge', 'have the answers judged by eval.judge')
      .option('--judge-model <id>', 'model that judges; implies --judge')
      .addOption(
        new Option(
          '--max-usd <n>',
          'most that all calls may cost, in US dollars; what cost.per_command_usd says of "eval longmemeval" unless stated, else 5',
        ).argParser(numberFromZero),
      )
      .option('--yes', 'do not ask when the estimate is above the cap; the run stops there all the same')
      .option('--output <file>', 'where the rows go, one JSON line for each question; stdout unless stated')
      .option('--resume-from <file>', 'go on with a hypothesis file; may be that of --output')
      .option('--by-type', 'recall by kind of question; the summary becomes the last line of the file')
      .addOption(new Option('--by-type-floor <rate>', 'least recall of each kind of question; implies --by-type').argParser(rate))
      .addOption(
        new Option('--by-type-floor-metric <metric>', 'what the floor is for').choices(['recall_all', 'recall_any']).default('recall_all'),
      )
      .option('--include-abstention', 'also tell recall of questions that cannot be answered, apart from the others')
      .option('--allow-degraded', 'accept questions that were searched without the vectors or the reranker that were asked for')
      .option('--allow-mixed-run-config', 'go on with a file that was made with other settings')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--keep-server', 'leave the Temporal server running afterwards')
      .option('--json', 'print how it did as one JSON document'),
    'lauter eval longmemeval longmemeval_s.json --retrieval-only --keyword-only --by-type --output rows.jsonl',
    JSON_KEYS,
  ).action(async (dataset: string, options: LongMemEvalOptions) =>
    settle(await (await import('../commands/eval-longmemeval.ts')).evalLongMemEval(io, dataset, options)),
  );
}

function depths(value: string): number[] {
  const parse = wholeNumber(1, MOST);
  try {
    return value.split(',').map((item) => parse(item.trim()));
  } catch {
    throw new InvalidArgumentError(`Expected whole numbers from 1 to ${MOST}, separated by commas.`);
  }
}
