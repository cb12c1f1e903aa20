import type { StrayRow } from './audit-world.ts';
import type { CheckNotes } from './check-notes.ts';

/** Notes rows that a scan found; those beyond the ones that came are only counted. */
export function addStrays(notes: CheckNotes, what: string, strays: readonly StrayRow[]): void {
  for (const [at, { id, expected, found, total }] of strays.entries()) {
    const isLast = at === strays.length - 1;
    notes.add({ where: `${what} ${id}`, expected, found }, isLast ? total - at : 1);
  }
}
