import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkLedger, type LedgerCheck } from '../../../domain/shared/check-ledger.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { CHAIN_START, isTornLine, readRow, sealRow, type ChainEnd } from '../../../domain/shared/ledger-row.ts';
import { fc } from '../../support/fast-check.ts';

// Node's own digest, independent of the program's.
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The lines of a ledger with these bodies, and its end. */
function seal(bodies: readonly JsonObject[], from: ChainEnd = CHAIN_START): { lines: string[]; end: ChainEnd } {
  let end = from;
  const lines = bodies.map((body) => {
    const { row, line } = sealRow(body, end, sha256);
    end = row;
    return line;
  });
  return { lines, end };
}

function check(lines: readonly string[], head: ChainEnd | undefined, rest = ''): Promise<LedgerCheck> {
  const all = lines.map((text) => ({ text, isEnded: true }));
  return checkLedger(() => (rest === '' ? all : [...all, { text: rest, isEnded: false }]), head, sha256);
}

async function damage(lines: readonly string[], head: ChainEnd | undefined, rest = ''): Promise<string> {
  const { fault } = await check(lines, head, rest);
  return fault === undefined ? 'whole' : `${fault.kind} on line ${fault.line}`;
}

const CATCH = ['herring', 'mackerel', 'sole', 'plaice', 'cod'].map((fish, day) => ({ fish, kilos: 10 * (day + 1) }));
const { lines: LOG, end: HEAD } = seal(CATCH);
const [ONE, TWO, THREE, FOUR, FIVE] = LOG as [string, string, string, string, string];

describe('a row', () => {
  test('is one line of canonical JSON, hashed without its own hash and chained to the row before', () => {
    const open = `{"fish":"herring","kilos":10,"prev_hash":"${'0'.repeat(64)}","seq":1}`;
    expect(ONE).toBe(`{"fish":"herring","kilos":10,"prev_hash":"${'0'.repeat(64)}","row_hash":"${sha256(open)}","seq":1}`);
    expect(readRow(TWO, sha256)).toMatchObject({ seq: 2, prev_hash: sha256(open), fish: 'mackerel' });
  });

  test.each([
    ['other white space', ONE.replace('","', '", "')],
    ['a carriage return', `${ONE}\r`],
    ['a field named twice', ONE.replace('{', '{"fish":"herring",')],
    ['a position of another type', ONE.replace('"seq":1', '"seq":"1"')],
    ['nothing', ''],
    ['a list', '[]'],
  ])('%s makes it none', (_, line) => {
    expect(readRow(line, sha256)).toBeUndefined();
  });

  test('holds nothing that would come back as something else', () => {
    expect(() => sealRow({ kilos: Number.NaN }, CHAIN_START, sha256)).toThrow(RangeError);
    expect(() => sealRow({ seq: 7, prev_hash: 'mine' }, CHAIN_START, sha256)).not.toThrow();
    expect(sealRow({ seq: 7 }, CHAIN_START, sha256).row.seq).toBe(1);
  });

  test('no beginning of a row is JSON', () => {
    for (let length = 1; length < ONE.length; length += 1) expect(isTornLine(ONE.slice(0, length))).toBe(true);
    expect(isTornLine(ONE)).toBe(false);
  });
});

describe('a whole ledger', () => {
  test('ends where its head says', async () => {
    expect(await check(LOG, HEAD)).toEqual({ seq: 5, row_hash: HEAD.row_hash, isTorn: false, fault: undefined });
    expect(await check([], undefined)).toMatchObject({ seq: 0, fault: undefined });
    expect(await check([], CHAIN_START)).toMatchObject({ seq: 0, fault: undefined });
  });

  test('may have rows beyond its head, as a crash between row and head leaves them', async () => {
    expect(await damage(LOG, seal(CATCH.slice(0, 4)).end)).toBe('whole');
    expect(await damage(LOG, CHAIN_START)).toBe('whole');
  });

  test('may end in a torn row, or in a whole one without its line feed', async () => {
    const { end } = seal(CATCH.slice(0, 4));
    expect(await check(LOG.slice(0, 4), end, FIVE.slice(0, 20))).toMatchObject({ seq: 4, isTorn: true, fault: undefined });
    expect(await check(LOG.slice(0, 4), HEAD, FIVE)).toMatchObject({ seq: 5, isTorn: false, fault: undefined });
  });
});

describe('what happened to it is named, with the first line that does not fit', () => {
  const forged = sealRow({ fish: 'eel', kilos: 99 }, seal(CATCH.slice(0, 2)).end, sha256).line;
  const stray = sealRow({ fish: 'eel' }, { seq: 2, row_hash: 'e'.repeat(64) }, sha256).line;
  test.each([
    ['one value changed', [ONE, TWO.replace('20', '25'), THREE, FOUR, FIVE], 'edit on line 2'],
    ['the last row changed', [ONE, TWO, THREE, FOUR, FIVE.replace('cod', 'eel')], 'edit on line 5'],
    ['one row changed and hashed anew', [ONE, TWO, forged, FOUR, FIVE], 'edit on line 4'],
    ['one line emptied', [ONE, '', THREE, FOUR, FIVE], 'edit on line 2'],
    ['a row removed', [ONE, TWO, FOUR, FIVE], 'removal on line 3'],
    ['the first row removed', [TWO, THREE, FOUR, FIVE], 'removal on line 1'],
    ['two rows exchanged', [ONE, THREE, TWO, FOUR, FIVE], 'reorder on line 2'],
    ['the last row at the front', [FIVE, ONE, TWO, THREE, FOUR], 'reorder on line 1'],
    ['a line of somebody else', [ONE, TWO, 'good catch', THREE, FOUR, FIVE], 'insertion on line 3'],
    ['a row of another ledger', [ONE, TWO, stray, THREE, FOUR, FIVE], 'insertion on line 3'],
    ['a row slipped in behind the second', [ONE, TWO, forged, THREE, FOUR, FIVE], 'fork on line 4'],
    ['a row twice', [ONE, TWO, TWO, THREE, FOUR, FIVE], 'fork on line 3'],
    ['two ends', [ONE, TWO, THREE, FOUR, FIVE, seal([{ fish: 'eel' }], seal(CATCH.slice(0, 4)).end).lines[0]!], 'fork on line 6'],
    [
      'all of it written anew from the third row on',
      seal([...CATCH.slice(0, 2), { fish: 'eel' }, ...CATCH.slice(3)]).lines,
      'fork on line 5',
    ],
    ['the end cut off', [ONE, TWO, THREE], 'truncation on line 4'],
    ['all of it gone', [], 'truncation on line 1'],
  ])('%s', async (_, lines, expected) => {
    expect(await damage(lines, HEAD)).toBe(expected);
  });

  test('an end cut off in the middle of a row is no torn row: the head knows it', async () => {
    expect(await damage(LOG.slice(0, 4), HEAD, FIVE.slice(0, 30))).toBe('truncation on line 5');
  });

  test('a last row changed by an editor that leaves no line feed', async () => {
    expect(await damage(LOG.slice(0, 4), HEAD, FIVE.replace('cod', 'eel'))).toBe('edit on line 5');
  });

  test('rows without a head', async () => {
    expect(await damage(LOG, undefined)).toBe('head on line 5');
  });

  test('in words: expected, found, and what to do', async () => {
    const { fault } = await check([ONE, THREE, TWO, FOUR, FIVE], HEAD);
    expect(fault).toEqual({
      kind: 'reorder',
      line: 2,
      expected: 'row 2, which stands on line 3',
      found: `row 3 behind ${readRow(TWO, sha256)!.row_hash}`,
      remedy: expect.stringContaining('from a copy'),
    });
  });
});

describe('on any ledger', () => {
  const bodies = fc.array(
    fc.dictionary(
      fc.string({ maxLength: 8 }),
      fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
    ),
    {
      minLength: 2,
      maxLength: 12,
    },
  );
  const ledger = bodies.map((rows) => seal(rows as JsonObject[]));
  const holds = (property: fc.IAsyncProperty<unknown>): Promise<void> => fc.assert(property, { numRuns: 150 });

  test('nothing is wrong with what was sealed', () =>
    holds(
      fc.asyncProperty(ledger, async ({ lines, end }) => {
        expect(await damage(lines, end)).toBe('whole');
      }),
    ));

  test('a changed character is an edit of its row', () =>
    holds(
      fc.asyncProperty(
        ledger,
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        async ({ lines, end }, row, at, character) => {
          const line = row % lines.length;
          const text = lines[line]!;
          const place = at % text.length;
          const changed = text.slice(0, place) + character + text.slice(place + 1);
          fc.pre(changed !== text);
          expect(await damage(lines.with(line, changed), end)).toBe(`edit on line ${line + 1}`);
        },
      ),
    ));

  test('a cut-off end is a truncation', () =>
    holds(
      fc.asyncProperty(ledger, fc.nat(), async ({ lines, end }, cut) => {
        const left = cut % lines.length;
        expect(await damage(lines.slice(0, left), end)).toBe(`truncation on line ${left + 1}`);
      }),
    ));

  test('another order is a reorder, from its first wrong line on', () =>
    holds(
      fc.asyncProperty(
        ledger.chain(({ lines, end }) => fc.tuple(fc.shuffledSubarray(lines, { minLength: lines.length }), fc.constant({ lines, end }))),
        async ([shuffled, { lines, end }]) => {
          const first = shuffled.findIndex((line, at) => line !== lines[at]);
          expect(await damage(shuffled, end)).toBe(first < 0 ? 'whole' : `reorder on line ${first + 1}`);
        },
      ),
    ));

  test('a second row behind the same one is a fork, wherever it stands', () =>
    holds(
      fc.asyncProperty(ledger, fc.nat(), fc.nat(), async ({ lines, end }, from, to) => {
        const twin = from % lines.length;
        const parent = twin === 0 ? CHAIN_START : readRow(lines[twin - 1]!, sha256)!;
        const { line } = sealRow({ forged: 'by somebody' }, parent, sha256);
        const place = twin + 1 + (to % (lines.length - twin));
        expect(await damage(lines.toSpliced(place, 0, line), end)).toBe(`fork on line ${place + 1}`);
      }),
    ));

  test('a row gone from before the end is a removal', () =>
    holds(
      fc.asyncProperty(ledger, fc.nat(), async ({ lines, end }, at) => {
        const gone = at % (lines.length - 1);
        expect(await damage(lines.toSpliced(gone, 1), end)).toBe(`removal on line ${gone + 1}`);
      }),
    ));
});
