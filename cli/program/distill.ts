import { QUERY_FORMATS } from '../query-output/query-formats.ts';
import { Option, type Command } from 'commander';
import type { AcceptanceCommandOptions } from '../commands/distill-acceptance.ts';
import type { AuditFullOptions } from '../commands/distill-audit-full.ts';
import type { QuarantineOptions } from '../commands/distill-quarantine.ts';
import type { QueryOptions } from '../commands/distill-query.ts';
import type { ReceiptsOptions } from '../commands/distill-receipts.ts';
import type { ReviewOptions } from '../commands/distill-review.ts';
import type { RunAllOptions } from '../commands/distill-run-all.ts';
import type { ScoreOptions } from '../commands/distill-stages.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { QUARANTINE_PLACES } from '../../schemas/quarantine-listing.ts';
import { EXPORT_FORMATS, EXPORT_FORMS } from '../../schemas/vocabulary.ts';
import { listOf, wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const CHAIN_KEYS = 'run_id closes broken{stage,detail} receipts[{stage inputs outputs counts versions validation digest previous}]';
const MOST = Number.MAX_SAFE_INTEGER;

/** `lauter distill …`: traces in, gated training data out, and every question about it. */
export function addDistill(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const distill = program.command('distill').description('traces → gated training data');
  addRuns(distill, io, settle);
  addQuestions(distill, io, settle);
  addProofs(distill, io, settle);
}

function addRuns(distill: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    exporting(
      running(distill.command('run-all [paths...]').description('refine traces end to end: materialize, score, export, receipts, audit')),
    ).option('--json', 'print the run summary (run-summary/1) as one JSON document'),
    'lauter distill run-all ./traces --json > summary.json',
    'run_id verdict reasons warnings workflow_id stages sources categories exports quarantined redactions drift paths',
  ).action(async (paths: string[], options: RunAllOptions) =>
    settle(await (await import('../commands/distill-run-all.ts')).distillRunAll(io, paths, options)),
  );
  explained(
    running(distill.command('materialize [paths...]').description('only read and normalize: the run stops after its first stage')).option(
      '--json',
      'print the receipts (receipt-chain/1) as one JSON document',
    ),
    'lauter distill materialize ./traces',
    CHAIN_KEYS,
  ).action(async (paths: string[], options: RunAllOptions) =>
    settle(await (await import('../commands/distill-run-all.ts')).distillRunAll(io, paths, options, 'materialize')),
  );
  explained(
    running(distill.command('score [paths...]').description('run up to scoring, or explain the score of one record'))
      .option('--explain <id>', 'tell which rule decided about this record; any beginning of its id that no other shares')
      .option('--json', 'print the receipts (receipt-chain/1), or the explanation (score-explanation/1), as one JSON document'),
    'lauter distill score --explain 67dfec63',
    `${CHAIN_KEYS}\nKeys of --explain --json: evidence_id source adapter source_file locator line_offset model task{key,text} category rule when values[{reason,value}] passed_over[{rule,when}] scorer_version would_now_be{rule,category}`,
  ).action(async (paths: string[], options: ScoreOptions) =>
    settle(await (await import('../commands/distill-stages.ts')).distillScore(io, paths, options)),
  );
  explained(
    exporting(
      running(
        distill
          .command('export [set] [paths...]')
          .description('run up to the export; SET (rag, sft, preference or all) says whose files are shown'),
      ),
    ).option('--json', 'print the receipts (receipt-chain/1) as one JSON document'),
    'lauter distill export sft --include-partial --as trl,openai',
    CHAIN_KEYS,
  ).action(async (set: string | undefined, paths: string[], options: RunAllOptions) =>
    settle(await (await import('../commands/distill-stages.ts')).distillExport(io, set, paths, options)),
  );
}

function exporting(command: Command): Command {
  return command
    .option('--include-partial', 'let partially accepted rows into SFT')
    .option('--format <list>', `files each set is written as: ${EXPORT_FORMATS.join(', ')}`, listOf(EXPORT_FORMATS))
    .option(
      '--as <list>',
      'forms that trainers ask for: openai, trl, sharegpt for SFT, openai, trl, unpaired for preference',
      listOf(EXPORT_FORMS),
    )
    .option('--require-license', 'refuse sources without a license in the config');
}

function running(command: Command): Command {
  return placed(command)
    .option('--skip-unknown', 'go on without files of no known format')
    .option('--keep-server', 'leave the embedded Temporal server running');
}

function addProofs(distill: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    distill
      .command('acceptance')
      .description('run the pipeline over the committed fixture in a temporary folder and check its 22 invariants: 1 unless all hold')
      .option('--html <file>', 'write the report as a page, too')
      .option('--keep', 'keep the folder with the runs and name it')
      .option('--json', 'print the report (acceptance-report/1) as one JSON document'),
    'lauter distill acceptance --html acceptance.html',
    'verdict passed total invariants[{number,name,passed,expected,found,where}] code_version started_at duration_ms fixture{sources,files,records,secrets} kept',
  ).action(async (options: AcceptanceCommandOptions) =>
    settle(await (await import('../commands/distill-acceptance.ts')).distillAcceptance(io, options)),
  );
}

function addQuestions(distill: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(
      distill
        .command('query <sql>')
        .description('read-only SQL over sources, evidence, scored, rag, sft, preference, quarantine, receipts, baselines, replays'),
    )
      .addOption(new Option('--format <format>', 'what to print').choices(QUERY_FORMATS).default('table'))
      .addOption(new Option('--json', 'the same as --format json: one JSON array with an object for each row').implies({ format: 'json' }))
      .option('--out <file>', 'write into a file instead; needed for parquet')
      .option('--run <id>', 'the data of this run instead of the current one')
      .option('--all', 'every row of a table, not only the first 1,000')
      .option('--timeout-s <seconds>', 'seconds that the query may work', wholeNumber(1, 86_400), 300)
      .option('--memory-mb <megabytes>', 'memory that the query may use', wholeNumber(64, 1 << 20), 1024),
    `lauter distill query "SELECT category, count(*) AS rows FROM scored GROUP BY category"`,
    'those of the query; an array of one object for each row',
  ).action(async (sql: string, options: QueryOptions) =>
    settle(await (await import('../commands/distill-query.ts')).distillQuery(io, sql, options)),
  );
  explained(
    placed(
      distill.command('receipts').description('the receipts of a run, stage by stage, and whether their chain closes: 1 when it does not'),
    )
      .option('--run-id <id>', 'this run instead of the newest')
      .option('--verify', 'compute every digest on disk again and name the first link that does not hold: 1 when one does not')
      .option('--json', 'print them (receipt-chain/1), or the verification (receipts-verification/1), as one JSON document'),
    'lauter distill receipts --verify',
    `${CHAIN_KEYS}\nKeys of --verify --json: run_id holds checked{links files bytes rows} first{link,stage,path,expected,found,remedy} faults`,
  ).action(async (options: ReceiptsOptions) =>
    settle(await (await import('../commands/distill-receipts.ts')).distillReceipts(io, options)),
  );
  explained(
    placed(
      distill
        .command('audit-full')
        .description('sixteen required checks of what is on disk, and the baseline they leave: 1 when one fails'),
    )
      .option('--html <file>', 'write the report as a page, with its tables beside it; reports/audit/ of the workspace always has one')
      .option('--md <file>', 'write the report as Markdown')
      .option('--json', 'print the report (audit-report/1) as one JSON document'),
    'lauter distill audit-full --md audit.md',
    'run_id recorded_at verdict passed checks[{number,name,proves,state,looked_at,findings[{where,expected,found}],findings_total,warnings,remedy}] unprovable{latest older} metrics drift{against,severity,reason,metrics[{metric,old,new,change,low,high,severity,reason}]} baseline baselines paths',
  ).action(async (options: AuditFullOptions) =>
    settle(await (await import('../commands/distill-audit-full.ts')).distillAuditFull(io, options)),
  );
  explained(
    placed(distill.command('quarantine').description('what did not make it, by reason'))
      .option('--reason <reason>', 'list the rows with this reason')
      .addOption(new Option('--set <set>', 'list the rows that did not enter this set').choices(QUARANTINE_PLACES))
      .option('--run-id <id>', 'this run instead of the current one')
      .option('--history [id]', 'the stays of each row through all runs; of one row with an evidence id, its beginning, or FILE:LINE')
      .option('--limit <rows>', 'rows that are listed at most', wholeNumber(0, MOST), 1_000)
      .option('--json', 'print it (quarantine-listing/1, quarantine-history/1) as one JSON document'),
    'lauter distill quarantine --reason unanswered_tool_call',
    `run_id asked{reason,set} total reasons[{set,reason,rows,sentence}] rows[{evidence_id,set,reason,detail,source_file,line_offset,sig_hash}] complete
Keys of --history --json: asked{id,reason,set} runs[{run_id,rows,missing}] total rows[{evidence_id,source_file,locator,line_offset,first_run,last_run,left_run,stays[{set,reason,detail,first_run,last_run,runs,left_run}]}] complete`,
  ).action(async (options: QuarantineOptions) =>
    settle(await (await import('../commands/distill-quarantine.ts')).distillQuarantine(io, options)),
  );
  explained(
    placed(distill.command('review').description('what waits for a human, or with --decide their verdicts on it'))
      .option('--decide <file>', 'take the verdicts of this file, JSON lines or CSV: evidence_id, verdict (yes, no, partial), by, note')
      .option('--source <name>', 'list the records of this source')
      .option('--rule <rule>', 'list the records that this rule sent here')
      .option('--limit <rows>', 'rows that are listed at most; 100 unless stated', wholeNumber(0, MOST))
      .option('--json', 'print it (review-listing/1, review-decision/1) as one JSON document'),
    'lauter distill review --decide verdicts.csv',
    `run_id asked{source,rule} total with_verdict groups[{rule,when,reasons,rows}] rows[{evidence_id,source,source_file,locator,line_offset,task,rule,reasons,outcome,signals,verdicts}] complete
Keys of --decide --json: file appended unchanged records by[{by,verdicts}] outlook[{category,becomes,rule,when,records}] next`,
  ).action(async (options: ReviewOptions) => settle(await (await import('../commands/distill-review.ts')).distillReview(io, options)));
}
