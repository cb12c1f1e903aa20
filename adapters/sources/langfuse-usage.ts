import { asNumber, asString, isObject, type JsonObject } from '../../domain/shared/json.ts';
import type { Usage } from '../../schemas/evidence.ts';
import { parseTimestamp } from './timestamps.ts';

/**
 * Tokens and costs of a trace's generations, in the names of either generation of the schema: `usageDetails` and `costDetails`, before that `usage` and
 * single fields. Other units than tokens are left out.
 */
export function usageOf(trace: JsonObject, generations: readonly JsonObject[]): Usage {
  const prompt = sumOf(generations.map((each) => tokensOf(each, 'input')));
  const completion = sumOf(generations.map((each) => tokensOf(each, 'output')));
  const costUsd = positive(trace.totalCost) ?? sumOf(generations.map(costOf));
  const latencyMs = latencyOf(trace);
  return {
    ...(Number.isSafeInteger(prompt) && { prompt_tokens: prompt! }),
    ...(Number.isSafeInteger(completion) && { completion_tokens: completion! }),
    ...(costUsd !== undefined && { cost_usd: costUsd }),
    ...(latencyMs !== undefined && { latency_ms: latencyMs }),
  };
}

function tokensOf(generation: JsonObject, side: 'input' | 'output'): number | undefined {
  const details = generation.usageDetails;
  // Cached and other kinds of input have names of their own beside `input`.
  if (isObject(details) && Object.keys(details).length > 0)
    return sumOf(
      Object.entries(details).map(([name, value]) => (name === side || name.startsWith(`${side}_`) ? positive(value) : undefined)),
    );
  const { usage } = generation;
  const isTokens = !isObject(usage) || (usage.unit ?? null) === null || asString(usage.unit)?.toUpperCase() === 'TOKENS';
  if (!isTokens) return undefined;
  const older = side === 'input' ? 'promptTokens' : 'completionTokens';
  return (isObject(usage) ? (positive(usage[side]) ?? positive(usage[older])) : undefined) ?? positive(generation[older]);
}

function costOf({ costDetails, usage, calculatedTotalCost }: JsonObject): number | undefined {
  return (
    (isObject(costDetails) ? positive(costDetails.total) : undefined) ??
    positive(calculatedTotalCost) ??
    (isObject(usage) ? positive(usage.totalCost) : undefined)
  );
}

/** Langfuse states seconds. */
function latencyOf(trace: JsonObject): number | undefined {
  const seconds = positive(trace.latency);
  if (seconds !== undefined) return finite(Math.round(seconds * 1e6) / 1e3);
  const ends = (Array.isArray(trace.observations) ? trace.observations : []).flatMap((each) =>
    isObject(each) ? (timeOf(each.endTime) ?? []) : [],
  );
  const start = timeOf(trace.timestamp);
  return start === undefined || ends.length === 0 ? undefined : Math.max(0, ends.reduce((last, end) => Math.max(last, end)) - start);
}

function timeOf(value: JsonObject[string] | undefined): number | undefined {
  const time = parseTimestamp(value);
  return time === null ? undefined : Date.parse(time);
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : finite(known.reduce((sum, value) => sum + value, 0));
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function positive(value: JsonObject[string] | undefined): number | undefined {
  const number = asNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
}
