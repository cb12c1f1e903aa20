import { readData } from './real-data.ts';

/** A pair by the positions of its two runs in the file. */
export interface PairOfRuns {
  readonly chosen: number;
  readonly rejected: number;
}

interface Turn {
  readonly role: string;
  readonly content: string | null;
  readonly tool_calls?: readonly object[] | null;
}
interface TauRun {
  readonly task_id: number;
  readonly reward: number;
  readonly traj: readonly Turn[];
}

const MAX_PAIRS_PER_TASK = 4;

/**
 * The pairs that the file gives by the rule of the design note, worked out from the file alone: every run that succeeded against every run of the same
 * task that did not, unless they say the same. With four trials a task there are at most 2 × 2 of them, so the limit never has to choose.
 */
export function expectedPairs(): { readonly pairs: readonly PairOfRuns[]; readonly mixedTasks: number } {
  const runs = readData<TauRun[]>('trace-tau-bench/gpt-4o-airline.json');
  const pairs: PairOfRuns[] = [];
  const tasks = new Set<number>();
  for (const task of new Set(runs.map((run) => run.task_id))) {
    const own = [...runs.entries()].filter(([, run]) => run.task_id === task);
    const ofTask = own.flatMap(([chosen, better]) =>
      own
        .filter(([, worse]) => better.reward > worse.reward && systemOf(better) === systemOf(worse) && saidBy(better) !== saidBy(worse))
        .map(([rejected]): PairOfRuns => ({ chosen, rejected })),
    );
    if (ofTask.length > MAX_PAIRS_PER_TASK) throw new Error(`task ${task} has ${ofTask.length} pairs to choose from`);
    if (ofTask.length > 0) tasks.add(task);
    pairs.push(...ofTask);
  }
  return { pairs, mixedTasks: tasks.size };
}

function systemOf({ traj }: TauRun): string {
  return JSON.stringify(traj.filter((turn) => turn.role === 'system').map((turn) => turn.content));
}

function saidBy({ traj }: TauRun): string {
  const own = traj.filter((turn) => turn.role === 'assistant');
  return JSON.stringify(own.map((turn) => [turn.content, turn.tool_calls ?? []]));
}
