import { Option, type Command } from 'commander';
import { GROUNDING_MODES } from '../../schemas/vocabulary.ts';
import type { ReplayQueueOptions } from '../commands/replay-queue.ts';
import type { ReplayOptions } from '../commands/replay.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { countFromOne, numberFromZero, wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const MOST_PLAYBOOKS = 1_000;
const MOST_AT_ONCE = 64;

/** `lauter replay`: the exported playbooks steer a model through a task. */
export function addReplay(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const replay = program
    .command('replay')
    .description(
      'answers a task with the exported playbooks before a model, judged by rule and logged: 1 when the gate refuses the answer',
    );
  explained(
    chosen(placed(replay).option('--task <text>', 'what is to be done')).option(
      '--json',
      'print the row of the log (replay_run/1) as one JSON document',
    ),
    'lauter replay --task "Audit phase 38 provider routing" --retriever bm25',
    REPLAY_KEYS,
  ).action(async (options: ReplayOptions) => settle(await (await import('../commands/replay.ts')).replayCommand(io, options)));
  addQueue(replay, io, settle);
}

function addQueue(replay: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    chosen(
      placed(
        replay
          .command('queue')
          .description('replays every task of a file once, several at a time: 1 when the gate refuses an answer, 2 when a task has none'),
      )
        .requiredOption('--tasks <file>', 'a task on each line, as it is or as {"id":"…","task":"…"}')
        .addOption(new Option('--limit <n>', 'the first so many tasks').argParser(countFromOne)),
    )
      .addOption(new Option('--concurrent <n>', 'tasks in progress at once').argParser(wholeNumber(1, MOST_AT_ONCE)).default(3))
      .addOption(
        new Option(
          '--max-usd <n>',
          'most that all calls may cost, in US dollars; what cost.per_command_usd says of "replay queue" unless stated, else 5',
        ).argParser(numberFromZero),
      )
      .option('--yes', 'do not ask when the estimate is above the cap; the queue stops there all the same')
      .option('--keep-server', 'leave the Temporal server running afterwards')
      .option('--json', 'print what came of it (replay-queue/1) as one JSON document'),
    'lauter replay queue --tasks tasks.jsonl --retriever bm25',
    'schema run_id started_at finished_at verdict model counts{tasks passed refused unanswered skipped_budget escalated} estimated_usd cost_usd tasks[{id state reasons[] replay_id}]',
  ).action(async (options: ReplayQueueOptions) =>
    settle(await (await import('../commands/replay-queue.ts')).replayQueueCommand(io, options)),
  );
}

/** How a task is replayed. */
function chosen(command: Command): Command {
  return command
    .addOption(new Option('--retriever <name>', 'how playbooks are found').choices(['jaccard', 'bm25']).default('jaccard'))
    .option('--no-retrieval', 'asks without any playbook: a baseline')
    .option('--corpus <file>', 'playbooks of this file instead of those of exports/latest')
    .addOption(
      new Option('--top-k <n>', 'playbooks that are retrieved; replay.top_k unless stated').argParser(wholeNumber(1, MOST_PLAYBOOKS)),
    )
    .option('--model <name>', 'who answers: extractive/1, recorded, or one of replay.models; replay.model unless stated')
    .option('--local-only', 'never asks another model, as is usual')
    .option('--allow-escalation', 'asks another model when the gate refuses the answer')
    .option('--escalate-to <name>', 'which one; replay.escalate_to unless stated')
    .addOption(
      new Option('--grounding <mode>', 'what becomes of an answer that names what it was not given')
        .choices(GROUNDING_MODES)
        .default('fail'),
    );
}

const REPLAY_KEYS =
  'schema run_id recorded_at origin generation task task_hash retriever retrieved[{id,score}] bundle bundle_digest corpus trimmed model escalation_path[{model,gate,request_digest,failure}] escalated answer gate{passed,reasons[]} grounding_mode grounding[{text,kind,grounded}] usage durations_ms';
