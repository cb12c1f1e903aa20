import { Option, type Command } from 'commander';
import { BENCH_MODES } from '../../schemas/vocabulary.ts';
import type { LedgerBestOptions } from '../commands/bench-ledger-best.ts';
import type { LedgerListOptions } from '../commands/bench-ledger-list.ts';
import type { LedgerVerifyOptions } from '../commands/bench-ledger-verify.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter bench ledger …`: which models were proved to measure the same three times in a row. */
export function addBenchLedger(bench: Command, io: Io, settle: (code: ExitCode) => void): void {
  const ledger = bench.command('ledger').description('the trust ledger: which models were proved to measure the same three times in a row');
  explained(
    placed(ledger.command('list', { isDefault: true }).description('every verdict, oldest first'))
      .option('--tsv', 'one line for each row, fields joined by " | "')
      .option('--report <dir>', 'folder for the history as HTML, Markdown, JSON and CSV')
      .addOption(new Option('--json', 'print the rows (trust-list/1) as one JSON document').conflicts('tsv')),
    'lauter bench ledger list --tsv',
    'rows[{seq recorded_at sweep_id model_id model_card_digest verdict claim reasons mode n_runs mrr_mean mrr_delta hit_at_1_mean hit_at_1_delta judge_mean judge_mean_delta comparability_key run_ids prev_hash row_hash}] models[{model_id model_card_digest comparability_key mode bt29}]',
  ).action(async (options: LedgerListOptions) =>
    settle(await (await import('../commands/bench-ledger-list.ts')).benchLedgerList(io, options)),
  );
  explained(
    placed(
      ledger
        .command('verify')
        .description('whether the ledger is what was written, row by row: 1 when it is not, naming the first bad row'),
    )
      .option('--expect-head <hash>', 'row_hash that the last row must have')
      .option('--json', 'print what was found (trust-verification/1) as one JSON document'),
    'lauter bench ledger verify',
    'holds rows row_hash is_torn fault{kind seq expected found remedy}',
  ).action(async (options: LedgerVerifyOptions) =>
    settle(await (await import('../commands/bench-ledger-verify.ts')).benchLedgerVerify(io, options)),
  );
  explained(
    placed(
      ledger
        .command('best')
        .description(
          'whether a model is better than the last other one that passed under the same key: 0 better, 1 not, 2 without a reference',
        ),
    )
      .option('--model <id>', 'the challenger, by all its stored runs; with --run, which model of the file')
      .option('--run <file>', 'the challenger, by one run file')
      .addOption(new Option('--mode <mode>', 'retrieval mode').choices(BENCH_MODES).default('hybrid'))
      .option('--json', 'print the answer (trust-best/1) as one JSON document'),
    'lauter bench ledger best --model "$MODEL"',
    'answer mode comparability_key challenger{model_id run_ids verdicts bt29} reference{model_id run_ids verdicts bt29 seq} n metrics{mrr hit_at_1}',
  ).action(async (options: LedgerBestOptions) =>
    settle(await (await import('../commands/bench-ledger-best.ts')).benchLedgerBest(io, options)),
  );
}
