import { asText, isObject, type JsonValue } from '../shared/json.ts';

/** Digits that tell the sessions of a dataset apart. */
const DIGITS = 10;

/**
 * The sessions of a question of LongMemEval, each as the first digits of the sha256 of its id, sorted: what questions share. Null for what is no
 * question; a session without an id is shared with nobody.
 */
export function nameHaystack(
  value: unknown,
  sha256: (text: string) => string,
): { readonly question_id: string; readonly sessions: readonly string[] } | null {
  if (!isObject(value as JsonValue)) return null;
  const { question_id: id, haystack_session_ids: ids, haystack_sessions: sessions } = value as Record<string, JsonValue>;
  if (typeof id !== 'string') return null;
  const own = Array.isArray(sessions) ? sessions.map((session) => (isObject(session) ? asText(session.session_id) : undefined)) : [];
  const named = Array.isArray(ids) ? ids.map(asText) : [];
  const all = [...own, ...named].filter((name): name is string => name !== undefined && name !== '');
  return { question_id: id, sessions: [...new Set(all)].map((name) => sha256(name).slice(0, DIGITS)).sort() };
}
