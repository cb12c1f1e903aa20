/** After this long without being rewritten a marker mutes nobody. */
export const MARKER_MUTES_MS = 30 * 60_000;

/**
 * Whether a watchdog outside may take the marker as the reason for a silent production: only if it was written less than 30 minutes ago. A time
 * in the future counts as just now; without a file nothing is muted.
 */
export function mutesWatchdogs(modifiedMs: number | null, nowMs: number): boolean {
  return modifiedMs !== null && nowMs - modifiedMs < MARKER_MUTES_MS;
}
