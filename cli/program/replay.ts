import { Option, type Command } from 'commander';
import { GROUNDING_MODES } from '../../schemas/vocabulary.ts';
import type { ReplayOptions } from '../commands/replay.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const MOST_PLAYBOOKS = 1_000;

/** `lauter replay`: the exported playbooks steer a model through a task. */
export function addReplay(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(
      program
        .command('replay')
        .description(
          'answers a task with the exported playbooks before a model, judged by rule and logged: 1 when the gate refuses the answer',
        ),
    )
      .requiredOption('--task <text>', 'what is to be done')
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
      )
      .option('--json', 'print the row of the log (replay_run/1) as one JSON document'),
    'lauter replay --task "Audit phase 38 provider routing" --retriever bm25',
    'schema run_id recorded_at origin generation task task_hash retriever retrieved[{id,score}] bundle bundle_digest corpus trimmed model escalation_path[{model,gate,request_digest,failure}] escalated answer gate{passed,reasons[]} grounding_mode grounding[{text,kind,grounded}] usage durations_ms',
  ).action(async (options: ReplayOptions) => settle(await (await import('../commands/replay.ts')).replayCommand(io, options)));
}
