import { describe, expect, test } from 'vitest';
import { openRunReader, rankDocs, writeRunLines, type Run } from '../../../domain/measures/index.ts';
import { fc } from '../../support/fast-check.ts';

function readRun(text: string, isTwinAllowed = false): Run {
  const reader = openRunReader('harbour.run', { isTwinAllowed });
  reader.feed(new TextEncoder().encode(text));
  return reader.finish();
}

const ranked = (text: string, isTwinAllowed = false): string[] => readRun(text, isTwinAllowed).get('1')!.keys();

describe('the order of a run', () => {
  test('is that of the scores; rank and order of lines say nothing', () => {
    expect(ranked('1 Q0 quay 1 0.5 tag\n1 Q0 boat 2 0.9 tag\n2 Q0 mill 1 7 tag')).toEqual(['boat', 'quay']);
  });

  test('goes by descending id in the order of bytes where scores are equal', () => {
    expect(ranked('1 Q0 a 1 1 t\n1 Q0 B 2 1 t\n1 Q0 über 3 1 t\n1 Q0 z 4 1 t')).toEqual(['über', 'z', 'a', 'B']);
    // U+10348 has the greater bytes, and the smaller UTF-16 units.
    expect(ranked('1 Q0 \uffee 1 1 t\n1 Q0 \u{10348} 2 1 t')).toEqual(['\u{10348}', '\uffee']);
  });

  test('takes scores as numbers of 32 bits: what differs beyond them is equal', () => {
    expect(ranked('1 Q0 a 1 0.10000000001 t\n1 Q0 b 2 0.1 t')).toEqual(['b', 'a']);
    expect(ranked('1 Q0 a 1 16777217 t\n1 Q0 b 2 16777216 t')).toEqual(['b', 'a']);
    expect(ranked('1 Q0 a 1 -1e-3 t\n1 Q0 b 2 -.5 t')).toEqual(['a', 'b']);
  });
});

describe('lines', () => {
  test('may end with a carriage return, be blank or comments, and go on after the tag', () => {
    expect(ranked('# made by hand\r\n\n1\tQ0\tboat\t1\t0.5\ttag and words\r\n')).toEqual(['boat']);
  });

  test.each([
    ['five columns', '1 Q0 boat 1 0.5', /harbour\.run:1: expected six columns.*found 5/],
    ['an id with a space in it', '1 Q0 boat 1 0.5 tag\n1 Q0 old boat 2 0.4 tag', /harbour\.run:2: expected six columns.*found 7/],
    ['a score that is none', '1 Q0 boat 1 good tag', /harbour\.run:1: expected a finite number.*found "good"/],
    ['NaN', '1 Q0 boat 1 NaN tag', /finite number/],
    ['an infinity', '1 Q0 boat 1 Infinity tag', /finite number/],
    ['what 32 bits cannot hold', '1 Q0 boat 1 1e39 tag', /finite number/],
    ['a hexadecimal score', '1 Q0 boat 1 0x10 tag', /finite number/],
    ['nothing', '\n', /harbour\.run: expected at least one line, found none/],
  ])('%s: refused with file and line', (_, text, message) => {
    expect(() => readRun(text)).toThrow(message);
  });

  test('a document twice: refused as trec_eval does, else it counts at its better place', () => {
    const text = '1 Q0 boat 1 0.1 t\n1 Q0 quay 2 0.5 t\n1 Q0 boat 3 0.9 t';
    expect(() => readRun(text)).toThrow(/harbour\.run:3: expected each document once for a query, found "boat" a second time/);
    expect(ranked(text, true)).toEqual(['boat', 'quay']);
  });
});

test('a ranking that is written has scores that fall strictly, and is read back as it was', () => {
  const keys = ['default::b', 'wiki::a', 'default::c'];
  const text = writeRunLines('1', keys, 'lauter search');
  expect(text).toBe('1 Q0 default::b 1 3 lauter%20search\n1 Q0 wiki::a 2 2 lauter%20search\n1 Q0 default::c 3 1 lauter%20search\n');
  expect(ranked(text)).toEqual(keys);
  expect(writeRunLines('1', ['default::old boat'], 't')).toBe('1 Q0 default::old%20boat 1 1 t\n');
});

describe('however a run is written', () => {
  const ids = fc.constantFrom('boat', 'quay', 'mill', 'Mill', 'über', 'über-2', '\u{10348}', 'a', 'aa', 'b');
  const entries = fc.array(
    fc.record({
      query: fc.constantFrom('1', '2', 'Hafen-ö'),
      doc: ids,
      score: fc.constantFrom('1', '0.5', '.5', '5e-1', '-2.25', '0.1', '0.10000000001', '12345678901234567890', '+3', '-0'),
      between: fc.constantFrom(' ', '\t', '  ', ' \t '),
      end: fc.constantFrom('\n', '\r\n', ' \n', '\n\n# a remark\n'),
    }),
    { minLength: 1, maxLength: 60 },
  );

  test('lines in any order and pieces cut at any byte give the ranking of the scores', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 40 }), (given, pieceBytes) => {
        const text = given.map(({ query, doc, score, between, end }) => [query, 'Q0', doc, '7', score, 'tag'].join(between) + end).join('');
        const bytes = new TextEncoder().encode(text);
        const reader = openRunReader('harbour.run', { isTwinAllowed: true });
        // One buffer for all pieces, as a file is read.
        const buffer = Buffer.alloc(pieceBytes);
        for (let from = 0; from < bytes.length; from += pieceBytes) {
          const piece = bytes.subarray(from, from + pieceBytes);
          buffer.set(piece);
          reader.feed(buffer.subarray(0, piece.length));
        }
        const run = reader.finish();
        const best = new Map<string, Map<string, number>>();
        for (const { query, doc, score } of given) {
          const scores = best.get(query) ?? new Map<string, number>();
          scores.set(doc, Math.max(scores.get(doc) ?? -Infinity, Math.fround(Number(score))));
          best.set(query, scores);
        }
        expect([...run.keys()]).toEqual([...best.keys()]);
        for (const [query, scores] of best) {
          const docs = run.get(query)!;
          expect(docs.keys()).toEqual(rankDocs(scores));
          expect(docs.hits().map(({ score }) => score + 0)).toEqual(rankDocs(scores).map((doc) => scores.get(doc)! + 0));
          const grades = new Map([...scores.keys(), 'never found'].filter((_, at) => at % 2 === 0).map((doc, at) => [doc, at - 1]));
          expect(docs.gradesIn(grades)).toEqual(docs.keys().map((doc) => grades.get(doc) ?? null));
        }
      }),
    );
  });

  test('a thousand documents from the worst to the best are turned round', () => {
    const text = Array.from({ length: 1000 }, (_, at) => `1 Q0 boat-${at} ${at} ${at}.5 tag\n`).join('');
    expect(ranked(text).slice(0, 3)).toEqual(['boat-999', 'boat-998', 'boat-997']);
    expect(new Set(ranked(text)).size).toBe(1000);
  });

  test('a line of more than a megabyte is refused, also where it never ends', () => {
    const reader = openRunReader('harbour.run', { isTwinAllowed: false });
    const feed = (): void => {
      for (let piece = 0; piece < 20; piece += 1) reader.feed(new Uint8Array(100_000).fill(97));
    };
    expect(feed).toThrow(/harbour\.run:1: expected a line of at most a megabyte/);
  });

  test('other bytes than UTF-8 are refused with their line', () => {
    const reader = openRunReader('harbour.run', { isTwinAllowed: false });
    const text = new TextEncoder().encode('1 Q0 boat 1 0.5 tag\n1 Q0 b?at 2 0.4 tag\n');
    text[text.indexOf(63)] = 0xe9;
    expect(() => reader.feed(text)).toThrow(/harbour\.run:2: expected text in UTF-8, found other bytes/);
  });
});
