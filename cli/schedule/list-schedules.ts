import { isAsDeclared, type DeclaredSchedule, type FoundSchedule } from '../../adapters/temporal/schedules.ts';
import { nextDue, parseCron } from '../../domain/schedule/index.ts';
import type { ScheduleList } from '../../schemas/schedule-list.ts';
import type { EngineView } from '../runs/engine-view.ts';

type Listed = ScheduleList['schedules'][number];

/** The schedules of config and server side by side, by name. */
export async function joinSchedules(declared: readonly DeclaredSchedule[], engine: EngineView, nowMs: number): Promise<Listed[]> {
  const found = await engine.schedules();
  const isKnown = engine.state === 'answering';
  const names = [...new Set([...declared, ...found].map(({ name }) => name))].sort();
  return names.map((name) => {
    const [wanted, there] = [declared, found].map((list) => list.find((one) => one.name === name)) as [
      DeclaredSchedule | undefined,
      FoundSchedule | undefined,
    ];
    const times = there?.declared ?? wanted;
    return {
      name,
      state: isKnown ? stateOf(wanted, there) : 'unknown',
      workflow: times?.workflow ?? null,
      cron: times?.cron ?? null,
      time_zone: times?.time_zone ?? null,
      jitter_s: times?.jitter_s ?? null,
      catch_up_s: times?.catch_up_s ?? null,
      overlap: times?.overlap ?? null,
      next_at: there?.nextAt ?? (there === undefined && wanted !== undefined ? dueBy(wanted, nowMs) : null),
      last_at: there?.lastAt ?? null,
      running: there?.running ?? 0,
      missed: there?.missed ?? 0,
      skipped: there?.skipped ?? 0,
      note: there?.note ?? null,
    };
  });
}

function stateOf(wanted: DeclaredSchedule | undefined, there: FoundSchedule | undefined): Listed['state'] {
  if (there === undefined) return 'missing';
  if (wanted === undefined) return 'extra';
  if (!isAsDeclared(there, wanted)) return 'differs';
  return there.isPaused ? 'paused' : 'active';
}

function dueBy({ cron, time_zone: zone }: DeclaredSchedule, nowMs: number): string | null {
  return nextDue(parseCron(cron), zone, nowMs);
}
