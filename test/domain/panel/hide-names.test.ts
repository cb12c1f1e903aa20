import { expect, test } from 'vitest';
import { hideNames } from '../../../domain/panel/hide-names.ts';
import { fc } from '../../support/fast-check.ts';

const NAMES = ['maker:pilot-8b', 'works/team/ferry_large', 'lantern-4', 'beacon:3b'];

test.each([
  ['as it is', 'I am pilot-8b.', 'I am [model].'],
  ['in capitals', 'PILOT-8B says so', '[model] says so'],
  ['with the provider that was given', 'by maker:pilot-8b', 'by [model]'],
  ['with another provider', 'by other/pilot-8b, or maker/works:pilot-8b', 'by [model], or [model]'],
  ['with spaces', 'Pilot 8b and Ferry Large', '[model] and [model]'],
  ['with a path of providers', 'from works/team/ferry_large', 'from [model]'],
  ['with a date', 'pilot-8b-2026-03-01, pilot-8b@20260301, pilot-8b-latest', '[model], [model], [model]'],
  ['with its tag or without', 'beacon:3b and beacon', '[model] and [model]'],
  ['in marks and at ends', '"lantern-4"(lantern-4)\nlantern-4', '"[model]"([model])\n[model]'],
  ['next to another one', 'pilot-8b/lantern-4', '[model]'],
])('hides a name %s', (_, text, hidden) => {
  expect(hideNames(text, NAMES)).toBe(hidden);
});

test.each([
  ['is part of a word', 'the copilot-8bit, a lantern-42, mypilot-8b'],
  ['goes on as another name', 'lantern-4o, lantern-4.1, lantern-4-mini'],
  ['is the end of another name', 'blue-lantern-4'],
  ['is a tag or a provider alone', 'the maker made 3b of them, and the team works'],
  ['is not there', 'Four piers and a crane.'],
])('leaves what %s', (_, text) => {
  expect(hideNames(text, NAMES)).toBe(text);
});

test('signs in a name mean themselves', () => {
  expect(hideNames('c.d+e[1] is not cxd', ['c.d+e[1]'])).toBe('[model] is not cxd');
  expect(hideNames('cxd and c.de', ['c.d+e'])).toBe('cxd and c.de');
});

test('without names nothing is hidden', () => {
  expect(hideNames('pilot-8b', [])).toBe('pilot-8b');
  expect(hideNames('pilot-8b', ['', ' '])).toBe('pilot-8b');
});

test('no name stays as a word of its own, and a second look finds nothing more', () => {
  const piece = fc.constantFrom('pilot-8b', 'Lantern-4', 'maker:', ' ', '.', ',', '/', 'tide', '\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const hidden = hideNames(pieces.join(''), NAMES);
      expect(hidden).not.toMatch(/(?<![\w.-])(?:pilot-8b|lantern-4)(?![\w]|[.-]\w)/i);
      expect(hideNames(hidden, NAMES)).toBe(hidden);
    }),
  );
});
