import { join } from 'node:path';
import { openRunFolder } from '../../adapters/files/run-folder.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { planSchema, type Plan } from '../../schemas/plan.ts';
import { runRecordSchema, type RunRecord } from '../../schemas/run-record.ts';
import { runStartSchema, type RunStart } from '../../schemas/run-start.ts';
import { stageReceiptSchema, type StageReceipt } from '../../schemas/stage-receipt.ts';
import { STAGES } from '../../schemas/vocabulary.ts';

/** One run as the lake knows it. */
export interface LakeRun {
  readonly runId: string;
  readonly start: RunStart | null;
  /** Null until the run has ended. */
  readonly record: RunRecord | null;
  readonly plan: Pick<Plan, 'sources'> | null;
  /** Receipts of the stages that are done, in order. */
  readonly receipts: readonly StageReceipt[];
  /** Documents that are there but cannot be read. */
  readonly unreadable: readonly string[];
}

/** Ids of the runs that have a folder in the lake, newest first. */
export function lakeRunIds(workspace: string): string[] {
  const ids = openRunFolder(join(workspace, 'lake')).list();
  return ids.filter((name) => !name.startsWith('.'));
}

/** What the lake holds of a run; a document that cannot be read counts as absent and is named. */
export function readLakeRun(workspace: string, runId: string): LakeRun {
  const folder = openRunFolder(join(workspace, 'lake'));
  const unreadable: string[] = [];
  const read = <Value>(name: string, schema: Parser<Value>): Value | null => {
    if (!folder.has(runId, name)) return null;
    const parsed = schema.safeParse(readOrNone(() => folder.read(runId, name)));
    if (parsed.success) return parsed.data;
    unreadable.push(`${name}.json`);
    return null;
  };
  return {
    runId,
    start: read('start', runStartSchema),
    record: read('record', runRecordSchema),
    plan: read('plan', planSchema.pick({ sources: true }).loose()),
    receipts: STAGES.map((stage) => read(`${stage}-receipt`, stageReceiptSchema)).filter((receipt) => receipt !== null),
    unreadable,
  };
}

/** Notes what a run is and how it was begun, for when the engine has lost it. */
export function writeRunStart(workspace: string, start: RunStart): void {
  openRunFolder(join(workspace, 'lake')).write(start.run_id, 'start', start);
}

/** Leaves the record of a run that nobody else can leave one of: the engine has forgotten it, or ended it by force. */
export function writeRunRecord(workspace: string, record: RunRecord): void {
  openRunFolder(join(workspace, 'lake')).write(record.run_id, 'record', record);
}

interface Parser<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
}

function readOrNone(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof LakeCorruptError) return undefined;
    throw error;
  }
}
