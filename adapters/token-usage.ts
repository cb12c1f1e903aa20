import { asCount, isObject, type JsonValue } from '../domain/shared/json.ts';

/** Tokens that a server says a call used; null where it does not say. */
export interface TokenUsage {
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
}

/** Token counts as the server gives them; null when it gives none. Rerankers give a total alone, which is all that they read. */
export function readUsage(usage: JsonValue | undefined): TokenUsage | null {
  if (!isObject(usage)) return null;
  const completion = asCount(usage.completion_tokens) ?? null;
  const total = asCount(usage.total_tokens);
  const rest = total === undefined || total < (completion ?? 0) ? null : total - (completion ?? 0);
  return { prompt_tokens: asCount(usage.prompt_tokens) ?? rest, completion_tokens: completion };
}
