import { AuditStopped } from '../../activities/audit-full/audit-stopped.ts';
import type { Acceptance, AuditWatch } from '../../activities/audit-full/audit-world.ts';
import { AcceptanceInterrupted } from '../acceptance/do-runs.ts';
import { runAcceptance } from '../acceptance/run-acceptance.ts';
import type { Io } from '../io.ts';

/** The pipeline on the acceptance fixture, in workspaces of its own that are gone afterwards. AuditStopped when somebody interrupts it. */
export async function runAcceptanceFixture(io: Io, watch: AuditWatch): Promise<Acceptance> {
  let steps = 0;
  try {
    return await runAcceptance(io, { tell: () => watch.progress((steps += 1), 0) });
  } catch (error) {
    if (error instanceof AcceptanceInterrupted) throw new AuditStopped();
    throw error;
  }
}
