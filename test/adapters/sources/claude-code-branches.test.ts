import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../../adapters/sources/claude-code.ts';
import { branchesOf } from '../../../adapters/sources/claude-code-branches.ts';
import { sessionLineOf, type SessionLine } from '../../../adapters/sources/claude-code-lines.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';

const turn = (uuid: string, parentUuid: string | null): JsonObject => ({
  type: 'user',
  uuid,
  parentUuid,
  sessionId: 'seedlings',
  message: { role: 'user', content: 'Which bed is free?' },
});

/** A talk of `length` turns, behind the last of which the user tried `forks` different questions. */
function forked(length: number, forks: number): JsonObject[] {
  const trunk = Array.from({ length }, (_, index) => turn(`t${index}`, index === 0 ? null : `t${index - 1}`));
  return [...trunk, ...Array.from({ length: forks }, (_, index) => turn(`f${index}`, `t${length - 1}`))];
}

const read = (values: readonly JsonObject[]): SessionLine[] => values.map((value, index) => sessionLineOf(value, index)!);
const plenty = { lines: 1_000, characters: 1_000_000 };

describe('branchesOf', () => {
  it('finds all branches of a session in their order', () => {
    const { branches, leftOut } = branchesOf(read(forked(3, 2)), plenty);
    expect(branches.map(({ lines }) => lines.map(({ uuid }) => uuid))).toEqual([
      ['t0', 't1', 't2', 'f0'],
      ['t0', 't1', 't2', 'f1'],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('leaves out the branches that would repeat too many lines', () => {
    // Four lines each: two branches are eight lines.
    const { branches, leftOut } = branchesOf(read(forked(3, 5)), { ...plenty, lines: 11 });
    expect(branches.map(({ id }) => id)).toEqual(['f0', 'f1']);
    expect(leftOut.map(({ uuid }) => uuid)).toEqual(['f2', 'f3', 'f4']);
  });

  it('leaves out the branches that would repeat too much text', () => {
    const lineChars = JSON.stringify(turn('t0', 't1')).length;
    const { branches } = branchesOf(read(forked(3, 5)), { ...plenty, characters: 3 * 4 * lineChars });
    expect(branches.map(({ id }) => id)).toEqual(['f0', 'f1', 'f2']);
  });

  it('takes a first branch however long it is', () => {
    const { branches, leftOut } = branchesOf(read(forked(3, 2)), { lines: 1, characters: 1 });
    expect([branches.length, leftOut.length]).toEqual([1, 1]);
  });
});

describe('a session with more forks than there is room for', () => {
  it('refuses each that is too many, at its last line', () => {
    const value = forked(1_000, 502);
    const drafts = claudeCode.normalize(
      { value, locator: { line: 0 }, line: 0, lines: [...value.keys()] },
      { path: 's.jsonl', options: {} },
    );
    // 1,001 lines each: 499 of them fit in 500,000.
    expect(drafts).toHaveLength(502);
    expect(drafts.slice(499)).toEqual(
      [1_499, 1_500, 1_501].map((line) => expect.objectContaining({ refused: 'too_large', line, locator: { line } }) as unknown),
    );
  });
});
