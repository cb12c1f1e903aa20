import { Option, type Command } from 'commander';
import { GROUNDING_MODES, REPLAY_RETRIEVERS } from '../../schemas/vocabulary.ts';
import { countFromOne, numberFromZero, wholeNumber } from './arguments.ts';

const MOST_PLAYBOOKS = 1_000;
const MOST_AT_ONCE = 64;
/** The baseline is not chosen by a name. */
const PLAYBOOK_RETRIEVERS = REPLAY_RETRIEVERS.filter((name) => name !== 'none');

/** Adds the options that say how a task is replayed with playbooks. */
export function steered(command: Command): Command {
  return command
    .addOption(new Option('--retriever <name>', 'how playbooks are found').choices(PLAYBOOK_RETRIEVERS).default('jaccard'))
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

/** Adds the options that say which tasks of a file are replayed, and what that may take. */
export function manyTasks(command: Command, name: string): Command {
  return command
    .requiredOption('--tasks <file>', 'a task on each line, as it is or as {"id":"…","task":"…"}')
    .addOption(new Option('--limit <n>', 'the first so many tasks').argParser(countFromOne))
    .addOption(new Option('--concurrent <n>', 'tasks in progress at once').argParser(wholeNumber(1, MOST_AT_ONCE)).default(3))
    .addOption(
      new Option(
        '--max-usd <n>',
        `most that all calls may cost, in US dollars; what cost.per_command_usd says of "${name}" unless stated, else 5`,
      ).argParser(numberFromZero),
    )
    .option('--yes', 'do not ask when the estimate is above the cap; the work stops there all the same')
    .option('--keep-server', 'leave the Temporal server running afterwards');
}
