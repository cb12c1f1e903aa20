import type { SchedulePlace } from '../../adapters/temporal/schedules.ts';
import { queueOf } from '../../worker/index.ts';
import type { EngineSession } from '../engine-session.ts';

/** The schedules of the workspace that a session is open on. */
export function schedulePlace({ client, workspace }: Pick<EngineSession, 'client' | 'workspace'>): SchedulePlace {
  return { client, workspaceId: workspace.id, taskQueue: queueOf(workspace.id) };
}
