/** What a schema must let through and what it must not. */
export interface SchemaFixture {
  /** The first one states every field. */
  readonly accepts: readonly [unknown, ...unknown[]];
  /** What is wrong → a value with just that wrong. */
  readonly rejects: Readonly<Record<string, unknown>>;
  /** Fields that may be left out. */
  readonly optional?: readonly string[];
  /** Fields that may hold anything. */
  readonly anything?: readonly string[];
  /** Set for documents of which others own the rest. */
  readonly isOpen?: true;
}

/** Builds a fixture of an object: each rejected one is the whole with some fields changed. */
export function fixtureOf(
  whole: object,
  rejects: Readonly<Record<string, object>>,
  more: Omit<SchemaFixture, 'accepts' | 'rejects'> & { readonly accepts?: readonly object[] } = {},
): SchemaFixture {
  const changed = (changes: object): object => ({ ...whole, ...changes });
  return {
    ...more,
    accepts: [whole, ...(more.accepts ?? []).map(changed)],
    rejects: Object.fromEntries(Object.entries(rejects).map(([why, changes]) => [why, changed(changes)])),
  };
}

export const SHA256 = 'b'.repeat(64);
export const TIME = '2026-03-02T06:40:00.000Z';
