import { existsSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openBaselines } from '../../adapters/files/baselines.ts';
import { releaseFreeze } from '../../cli/commands/release-freeze.ts';
import type { DataGates } from '../../cli/release/data-gates.ts';
import type { AuditBaseline } from '../../schemas/audit-baseline.ts';
import { releaseFreezeSchema, type ReleaseFreeze } from '../../schemas/release-freeze.ts';
import { recordingIo } from './recording-io.ts';

/** What an audit of the harbor office comes to. */
export const BASELINE: AuditBaseline = {
  schema: 'audit-baseline/1',
  recorded_at: '2026-03-02T09:00:00.000Z',
  run_id: 'audited',
  verdict: 'accepted',
  failed: [],
  metrics: {
    p2_evidence_rows: 4,
    p2_quarantined: 1,
    p3_accepted: 1,
    p3_partially_accepted: 1,
    p3_rejected: 1,
    p3_needs_human_review: 1,
    p4_rag_rows: 2,
    p4_sft_rows: 1,
    p4_preference_pairs: 1,
    p4_total_quarantined: 9,
  },
  against: null,
  severity: 'ok',
  code_version: '0.1.0',
};

/** Acceptance and audit that say yes at once. */
export const PASSING: DataGates = {
  acceptance: () => Promise.resolve({ state: 'passed', detail: '22 of 22 invariants hold' }),
  audit: () => Promise.resolve({ state: 'passed', detail: '16 of 16 checks passed' }),
};

export interface FreezeTry {
  readonly gates?: Partial<DataGates> | undefined;
  readonly out?: string;
  readonly json?: boolean;
  readonly version?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Interrupts the command once this file is there. */
  readonly interruptOnceThere?: string;
}

/** Freezes the workspace `refinery` of a repository, with other hands for the gates that take minutes; the audit leaves a baseline, as the real one does. */
export async function freeze(
  root: string,
  given: FreezeTry = {},
): Promise<{ code: number; out: string; err: string; result: ReleaseFreeze }> {
  const { json = true, version = '1.0.0', out, env = process.env } = given;
  const io = recordingIo({ cwd: root, env });
  const workspace = join(root, 'refinery');
  const gates: DataGates = { ...PASSING, ...given.gates };
  const audit: DataGates['audit'] = async (stop) => {
    await openBaselines(workspace).append(BASELINE);
    return gates.audit(stop);
  };
  const running = releaseFreeze(io, { version, workspace, json, ...(out === undefined ? {} : { out }) }, () => ({ ...gates, audit }));
  if (given.interruptOnceThere !== undefined) await Promise.race([appears(given.interruptOnceThere).then(() => io.interrupt()), running]);
  const code = await running;
  const printed = io.printed();
  const result = json && printed !== '' ? releaseFreezeSchema.parse(JSON.parse(printed)) : ({} as ReleaseFreeze);
  return { code, out: printed, err: io.said(), result };
}

function appears(path: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(dirname(path), (_event, name) => {
      if (name === basename(path)) end();
    });
    const end = (): void => {
      watcher.close();
      resolve();
    };
    if (existsSync(path)) end();
  });
}
