import { Option, type Command } from 'commander';
import type { EvalTrendOptions } from '../commands/eval-trend.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { countFromOne } from './arguments.ts';
import { withGlossary } from './glossary.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** The part of `lauter eval …` that looks back over the ledger. */
export function addEvalTrend(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  const command = evaluation
    .command('trend')
    .description('what suites came to from record to record of the ledger, with intervals and with what changed in between');
  explained(
    withGlossary(placed(command))
      .option('--suite <name>', 'only this suite')
      .option('--metric <name>', 'metric to follow; the headline of each record unless stated')
      .option('--mode <name>', 'only this mode')
      .addOption(new Option('--days <n>', 'only records of so many days back').argParser(countFromOne))
      .option('--input <ledger>', 'ledger to read; that of the workspace unless stated')
      .option('--report <dir>', 'folder for the same as HTML, Markdown, JSON and CSV')
      .option('--json', 'print the trend as one JSON document'),
    'lauter eval trend --suite longmemeval --mode balanced --days 90',
    'schema_version days series[{suite mode metric points[{run_id run_uid ran_at status commit dataset_hash question_set_hash knob_hash corpus_hash value n ci95 method source changed starts_anew note}]}] notices malformed_lines _meta',
  ).action(async (options: EvalTrendOptions) => settle(await (await import('../commands/eval-trend.ts')).evalTrend(io, options)));
}
