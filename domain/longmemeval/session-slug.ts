/** Digests of texts, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** Slug of a session's page, from which nobody can tell the session. Another text under the same id gets a number from 2 on behind it. */
export function sessionSlug(questionId: string, rawId: string, version: number, sha256: Sha256): string {
  const opaque = `chat/${opaqueId(`${questionId}\n${rawId}`, sha256)}`;
  return version === 1 ? opaque : `${opaque}-${version}`;
}

/** Name of a question's own collection. It does not hold the id of the question, which says whether an answer is known at all. */
export function questionCollection(questionId: string, sha256: Sha256): string {
  return `longmemeval-${opaqueId(questionId, sha256)}`;
}

/** What a slug of a session looks like, and nothing else does. */
export const SESSION_SLUG = /^chat\/[0-9a-f]{12}(?:-\d+)?$/;

const OPAQUE_DIGITS = 12;

function opaqueId(text: string, sha256: Sha256): string {
  return sha256(text).slice(0, OPAQUE_DIGITS);
}
