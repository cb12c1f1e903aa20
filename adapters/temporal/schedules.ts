import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleOptions,
} from '@temporalio/client';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { grpcCode } from './transient.ts';

/** When something begins by itself, and what a start does that comes late or beside another one. */
export interface DeclaredSchedule {
  /** Small letters; one of a workspace. */
  readonly name: string;
  readonly workflow: string;
  /** All that the workflow is told; it reads the rest when it begins. */
  readonly input: Readonly<Record<string, string>>;
  readonly cron: string;
  readonly time_zone: string;
  readonly jitter_s: number;
  /** A start that was missed is made up for so long. */
  readonly catch_up_s: number;
  readonly overlap: 'skip' | 'buffer_one';
  /** Instead of cron, for tests, which cannot wait for a minute. */
  readonly every_ms?: number;
}

/** The schedules of a workspace on a server, and where what they begin is worked on. */
export interface SchedulePlace {
  readonly client: Pick<Client, 'schedule'>;
  readonly workspaceId: string;
  readonly taskQueue: string;
}

/** A schedule as the server has it. Instants are in ISO 8601. */
export interface FoundSchedule {
  readonly name: string;
  /** As it was applied; null where it was made by somebody else. */
  readonly declared: DeclaredSchedule | null;
  readonly isPaused: boolean;
  readonly note: string | null;
  readonly nextAt: string | null;
  readonly lastAt: string | null;
  /** Runs that go on now. */
  readonly running: number;
  /** Starts that were not made up, because they were missed too long ago. */
  readonly missed: number;
  /** Starts that were left out, because the one before still went on. */
  readonly skipped: number;
}

/** What reconciling did with a schedule. */
export interface ScheduleChange {
  readonly name: string;
  readonly change: 'created' | 'updated' | 'resumed' | 'unchanged' | 'removed';
}

/** The schedule of that name; null where there is none. */
export async function findSchedule(place: SchedulePlace, name: string): Promise<FoundSchedule | null> {
  const description = await describe(place, name);
  return description === null ? null : told(name, description);
}

/** All schedules of the workspace, by name; those that are asked for by name are found however new they are. */
export async function listSchedules(place: SchedulePlace, names: readonly string[] = []): Promise<FoundSchedule[]> {
  const prefix = idOf(place, '');
  const known = new Set(names);
  for await (const { scheduleId } of place.client.schedule.list()) {
    if (scheduleId.startsWith(prefix)) known.add(scheduleId.slice(prefix.length));
  }
  const found = await Promise.all([...known].sort().map((name) => findSchedule(place, name)));
  return found.filter((schedule) => schedule !== null);
}

/**
 * Makes the server have what is declared and nothing else: starts what is missing, updates what differs, removes what nobody declares. Done twice it changes
 * nothing. A pause stays, unless `resume` ends it. ConfigError for a time that the server does not understand.
 */
export async function reconcileSchedules(
  place: SchedulePlace,
  declared: readonly DeclaredSchedule[],
  { resume = false }: { readonly resume?: boolean } = {},
): Promise<ScheduleChange[]> {
  const names = declared.map(({ name }) => name);
  const changes: ScheduleChange[] = [];
  for (const schedule of declared) changes.push({ name: schedule.name, change: await apply(place, schedule, resume) });
  for (const { name } of await listSchedules(place)) {
    if (!names.includes(name) && (await removeSchedule(place, name))) changes.push({ name, change: 'removed' });
  }
  return changes;
}

/** True when what is declared and what the server has are the same. */
export function isAsDeclared(found: FoundSchedule, declared: DeclaredSchedule): boolean {
  return found.declared !== null && asText(found.declared) === asText(declared);
}

/** False where there is no schedule of that name. */
export function pauseSchedule(place: SchedulePlace, name: string, note: string): Promise<boolean> {
  return unlessMissing(() => place.client.schedule.getHandle(idOf(place, name)).pause(note));
}

/** Begins it now, as if it were due; one that goes on is waited for as its overlap says. False where there is no schedule of that name. */
export function triggerSchedule(place: SchedulePlace, name: string): Promise<boolean> {
  return unlessMissing(() => place.client.schedule.getHandle(idOf(place, name)).trigger());
}

/** What it has begun goes on. False where there is no schedule of that name. */
export function removeSchedule(place: SchedulePlace, name: string): Promise<boolean> {
  return unlessMissing(() => place.client.schedule.getHandle(idOf(place, name)).delete());
}

/** Several workspaces may share a server. */
function idOf({ workspaceId }: SchedulePlace, name: string): string {
  return `lauter-${workspaceId}-${name}`;
}

async function apply(place: SchedulePlace, schedule: DeclaredSchedule, resume: boolean): Promise<ScheduleChange['change']> {
  const options = optionsOf(place, schedule);
  const found = await findSchedule(place, schedule.name);
  const handle = place.client.schedule.getHandle(options.scheduleId);
  return understood(schedule, async () => {
    if (found === null) {
      try {
        await place.client.schedule.create(options);
        return 'created';
      } catch (error) {
        // Somebody else was quicker, and may have declared another thing.
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      }
    }
    const isSame = found !== null && isAsDeclared(found, schedule);
    if (!isSame) await handle.update((before) => ({ ...before, spec: options.spec, action: options.action, policies: options.policies! }));
    const isResumed = resume && found?.isPaused === true;
    if (isResumed) await handle.unpause();
    return isSame ? (isResumed ? 'resumed' : 'unchanged') : 'updated';
  });
}

const OVERLAPS = { skip: ScheduleOverlapPolicy.SKIP, buffer_one: ScheduleOverlapPolicy.BUFFER_ONE } as const;

type StartingOptions = ScheduleOptions & { readonly action: { readonly type: 'startWorkflow' } };

function optionsOf(place: SchedulePlace, schedule: DeclaredSchedule): StartingOptions {
  const { name, workflow, input, cron, time_zone, jitter_s, catch_up_s, overlap, every_ms } = schedule;
  const times = every_ms === undefined ? { cronExpressions: [cron] } : { intervals: [{ every: every_ms }] };
  return {
    scheduleId: idOf(place, name),
    spec: { ...times, timezone: time_zone, jitter: jitter_s * 1000 },
    action: {
      type: 'startWorkflow',
      workflowType: workflow,
      // The server puts the nominal time behind it.
      workflowId: `${name}-${place.workspaceId}`,
      taskQueue: place.taskQueue,
      args: [input],
      // The server keeps times in a form of its own: what was declared is known by this.
      memo: { declared: schedule },
    },
    policies: { overlap: OVERLAPS[overlap], catchupWindow: catch_up_s * 1000, pauseOnFailure: false },
  };
}

async function describe(place: SchedulePlace, name: string): Promise<ScheduleDescription | null> {
  try {
    return await place.client.schedule.getHandle(idOf(place, name)).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

function told(name: string, { action, state, info }: ScheduleDescription): FoundSchedule {
  const memo = action.memo as { readonly declared?: DeclaredSchedule } | undefined;
  return {
    name,
    declared: memo?.declared ?? null,
    isPaused: state.paused,
    note: state.note === undefined || state.note === '' ? null : state.note,
    nextAt: info.nextActionTimes[0]?.toISOString() ?? null,
    lastAt: info.recentActions.at(-1)?.scheduledAt.toISOString() ?? null,
    running: info.runningActions.length,
    missed: info.numActionsMissedCatchupWindow,
    skipped: info.numActionsSkippedOverlap,
  };
}

function asText(schedule: DeclaredSchedule): string {
  return canonicalJson(schedule as unknown as JsonValue);
}

async function unlessMissing(change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}

const INVALID_ARGUMENT = 3;

async function understood<Result>({ name, cron, time_zone }: DeclaredSchedule, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (grpcCode(error) !== INVALID_ARGUMENT) throw error;
    throw new ConfigError(
      `applying the schedule ${name}: expected a time that the server understands, found ${JSON.stringify(cron)} in ${JSON.stringify(time_zone)}.`,
      'Write it like `30 3 * * *`, in a time zone like Europe/Berlin.',
      {},
      error,
    );
  }
}
