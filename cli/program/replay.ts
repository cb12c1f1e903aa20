import { Option, type Command } from 'commander';
import type { ReplayCompactOptions } from '../commands/replay-compact.ts';
import type { ReplayOptions } from '../commands/replay.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { ReplaysOptions } from '../replay/order-replays.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';
import { addArms } from './replay-arms.ts';
import { manyTasks, steered } from './replay-choices.ts';

/** `lauter replay`: the exported playbooks steer a model through a task. */
export function addReplay(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const replay = program
    .command('replay')
    .description(
      'answers a task with the exported playbooks before a model, judged by rule and logged: 1 when the gate refuses the answer',
    );
  explained(
    chosen(placed(replay).option('--task <text>', 'what is to be done'))
      .option('--report <file>', 'write it as a page (HTML), with Markdown, JSON and CSV beside it')
      .option('--json', 'print the row of the log (replay_run/1) as one JSON document'),
    'lauter replay --task "Audit phase 38 provider routing" --retriever bm25',
    REPLAY_KEYS,
  ).action(async (options: ReplayOptions) => settle(await (await import('../commands/replay.ts')).replayCommand(io, options)));
  addQueue(replay, io, settle);
  addArms(replay, io, settle);
  addCompact(replay, io, settle);
}

function addCompact(replay: Command, io: Io, settle: (code: ExitCode) => void): void {
  const compact = replay
    .command('compact')
    .description('packs the log of replays into Parquet when it is larger than it may be: 1 when a line of it is no run that can be read');
  explained(
    placed(compact)
      .addOption(
        new Option('--max-bytes <n>', 'how large it may be; replay.log_max_bytes (64 MiB) unless stated').argParser(
          wholeNumber(0, Number.MAX_SAFE_INTEGER),
        ),
      )
      .option('--all', 'packs it whatever its size')
      .option('--json', 'print what was packed (replay-compaction/1) as one JSON document'),
    'lauter replay compact --all',
    'schema state log_bytes max_bytes archives[{file runs rows bytes log_bytes}] unreadable_lines unreadable[{line why}] torn_bytes',
  ).action(async (options: ReplayCompactOptions) =>
    settle(await (await import('../commands/replay-compact.ts')).replayCompactCommand(io, options)),
  );
}

function addQueue(replay: Command, io: Io, settle: (code: ExitCode) => void): void {
  const queue = replay
    .command('queue')
    .description('replays every task of a file once, several at a time: 1 when the gate refuses an answer, 2 when a task has none');
  explained(
    chosen(manyTasks(placed(queue), 'replay queue')).option('--json', 'print what came of it (replay-queue/1) as one JSON document'),
    'lauter replay queue --tasks tasks.jsonl --retriever bm25',
    'schema run_id started_at finished_at verdict model counts{tasks passed refused unanswered skipped_budget escalated} estimated_usd cost_usd tasks[{id state reasons[] replay_id}]',
  ).action(async (options: ReplaysOptions) => settle(await (await import('../commands/replay-queue.ts')).replayQueueCommand(io, options)));
}

/** How a task is replayed. */
function chosen(command: Command): Command {
  return steered(command).option('--no-retrieval', 'asks without any playbook: a baseline');
}

const REPLAY_KEYS =
  'schema run_id recorded_at origin generation task task_hash retriever retrieved[{id,score}] retrieval_notes[] bundle bundle_digest corpus trimmed model escalation_path[{model,gate,request_digest,failure}] escalated answer gate{passed,reasons[]} grounding_mode grounding[{text,kind,grounded}] usage durations_ms';
