import { SourceChangedError, SourceError } from '../../../domain/shared/errors.ts';
import { isObject } from '../../../domain/shared/json.ts';
import { parseRecord } from '../../../domain/shared/parse-record.ts';
import { isBlank } from '../../../domain/shared/text.ts';
import type { ReplayQueueRun } from '../../replay-contract.ts';
import type { Corpus } from '../replay-world.ts';
import type { ReplayQueueWorld } from './world.ts';

/** One task of a queue. */
export interface QueuedTask {
  readonly id: string;
  readonly task: string;
}

/** What a run is to do; lies in its folder as `plan`. */
export interface ReplayPlan {
  readonly run: ReplayQueueRun;
  readonly tasks: readonly QueuedTask[];
  /** Where the log ended before the first of them. */
  readonly log_bytes: number;
  /** The playbooks that every task is held against; null for the baseline. Left out by versions that took what they found. */
  readonly corpus?: Pick<Corpus, 'runId' | 'sha256'> | null;
}

/** Reads the tasks, and writes down what is to be done, and with which playbooks. A plan that is there already holds. */
export async function planReplays(
  { files, log, corpus: openCorpus }: Pick<ReplayQueueWorld, 'files' | 'log' | 'corpus'>,
  run: ReplayQueueRun,
): Promise<{ readonly tasks: number }> {
  if (!files.has(run.run_id, 'plan')) {
    const { sha256, lines } = await files.readLines(run.tasks.path);
    if (sha256 !== run.tasks.sha256) {
      throw new SourceChangedError(
        `reading tasks, on ${run.tasks.path}: expected sha256 ${run.tasks.sha256}, found ${sha256}.`,
        'Leave the file as it is while it is worked on, and run the command again.',
        { file: run.tasks.path },
      );
    }
    const tasks = readTasks(lines, run.tasks.path);
    const taken = tasks.slice(0, run.limit ?? tasks.length);
    const opened = await openCorpus(run);
    const corpus = opened === null ? null : { runId: opened.runId, sha256: opened.sha256 };
    files.write(run.run_id, 'plan', { run, tasks: taken, log_bytes: log.bytes(), corpus } satisfies ReplayPlan);
  }
  return { tasks: files.read<ReplayPlan>(run.run_id, 'plan').tasks.length };
}

/** The tasks of a file: a line that begins as a JSON object has to be one with a task, any other line is a task itself. SourceError for a line that is none, an id that comes twice, and a file without a task. */
export function readTasks(lines: readonly { readonly line: number; readonly text: string }[], path: string): QueuedTask[] {
  const tasks = lines.map(({ line, text }) => readTask(text.trim(), line, path));
  const seen = new Map<string, number>();
  for (const [at, { id }] of tasks.entries()) {
    const before = seen.get(id);
    if (before !== undefined) throw fault(path, lines[at]!.line, 'an id of its own', `that of line ${before}, ${id}`);
    seen.set(id, lines[at]!.line);
  }
  if (tasks.length > 0) return tasks;
  throw new SourceError(
    `reading tasks, on ${path}: expected at least one task, found none.`,
    'Write one on each line, as it is or as {"id":"…","task":"…"}.',
    { file: path },
  );
}

function readTask(text: string, line: number, path: string): QueuedTask {
  const id = `line-${line}`;
  if (!text.startsWith('{')) return { id, task: text };
  const parsed = parseRecord(text);
  if (!parsed.ok || !isObject(parsed.value)) throw fault(path, line, 'a JSON object', 'none that can be read');
  const { task, id: own = id } = parsed.value;
  if (typeof task !== 'string' || isBlank(task)) throw fault(path, line, 'a task that says what is to be done', 'none');
  if (typeof own !== 'string' || isBlank(own)) throw fault(path, line, 'an id that is a text', 'another value');
  return { id: own, task };
}

function fault(path: string, line: number, expected: string, found: string): SourceError {
  return new SourceError(
    `reading tasks, on ${path}, line ${line}: expected ${expected}, found ${found}.`,
    'Mend that line; nothing was asked.',
    {
      file: path,
      line,
    },
  );
}
