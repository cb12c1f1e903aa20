import type { Verdict } from '../../schemas/verdict.ts';

/** The verdicts that count, by evidence id: the last one of each person, in the order of their names. */
export type VerdictsInForce = ReadonlyMap<string, readonly Verdict[]>;

/** Which of all verdicts, oldest first, count. */
export function verdictsInForce(verdicts: readonly Verdict[]): VerdictsInForce {
  const last = new Map<string, Map<string, Verdict>>();
  for (const verdict of verdicts) {
    const people = last.get(verdict.evidence_id) ?? new Map<string, Verdict>();
    last.set(verdict.evidence_id, people.set(verdict.by, verdict));
  }
  return new Map([...last].map(([id, people]) => [id, [...people.values()].sort(byName)]));
}

function byName(one: Verdict, other: Verdict): number {
  return one.by < other.by ? -1 : 1;
}
