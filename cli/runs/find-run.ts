import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';

const SHOWN = 3;

/** The id that is given whole or by a beginning that no other id shares. UsageError with the nearest ids when there is none, or more than one. */
export function findRunId(ids: readonly string[], given: string): string {
  if (ids.includes(given)) return given;
  const matches = given === '' ? [] : ids.filter((id) => id.startsWith(given));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  if (match !== undefined) {
    const shown = matches.slice(0, SHOWN).join(', ') + (matches.length > SHOWN ? ', …' : '');
    throw new UsageError(
      `looking for the run ${given}: expected the beginning of one run id, found that of ${matches.length}: ${shown}.`,
      'Give more of the id.',
    );
  }
  const nearest = nearestTo(given, ids);
  throw new UsageError(
    `looking for the run ${given}: expected the id of a run or its beginning, found ${nearest === undefined ? 'no runs in this workspace' : `none; the nearest is ${nearest}`}.`,
    nearest === undefined ? 'Start one with `lauter distill run-all`.' : '`lauter runs list` shows all of them.',
  );
}
