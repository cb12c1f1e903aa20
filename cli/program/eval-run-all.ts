import { InvalidArgumentError, Option, type Command } from 'commander';
import { SEARCH_MODES, SEARCH_STRATEGIES } from '../../schemas/vocabulary.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { knobValue } from '../search/knob-values.ts';
import type { RunAllOptions } from '../suites/run-all-options.ts';
import { countFromOne, listOf, numberFromZero, wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';
import { mayRepeat } from './refuse-repeats.ts';

const JSON_KEYS =
  'two lines: schema_version phase=estimate retrieval_usd answer_usd total_usd cells[{suite mode questions retrieval_usd answer_usd}]; schema_version phase=complete run_ids[] cells[{suite mode status run_id run_uid metrics{} cost_usd reason}] comparison_path';

/** `lauter eval run-all`: suites in every mode, side by side. */
export function addEvalRunAll(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const command = evaluation
    .command('run-all')
    .description('asks every suite in every mode and compares the modes; 2 when a cell was skipped, failed or ran out of budget');
  explained(
    placed(command)
      .addOption(
        new Option('--modes <list>', 'modes to compare')
          .argParser(distinct(listOf(SEARCH_MODES)))
          .default(SEARCH_MODES, SEARCH_MODES.join(',')),
      )
      .addOption(
        new Option('--suites <list>', 'longmemeval, replay, brainbench, or names that --dataset gives')
          .argParser(distinct(suiteNames))
          .default(['longmemeval', 'replay'], 'longmemeval,replay'),
      )
      .addOption(
        mayRepeat(
          new Option(
            '--dataset <suite=path>',
            'data of a suite: a file of LongMemEval, captured rows, judgments, or a folder in the form of BEIR; may be repeated',
          ).argParser(addDataset),
        ),
      )
      .addOption(new Option('--limit <n>', 'questions of each suite, drawn by the seed; all unless stated').argParser(countFromOne))
      .addOption(
        new Option('--seed <n>', 'of the questions that are drawn, and of intervals and tests')
          .argParser(wholeNumber(0, 2 ** 32 - 1))
          .default(42),
      )
      .addOption(new Option('--parallel <n>', 'cells at once, three at most').argParser(countFromOne).default(1))
      .addOption(
        new Option('--budget-usd-retrieval <usd>', 'most that embedding, expansion and reranking may cost')
          .argParser(numberFromZero)
          .default(5),
      )
      .addOption(new Option('--budget-usd-answer <usd>', 'most that answers and verdicts may cost').argParser(numberFromZero).default(20))
      .option('--answers', 'has the questions of LongMemEval answered by eval.reader and judged by eval.judge')
      .option('--expansion', 'adds other wordings of the query; needs a model')
      .option('--expectations <file>', 'what is expected of the modes, registered before; those that come with the program unless stated')
      .option('--output <dir>', 'folder for rows and comparison; reports/eval/<run> of the workspace unless stated')
      .option('--yes', 'begins even though an estimate is above its budget, and stops where the budget ends')
      .option('--collection <name>', 'collection of replay and of judgments without pages; search.collection of the config unless stated')
      .addOption(
        new Option('--retriever <name>', 'search engine: builtin, or an entry of search.retrievers in the config').default('builtin'),
      )
      .addOption(mayRepeat(new Option('--set <knob=value>', 'one knob, in every mode; may be repeated').argParser(knobValue)))
      .addOption(new Option('--strategy <strategy>', 'arms: all that there are, words alone, or vectors alone').choices(SEARCH_STRATEGIES))
      .option('--keyword-only', 'the same as --strategy keyword')
      .option('--allow-degraded', 'accepts questions that were searched without a stage that was asked for')
      .option('--keep-server', 'leave the Temporal server running afterwards')
      .option('--json', 'print the estimate and the end as one JSON line each'),
    'lauter eval run-all --suites longmemeval,cranfield --dataset longmemeval=longmemeval_s.json --dataset cranfield=cranfield/ --limit 100',
    JSON_KEYS,
  ).action(async (options: RunAllOptions) => settle(await (await import('../commands/eval-run-all.ts')).evalRunAll(io, options)));
}

/** A name that is safe in paths and ids. */
const SUITE = /^[a-z0-9][a-z0-9._-]{0,63}$/;

function suiteNames(value: string): string[] {
  return value.split(',').map((item) => {
    const name = item.trim();
    if (SUITE.test(name)) return name;
    throw new InvalidArgumentError(
      'Expected a list of suites: lower-case letters, digits, dots, hyphens and underscores, a letter or digit first.',
    );
  });
}

function distinct<Word>(parse: (value: string) => readonly Word[]): (value: string) => Word[] {
  return (value) => [...new Set(parse(value))];
}

function addDataset(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, suite = '', path = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (!SUITE.test(suite) || path === '') throw new InvalidArgumentError('Expected SUITE=PATH.');
  if (Object.hasOwn(before, suite)) throw new InvalidArgumentError(`${suite} is given twice.`);
  return { ...before, [suite]: path };
}
