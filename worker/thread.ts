import { workerData } from 'node:worker_threads';
import { translateDiskFull } from '../adapters/disk-full.ts';
import { LauterError } from '../domain/shared/errors.ts';
import { DONE_SLOT, STOP_SLOT, type ThreadAnswer, type ThreadTask } from './thread-protocol.ts';
import { openThreadWork, type ThreadData, type ThreadWork, type ThreadWorkKind } from './thread-work.ts';

const opened = new Map<ThreadWorkKind, Promise<ThreadWork>>();

/** Entry of a worker thread: runs one activity. Errors are answers, because their class would be lost on the way between threads. */
export default async function runTask({ kind, name, input, board }: ThreadTask): Promise<ThreadAnswer> {
  const slots = new Int32Array(board);
  const attempt = {
    throwIfStopped: () => {
      if (Atomics.load(slots, STOP_SLOT) !== 0) throw new AttemptStopped();
    },
    report: (rowsDone: number) => void Atomics.store(slots, DONE_SLOT, rowsDone),
  };
  try {
    const work = await workOf(kind);
    return { state: 'done', result: await work[name]!(input, attempt) };
  } catch (error) {
    if (error instanceof AttemptStopped) return { state: 'stopped' };
    return { state: 'failed', failure: describe(error) };
  }
}

/** Work that was opened once stays open for the thread's other tasks. */
function workOf(kind: ThreadWorkKind): Promise<ThreadWork> {
  const work = opened.get(kind) ?? openThreadWork(kind, workerDataOf<ThreadData>());
  opened.set(kind, work);
  return work;
}

class AttemptStopped extends Error {}

function describe(error: unknown): Extract<ThreadAnswer, { state: 'failed' }>['failure'] {
  // Making a folder or a link can be what the disk has no room for, too.
  const known = error instanceof LauterError ? error : translateDiskFull(error);
  if (known !== undefined) {
    return {
      type: known.constructor.name,
      message: known.message,
      remedy: known.remedy,
      context: { ...known.context },
      stack: known.stack ?? '',
    };
  }
  const { message, stack, code } = error as NodeJS.ErrnoException;
  return {
    type: 'UnexpectedError',
    message: message ?? String(error),
    remedy: '',
    context: code === undefined ? {} : { code },
    stack: stack ?? '',
  };
}

/** Piscina hands our data on beside its own. */
function workerDataOf<Data>(): Data {
  const data: unknown = workerData;
  return (Array.isArray(data) ? data[1] : data) as Data;
}
