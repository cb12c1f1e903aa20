import { describe, expect, test } from 'vitest';
import { csvRows } from '../../../domain/shared/csv-rows.ts';
import { readDecisions } from '../../../domain/review/index.ts';
import { fc } from '../../support/fast-check.ts';

const read = (text: string) => readDecisions(text, { nameChars: 20, noteChars: 40 });

describe('JSON lines', () => {
  test('each line is a verdict; blank ones are none', () => {
    const text =
      '\uFEFF{"evidence_id": "0A1b", "verdict": "Yes", "by": " pilot "}\r\n\n{"evidence_id": "ff", "verdict": "partial", "by": "clerk", "note": "half of it", "source": "desk"}\n';
    expect(read(text)).toEqual({
      decisions: [
        { line: 1, id: '0a1b', verdict: 'yes', by: 'pilot' },
        { line: 3, id: 'ff', verdict: 'partial', by: 'clerk', note: 'half of it' },
      ],
      faults: [],
    });
  });

  test.each([
    ['{"verdict": "yes", "by": "pilot"}', 'evidence_id: the id of a record or its beginning', 'nothing'],
    ['{"evidence_id": "berth 7", "verdict": "yes", "by": "pilot"}', 'evidence_id: the id of a record or its beginning', '"berth 7"'],
    ['{"evidence_id": "aa", "verdict": "maybe", "by": "pilot"}', 'verdict: yes, no, partial', '"maybe"'],
    ['{"evidence_id": "aa", "verdict": true, "by": "pilot"}', 'verdict: yes, no, partial', '"true"'],
    ['{"evidence_id": "aa", "verdict": "yes"}', 'by: who says so, in up to 20 characters', 'nothing'],
    ['{"evidence_id": "aa", "verdict": "yes", "by": "  "}', 'by: who says so, in up to 20 characters', '"  "'],
    [
      `{"evidence_id": "aa", "verdict": "yes", "by": "${'p'.repeat(21)}"}`,
      'by: who says so, in up to 20 characters',
      `"${'p'.repeat(21)}"`,
    ],
    ['{"evidence_id": "aa", "verdict": "yes", "by": "pilot", "note": 7}', 'note: a text', '"7"'],
    [`{"evidence_id": "aa", "verdict": "yes", "by": "pilot", "note": "${'n'.repeat(41)}"}`, 'note: at most 40 characters', '"41"'],
    [
      '{"evidence_id": "aa", "verdict": "yes", "by": "pil',
      'a JSON object',
      '"{\\"evidence_id\\": \\"aa\\", \\"verdict\\": \\"yes\\", \\"by\\": \\"pil"',
    ],
    ['["aa", "yes", "pilot"]', 'a JSON object', '"[\\"aa\\", \\"yes\\", \\"pilot\\"]"'],
  ])('%s', (line, expected, found) => {
    const whole = '{"evidence_id": "aa", "verdict": "yes", "by": "pilot"}';
    expect(read(`${whole}\n${line}`)).toEqual({ decisions: [expect.anything()], faults: [{ line: 2, expected, found }] });
  });
});

describe('CSV', () => {
  test('columns by name, in any order, among others', () => {
    const text = 'By,source,Verdict,note,evidence_id\npilot,desk,yes,"fog, and ""no"" horn\nuntil noon",0a\nclerk,desk,no,,0b\n';
    expect(read(text)).toEqual({
      decisions: [
        { line: 2, id: '0a', verdict: 'yes', by: 'pilot', note: 'fog, and "no" horn\nuntil noon' },
        { line: 4, id: '0b', verdict: 'no', by: 'clerk' },
      ],
      faults: [],
    });
  });

  test('as spreadsheets of other countries write it', () => {
    const expected = [{ line: 2, id: '0a', verdict: 'no', by: 'pilot' }];
    expect(read('evidence_id;verdict;by\r\n0a;no;pilot\r\n').decisions).toEqual(expected);
    expect(read('evidence_id\tverdict\tby\n0a\tno\tpilot').decisions).toEqual(expected);
  });

  test.each([
    ['evidence_id,verdict\n0a,yes\n', 1, 'a header with evidence_id, verdict, by, or JSON lines', '"evidence_id, verdict"'],
    ['the pilot says yes to 0a\n', 1, 'a header with evidence_id, verdict, by, or JSON lines', '"the pilot says yes to 0a"'],
    ['evidence_id,verdict,by\n0a,yes,pilot,clerk\n', 2, '3 cells, as in the header', '4'],
    ['evidence_id,verdict,by\n0a,yes,pilot\n0b,,pilot\n', 3, 'verdict: yes, no, partial', 'nothing'],
    ['evidence_id,verdict,by,note\n0a,yes,pilot,"never closed\n', 1, 'CSV or JSON lines', 'a quote that is out of place or never ends'],
  ])('%j', (text, line, expected, found) => {
    expect(read(text).faults).toEqual([{ line, expected, found }]);
  });

  test('a text without rows has no decisions and no faults', () => {
    for (const text of ['', '\n\n', 'evidence_id,verdict,by\n']) expect(read(text)).toEqual({ decisions: [], faults: [] });
  });

  test('any cells come back as they were written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\n', '\t') }).map((text) => `${text}.`);
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const all = [['first', 'second'], ...rows];
        const text = all.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(csvRows(text)?.map(({ cells }) => cells)).toEqual(all);
      }),
    );
  });
});
