import { ApplicationFailure, Context } from '@temporalio/activity';
import type { DistillActivities } from '../activities/contract.ts';
import { TRANSIENT_CODES } from './transient-codes.ts';
import type { ThreadPool } from './threads.ts';
import type { ThreadWorkKind } from './thread-work.ts';

const DISTILL: { readonly [Name in keyof DistillActivities]: true } = {
  planMaterialize: true,
  materializeShard: true,
  settleMaterialize: true,
  planScore: true,
  scoreShard: true,
  settleScore: true,
  planExport: true,
  exportShard: true,
  decideExport: true,
  writeExportSet: true,
  settleExport: true,
  writeReceipts: true,
  auditExportSet: true,
  settleAudit: true,
  finishRun: true,
  abandonRun: true,
};

/** The activities as the engine calls them: each runs in a thread, heartbeats its progress and stops when the engine says so. */
export function createThreadedActivities(threads: ThreadPool): DistillActivities {
  return Object.fromEntries(Object.keys(DISTILL).map((name) => [name, inThread(threads, 'distill', name)])) as unknown as DistillActivities;
}

/** One activity of a kind of work, in a thread. */
export function inThread(threads: ThreadPool, kind: ThreadWorkKind, name: string): (input: unknown) => Promise<unknown> {
  return (input) => runInThread(threads, kind, name, input);
}

async function runInThread(threads: ThreadPool, kind: ThreadWorkKind, name: string, input: unknown): Promise<unknown> {
  const context = Context.current();
  context.heartbeat(0);
  const answer = await threads.run(kind, name, input, { signal: context.cancellationSignal, onRows: (rows) => context.heartbeat(rows) });
  if (answer.state === 'done') return answer.result;
  // Only a cancelled attempt is told to stop; the promise rejects with the engine's own reason.
  if (answer.state === 'stopped') return context.cancelled;
  const { type, message, remedy, context: details, stack } = answer.failure;
  throw ApplicationFailure.create({
    type,
    message,
    // The same work on the same files fails the same way again, unless it was the machine that was short of something for a moment.
    nonRetryable: !TRANSIENT_CODES.has(String(details.code ?? '')),
    details: [{ remedy, context: details, stack }],
  });
}
