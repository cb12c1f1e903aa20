import { expect, test } from 'vitest';
import { verdictsDigest, verdictsInForce } from '../../../domain/review/index.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { idOf, verdict } from './verdicts.ts';

/** The text that is digested, in place of its digest. */
const digest = (given: readonly Verdict[], ids: readonly string[]) => verdictsDigest(verdictsInForce(given), ids, (text) => text);

const GIVEN = [verdict('pilot', 'no'), verdict('harbor master', 'yes'), verdict('pilot', 'partial', 'b')];

test('holds who said what of the records that are asked for, and nothing else', () => {
  expect(digest(GIVEN, [idOf('a'), idOf('c')])).toBe(
    JSON.stringify([
      [idOf('a'), 'harbor master', 'yes'],
      [idOf('a'), 'pilot', 'no'],
    ]),
  );
});

test('is null where nobody has said anything', () => {
  expect(digest(GIVEN, [idOf('c')])).toBeNull();
  expect(digest([], [idOf('a')])).toBeNull();
});

test('does not depend on the order of records, of people or of time', () => {
  const all = [idOf('a'), idOf('b')];
  expect(digest(GIVEN.toReversed(), all.toReversed())).toBe(digest(GIVEN, all));
  expect(digest(GIVEN, [...all, ...all])).toBe(digest(GIVEN, all));
  expect(digest([...GIVEN, verdict('pilot', 'no', 'a', 30)], all)).toBe(digest(GIVEN, all));
});

test('changes with the last word of a person', () => {
  expect(digest([...GIVEN, verdict('pilot', 'yes', 'a', 30)], [idOf('a')])).not.toBe(digest(GIVEN, [idOf('a')]));
  expect(digest([...GIVEN, verdict('pilot', 'yes', 'b', 30)], [idOf('a')])).toBe(digest(GIVEN, [idOf('a')]));
});
