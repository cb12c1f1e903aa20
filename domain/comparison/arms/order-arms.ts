import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import { SEARCH_MODES } from '../../../schemas/vocabulary.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { ranAtMs, uidOf } from './arm.ts';

/**
 * Records of a suite in the order in which they are compared, whatever order they came in: the modes from the cheapest on, other modes by name, records of
 * one mode by when they ran, so that a difference is always the dearer minus the cheaper, or the newer minus the older.
 */
export function orderRecords(records: readonly EvalReadRecord[]): EvalReadRecord[] {
  return [...records].sort(
    (left, right) =>
      placeOf(left.mode) - placeOf(right.mode) ||
      compareCodePoints(left.mode, right.mode) ||
      compareTimes(left, right) ||
      compareCodePoints(uidOf(left), uidOf(right)),
  );
}

/** A name for each of the records: its mode, and where that comes twice the beginning of the run's uid, as much as tells them apart. */
export function nameArms(records: readonly EvalReadRecord[]): string[] {
  return records.map((record) => {
    const twins = records.filter(({ mode }) => mode === record.mode);
    if (twins.length === 1) return record.mode;
    return `${record.mode} ${shorten(
      uidOf(record),
      twins.map(uidOf).filter((uid) => uid !== uidOf(record)),
    )}`;
  });
}

/** Older first. */
export function compareTimes(left: EvalReadRecord, right: EvalReadRecord): number {
  const [before, after] = [ranAtMs(left), ranAtMs(right)];
  return before === after ? compareCodePoints(left.ran_at, right.ran_at) : before - after;
}

const LEAST_SHOWN = 8;

function placeOf(mode: string): number {
  const place = (SEARCH_MODES as readonly string[]).indexOf(mode);
  return place < 0 ? SEARCH_MODES.length : place;
}

function shorten(uid: string, others: readonly string[]): string {
  for (let length = LEAST_SHOWN; length < uid.length; length += 1) {
    const front = uid.slice(0, length);
    if (others.every((other) => !other.startsWith(front))) return front;
  }
  return uid;
}
