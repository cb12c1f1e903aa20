import { Option, type Command } from 'commander';
import { CAPTURED_TOOLS } from '../../schemas/vocabulary.ts';
import type { EvalExportOptions } from '../commands/eval-export.ts';
import type { EvalPruneOptions } from '../commands/eval-prune.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { countFromOne, duration } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** The part of `lauter eval …` that gives captured searches out and removes them. */
export function addEvalCapture(evaluation: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(evaluation.command('export').description('captured searches as JSON lines on standard output, the last first'))
      .addOption(new Option('--since <duration>', 'only those of the last 45m, 12h, 30d …').argParser(duration))
      .addOption(new Option('--limit <rows>', 'how many at most, up to 100000').argParser(countFromOne).default(1_000))
      .addOption(new Option('--tool <name>', 'query: hybrid searches. search: keyword searches').choices(CAPTURED_TOOLS))
      .addOption(
        new Option('--before-id <id>', 'only rows with a lower id: how to go on where the last export ended').argParser(countFromOne),
      )
      .option('--json', 'changes nothing: the rows are JSON lines anyway'),
    'lauter eval export --since 7d > captured.ndjson',
    'schema_version id tool_name query retrieved_slugs retrieved_chunk_ids source_ids expand_enabled detail detail_resolved vector_enabled expansion_applied latency_ms remote job_id subagent_id created_at embedding_column retrieved_keys retrieved_scores limit mode knob_hash corpus_hash generation cache degraded scrub_counts',
  ).action(async (options: EvalExportOptions) => settle(await (await import('../commands/eval-export.ts')).evalExport(io, options)));
  explained(
    placed(evaluation.command('prune').description('removes captured searches that are older than a duration'))
      .addOption(new Option('--older-than <duration>', 'such as 90d; 0s removes all').argParser(duration).makeOptionMandatory())
      .option('--dry-run', 'remove nothing; print how many would go')
      .option('--json', 'print what was done as one JSON document'),
    'lauter eval prune --older-than 90d --dry-run',
    'schema_version dry_run cutoff count',
  ).action(async (options: EvalPruneOptions) => settle(await (await import('../commands/eval-prune.ts')).evalPrune(io, options)));
}
