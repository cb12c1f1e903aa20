import { AuditStopped } from '../../activities/audit-full/audit-stopped.ts';
import type { AuditWatch, AuditWorld } from '../../activities/audit-full/audit-world.ts';
import { AUDIT_CHECKS } from '../../domain/audit/index.ts';
import { endAtOnce } from '../end-at-once.ts';
import type { Io } from '../io.ts';
import { startProgress, type ShownProgress } from '../progress.ts';

export interface WatchedAudit extends AuditWatch {
  /** Takes the progress line away and no longer listens; may be called again. */
  end(): Promise<void>;
}

/** Shows which check is going on, and ends the audit at the first interrupt, the process at the second. */
export function watchAudit(io: Io, world: Pick<AuditWorld, 'lake'>): WatchedAudit {
  let at: ShownProgress = { run_id: world.lake.currentRun() ?? '', stage: '', done: 0, total: 0, rows: 0, paused: null };
  let isStopped = false;
  const view = startProgress(io, () => Promise.resolve(at.stage === '' ? undefined : at));
  const endListening = io.onInterrupt(() => {
    if (isStopped) endAtOnce();
    isStopped = true;
    world.lake.interrupt();
  });
  return {
    begin: (check, name) => (at = { ...at, stage: `${check}/${AUDIT_CHECKS.length} ${name}`, done: 0, total: 0, rows: 0 }),
    progress: (done, total) => (at = { ...at, done, total, rows: done }),
    throwIfStopped: () => {
      if (isStopped) throw new AuditStopped();
    },
    end: async () => {
      endListening();
      await view.stop();
    },
  };
}
