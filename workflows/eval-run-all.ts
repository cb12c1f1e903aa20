import { executeChild, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { OpenedCell, SuiteCell, SuitesActivities, SuitesResult, SuitesRun } from '../activities/suites-contract.ts';
import { EVAL_PROFILES, HEARTBEAT_TIMEOUT_MS } from '../temporal.config.ts';
import { longMemEval } from './long-mem-eval.ts';
import { measureSuite } from './measure-suite.ts';
import { slideWindow } from './sliding-window.ts';

/** Every suite in every mode, each a child of its own, so many at once. A cell that fails is written down as failed, and the others go on. */
export async function evalRunAll(run: SuitesRun): Promise<SuitesResult> {
  await slideWindow(
    run.cells,
    run.parallel,
    (cell) => doCell(run, cell),
    async () => true,
  );
  return filesOf(run).endSuites(run);
}

async function doCell(run: SuitesRun, cell: SuiteCell): Promise<void> {
  const { run_id } = run;
  const opened = await filesOf(run).openCell({ run_id, cell });
  let failure: string | null = null;
  try {
    await doWork(run, cell, opened);
  } catch (error) {
    if (isCancellation(error)) throw error;
    failure = reasonOf(error);
  }
  await filesOf(run).endCell({ run_id, cell, failure });
}

async function doWork({ run_id, heartbeat_timeout_ms: beatMs }: SuitesRun, cell: SuiteCell, opened: OpenedCell): Promise<void> {
  const workflowId = cell.run_uid;
  if (opened.work === 'longmemeval') await executeChild(longMemEval, { workflowId, args: [{ run: opened.run }] });
  if (opened.work !== 'measure') return;
  const { batches } = opened;
  await executeChild(measureSuite, {
    workflowId,
    args: [{ run_id, cell, batches, ...(beatMs === undefined ? {} : { heartbeat_timeout_ms: beatMs }) }],
  });
}

/** What a child failed with stands at the bottom of what was thrown around it. */
function reasonOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return cause instanceof Error ? cause.message : String(cause);
}

function filesOf({ heartbeat_timeout_ms: beatMs = HEARTBEAT_TIMEOUT_MS }: SuitesRun): SuitesActivities {
  return proxyActivities<SuitesActivities>({ ...EVAL_PROFILES.record, heartbeatTimeout: beatMs });
}
