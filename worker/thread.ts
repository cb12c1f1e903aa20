import { workerData } from 'node:worker_threads';
import { createDistillWork, type DistillWork } from '../activities/index.ts';
import { translateDiskFull } from '../adapters/disk-full.ts';
import { LauterError } from '../domain/shared/errors.ts';
import { createPorts, type LakeLimits } from './ports.ts';
import { DONE_SLOT, STOP_SLOT, type ThreadAnswer, type ThreadTask } from './thread-protocol.ts';

interface ThreadData {
  readonly workspace: string;
  readonly limits: LakeLimits;
}

const { workspace, limits } = workerDataOf<ThreadData>();
const work = createDistillWork(createPorts(workspace, limits));

/** Entry of a worker thread: runs one activity. Errors are answers, because their class would be lost on the way between threads. */
export default async function runTask({ name, input, board }: ThreadTask): Promise<ThreadAnswer> {
  const slots = new Int32Array(board);
  const attempt = {
    throwIfStopped: () => {
      if (Atomics.load(slots, STOP_SLOT) !== 0) throw new AttemptStopped();
    },
    report: (rowsDone: number) => void Atomics.store(slots, DONE_SLOT, rowsDone),
  };
  try {
    const activity = work[name as keyof DistillWork] as (input: unknown, attempt: unknown) => Promise<unknown>;
    return { state: 'done', result: await activity(input, attempt) };
  } catch (error) {
    if (error instanceof AttemptStopped) return { state: 'stopped' };
    return { state: 'failed', failure: describe(error) };
  }
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
