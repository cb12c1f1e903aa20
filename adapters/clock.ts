/** The wall clock, as ISO 8601 in UTC with milliseconds. */
export function now(): string {
  return new Date().toISOString();
}

/** Milliseconds since the Unix epoch. */
export function nowMs(): number {
  return Date.now();
}
