import { Option, type Command } from 'commander';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PanelOptions } from '../panel/panel-options.ts';
import { numberFromZero, wholeNumber } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const MOST = 1_000_000;

const JSON_KEYS =
  'a receipt: schema_version cycle task output_sha8 slug timestamp dimensions[] slots[{id model ok error parsed{scores improvements[]} raw_sha256 raw_path snapshot preferences{}}] aggregate{verdict successes failures dimensions{name{mean min scores[] failReason}} overall topImprovements[] errors[] verdictMessage} adjusted{} receipt_path blinded swapped matched[] agreement{rows percent kappa[] alpha leniency{}} usage cost_usd prompt_hash; with --batch: schema_version kind timestamp total pass_count fail_count inconclusive_count error_count upstream_error_count malformed_count budget_skipped not_scored verdict est_cost_usd actual_cost_usd slots[] cycles_per_question concurrent input_sha256 agreement calibration adjusted per_question[{question_id verdict error final_aggregate adjusted_verdict receipts[]}]';

/** `lauter eval cross-modal`: a panel of judges over one output, or over a file of answers. */
export function addEvalCrossModal(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const command = evaluation
    .command('cross-modal')
    .description(
      'several models judge one output, or every answer of a file: 1 when they fail it, 2 when too few of them say anything or it could not be done',
    );
  explained(
    placed(withGlossary(command))
      .option('--task <text|file>', 'what the output was written for')
      .option('--output <file>', 'the output to judge; with --batch, where the summary goes')
      .option('--slug <name>', 'first part of the name of the receipts; that of the output unless stated')
      .option('--reference <file>', 'a right answer, which the judges see beside the output')
      .option('--swap', 'also has output and reference compared, in both positions; where that makes a difference it is a tie')
      .option('--receipt-dir <dir>', 'where receipts go; reports/panel of the workspace unless stated')
      .option('--batch <file>', 'JSON lines with question_id, question and hypothesis, such as `lauter eval longmemeval --output` writes')
      .addOption(new Option('--limit <n>', 'the first so many rows of the batch; 10 unless stated').argParser(wholeNumber(1, MOST)))
      .addOption(new Option('--concurrent <n>', 'questions in progress at once; 3 unless stated').argParser(wholeNumber(1, 1_000)))
      .option('--dimensions <list>', 'what is scored, such as goal,correctness; five dimensions unless stated')
      .addOption(
        new Option('--cycles <n>', 'how often all judges are asked, 1 to 3; 3 at a terminal, 1 otherwise and with --batch').argParser(
          wholeNumber(1, 3),
        ),
      )
      .option('--slot-a-model <id>', 'model of judge a; eval.panel.judges.a.model unless stated')
      .option('--slot-b-model <id>', 'model of judge b')
      .option('--slot-c-model <id>', 'model of judge c')
      .addOption(new Option('--max-tokens <n>', 'of a reply').argParser(wholeNumber(1, MOST)).default(4_000))
      .addOption(
        new Option(
          '--max-usd <n>',
          'most that all calls may cost, in US dollars; what cost.per_command_usd says of "eval cross-modal" unless stated, else 5',
        ).argParser(numberFromZero),
      )
      .option(
        '--calibration <file>',
        'JSON lines of outputs whose worth is known: tells how far each judge is off, and the verdict without that',
      )
      .option('--blind', 'takes names of models out of what is judged')
      .option('--yes', 'do not ask when the estimate is above the cap; the run stops there all the same')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--keep-server', 'leave the Temporal server running afterwards; a single output needs none')
      .option('--json', 'print the receipt that decides, or the summary, as one JSON document'),
    'lauter eval cross-modal --task "Describe the tides of the harbour." --output answer.md',
    JSON_KEYS,
  ).action(async (options: PanelOptions) => settle(await (await import('../commands/eval-cross-modal.ts')).evalCrossModal(io, options)));
}
