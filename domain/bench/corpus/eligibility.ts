import { asNumber, asString, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { isBlank } from '../../shared/text.ts';

/** The numbers and words of the rules, as the manifest records them. */
export const FILTERS = {
  shell: { idle_commands: ['', 'clear', 'exit', 'exec', 'true', ':'], min_duration_ms: 100 },
  claude: { min_messages: 3 },
  browser: { min_dwell_ms: 1_000 },
};

/**
 * True when an event says enough to be sampled, by the rules of its source; sources without rules keep all their events. A number that was not
 * recorded is not below anything.
 */
export function isEligible(source: string, payload: JsonObject): boolean {
  if (source === 'shell') return !isIdle(payload);
  if (source === 'claude') return !isBelow(payload.message_count, FILTERS.claude.min_messages) || hasCalls(payload.tool_calls_json);
  if (source === 'browser') return !isBelow(payload.dwell_ms, FILTERS.browser.min_dwell_ms);
  return true;
}

function isIdle({ command, stdout, stderr, duration_ms: durationMs }: JsonObject): boolean {
  const isIdleCommand = FILTERS.shell.idle_commands.includes((asString(command) ?? '').trim());
  const isSilent = [stdout, stderr].every((output) => isBlank(asString(output) ?? ''));
  return isIdleCommand && isSilent && isBelow(durationMs, FILTERS.shell.min_duration_ms);
}

function hasCalls(value: JsonValue | undefined): boolean {
  const text = asString(value);
  if (text !== undefined) return !/^\s*(?:|null|\[\s*\]|\{\s*\})\s*$/.test(text);
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

function isBelow(value: JsonValue | undefined, least: number): boolean {
  const number = asNumber(value);
  return number !== undefined && number < least;
}
