import { Option, type Command } from 'commander';
import type { ReplayStudyOptions } from '../commands/replay-study.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { ArmsOptions } from '../replay/run-arms.ts';
import { explained } from './help.ts';
import { growingShares, wholeNumber } from './arguments.ts';
import { placed } from './placed.ts';
import { manyTasks, steered } from './replay-choices.ts';

/** As many arms as one history of the engine holds: some ten events each. */
const MOST_REPEATS = 30;
const MOST_SHARES = 10;

/** `lauter replay ab` and `lauter replay study`: tasks replayed in several ways that are compared. */
export function addArms(replay: Command, io: Io, settle: (code: ExitCode) => void): void {
  const ab = replay
    .command('ab')
    .description('replays every task of a file with playbooks and without, and compares the two: 2 when a task has no answer');
  explained(
    told(steered(manyTasks(placed(ab), 'replay ab')), 'replay-ab/1'),
    'lauter replay ab --tasks tasks.jsonl --retriever bm25 --report ab',
    AB_KEYS,
  ).action(async (options: ArmsOptions) => settle(await (await import('../commands/replay-ab.ts')).replayAbCommand(io, options)));
  const study = replay
    .command('study')
    .description('replays every task of a file again and again over more and more of the playbooks: do the answers agree?');
  explained(
    told(
      steered(manyTasks(placed(study), 'replay study'))
        .addOption(
          new Option('--repeat <n>', 'how often each task is replayed over each share').argParser(wholeNumber(2, MOST_REPEATS)).default(3),
        )
        .addOption(
          new Option('--shares <list>', 'parts of the playbooks, from few to all')
            .argParser(growingShares(MOST_SHARES))
            .default([0.25, 0.5, 1], '0.25,0.5,1'),
        ),
      'replay-study/1',
    ),
    'lauter replay study --tasks tasks.jsonl --repeat 5 --shares 0.25,0.5,1',
    STUDY_KEYS,
  ).action(async (options: ReplayStudyOptions) =>
    settle(await (await import('../commands/replay-study.ts')).replayStudyCommand(io, options)),
  );
}

/** How the report is shown. */
function told(command: Command, schema: string): Command {
  return command
    .addOption(new Option('--seed <n>', 'of the resamples').argParser(wholeNumber(0, 2 ** 32 - 1)).default(42))
    .option('--report <file>', 'write the same as a page (HTML), with Markdown, JSON and CSV beside it')
    .option('--json', `print what came of it (${schema}) as one JSON document`);
}

const AB_KEYS =
  'schema run_id started_at finished_at verdict model escalate_to retriever grounding_mode corpus{run_id rows sha256} tasks{path sha256} seed resamples estimated_usd cost_usd counts{tasks paired unanswered{} skipped_budget{}} arms{with{} without{}} paired{gate_pass{} wholly_grounded{} grounding_rate{}} same_evidence{without{} paired{}} pairs[{id task with{} without{} same_evidence{}}]';
const STUDY_KEYS =
  'schema run_id started_at finished_at verdict model escalate_to retriever grounding_mode corpus{run_id rows sha256} tasks{path sha256} seed resamples estimated_usd cost_usd repeats counts{tasks answers unanswered skipped_budget} shares[{share rows sha256 answers gate_pass{} wholly_grounded{} exact_agreement{} token_agreement{} verdict_agreement{} escalation{} tasks[]}] convergence{}';
