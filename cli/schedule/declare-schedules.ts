import type { NightlyProbeInput } from '../../activities/probe-contract.ts';
import type { DeclaredSchedule } from '../../adapters/temporal/schedules.ts';
import { isProbeEnabled } from '../../domain/probe/index.ts';
import { nextDue, parseCron } from '../../domain/schedule/index.ts';
import type { Config } from '../../schemas/config.ts';
import type { NightlySettings } from '../../schemas/probe-settings.ts';

/** Name of the schedule of the nightly probe. */
export const NIGHTLY = 'nightly';

/** What the config has begin by itself. ConfigError for a time that cannot be read. */
export function declareSchedules({ probe: { nightly } }: Config): DeclaredSchedule[] {
  if (!isProbeEnabled(nightly)) return [];
  nextNight(nightly, Date.now());
  const { cron, time_zone, jitter_s, catch_up_s, overlap } = nightly;
  const input = { probe: 'nightly' } satisfies NightlyProbeInput;
  return [{ name: NIGHTLY, workflow: 'nightlyProbe', input, cron, time_zone, jitter_s, catch_up_s, overlap }];
}

/** When the nightly probe is due next by the config, less its jitter, in ISO 8601; null where it never is. ConfigError for a time that cannot be read. */
export function nextNight({ cron, time_zone }: Pick<NightlySettings, 'cron' | 'time_zone'>, nowMs: number): string | null {
  return nextDue(parseCron(cron), time_zone, nowMs);
}
