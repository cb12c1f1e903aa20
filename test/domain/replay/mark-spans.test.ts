import { describe, expect, test } from 'vitest';
import { judgeAnswer, markSpans } from '../../../domain/replay/index.ts';
import type { Grounding, ReplayBundle } from '../../../schemas/replay-run.ts';
import { fc } from '../../support/fast-check.ts';

const named = (text: string, kind: Grounding['kind'], grounded = true): Grounding => ({ text, kind, grounded });

/** The answer with what is marked in brackets, what has no ground with a cross. */
function drawn(answer: string, ...grounding: Grounding[]): string {
  return markSpans(answer, grounding)
    .spans.map(({ text, thing }) => (thing === null ? text : thing.grounded ? `[${text}]` : `[x ${text}]`))
    .join('');
}

describe('what an answer names is marked', () => {
  test('every time it stands there', () => {
    expect(
      drawn('LOCK_7 opens before LOCK_8; close LOCK_7 at 20:00.', named('LOCK_7', 'identifier'), named('LOCK_8', 'identifier', false)),
    ).toBe('[LOCK_7] opens before [x LOCK_8]; close [LOCK_7] at 20:00.');
  });

  test('not as a part of a longer name or number', () => {
    const answer = 'Berth 12 of 312, not 12.5 or 1,12; LOCK_12 and 12th stay.';
    expect(drawn(answer, named('12', 'number', false))).toBe('Berth [x 12] of 312, not 12.5 or 1,12; LOCK_12 and 12th stay.');
  });

  test('at the end of a sentence and before a comma', () => {
    expect(drawn('It took 90 seconds, then 12. Done.', named('90 seconds', 'number'), named('12', 'number'))).toBe(
      'It took [90 seconds], then [12]. Done.',
    );
  });

  test('as a part of a word where it is nowhere a whole', () => {
    expect(drawn('Released as v1.4.2 today.', named('1.4.2', 'number', false))).toBe('Released as v[x 1.4.2] today.');
  });

  test('longer first: no two overlap', () => {
    const answer = 'See lock-house/bell.md and bell.md; "lock-house/bell.md says ring" is there.';
    const grounding = [
      named('bell.md', 'path', false),
      named('lock-house/bell.md', 'path'),
      named('lock-house/bell.md says ring', 'quote', false),
    ];
    expect(drawn(answer, ...grounding)).toBe('See [lock-house/bell.md] and [x bell.md]; "[x lock-house/bell.md says ring]" is there.');
  });

  test('a sentence that is a claim keeps what it names inside it', () => {
    const claim = 'LOCK_7 is wired into the gate.';
    const { spans, missing } = markSpans(claim, [named('LOCK_7', 'identifier'), named(claim, 'claim', false)]);
    expect(spans).toEqual([{ text: claim, thing: named(claim, 'claim', false) }]);
    expect(missing).toEqual([]);
  });

  test('of the same text twice, the one without ground is shown', () => {
    expect(drawn('Wait 90 s.', named('90 s', 'quote'), named('90 s', 'number', false))).toBe('Wait [x 90 s].');
  });

  test('two that only partly overlap: the longer one stays whole', () => {
    expect(drawn('north lock gate', named('north lock', 'quote'), named('lock gate', 'quote', false))).toBe('[north lock] gate');
  });
});

describe('forms of the same text', () => {
  test('typographic marks, dashes and spaces are found by plain ones, and the answer keeps its own', () => {
    expect(
      drawn(
        'Ring “the keeper’s bell” – 1\u202f200 times, lines 229–240.',
        named("the keeper's bell", 'quote'),
        named('1,200', 'number'),
        named('229-240', 'number', false),
      ),
    ).toBe('Ring “[the keeper’s bell]” – [1\u202f200] times, lines [x 229–240].');
  });

  test('redacted text is marked as it is shown', () => {
    expect(drawn('Write to [EMAIL_1] at dawn.', named('[EMAIL_1]', 'identifier'))).toBe('Write to [[EMAIL_1]] at dawn.');
  });

  test('signs beyond the first plane do not shift what follows', () => {
    expect(drawn('🚢🚢 LOCK_7 🚢', named('LOCK_7', 'identifier'))).toBe('🚢🚢 [LOCK_7] 🚢');
  });

  test('hostile text is text', () => {
    expect(drawn('<b>.*</b> $& \\1', named('.*', 'identifier', false), named('$&', 'quote'))).toBe('<b>[x .*]</b> [$&] \\1');
  });
});

test('what stands nowhere in the answer is told, not lost', () => {
  const [whole, gone, empty] = [named('LOCK_7', 'identifier'), named('write to quay@harbour.example', 'quote', false), named('', 'quote')];
  const { spans, missing } = markSpans('LOCK_7: write to [EMAIL_1].', [whole, gone, empty]);
  expect(spans[0]).toEqual({ text: 'LOCK_7', thing: whole });
  expect(missing).toEqual([gone, empty]);
});

test('an answer that names nothing, and none at all', () => {
  expect(markSpans('Ring the bell.', [])).toEqual({ spans: [{ text: 'Ring the bell.', thing: null }], missing: [] });
  expect(markSpans('', [])).toEqual({ spans: [], missing: [] });
});

test('the spans are the answer, and whatever the gate listed is found in it', () => {
  const bundle: ReplayBundle = { exemplars: [], warnings: [], validation_steps: [] };
  const piece = fc.constantFrom(
    ...[
      'LOCK_7',
      'lock-house/bell.md:12-14',
      '“ring twice”',
      '`openGate(7)`',
      '1 200 ms',
      '12',
      '3.5 kg',
      'v1.4.2',
      'a1b2c3d4e5',
      'https://harbour.example/a?b',
      '2026-03-02',
      'the keeper’s',
      'of',
      '7 berths',
      '20:00',
    ],
    ...[', ', '. ', ' ', '\n- ', '\n1. ', ' (', ') ', '🚢', '"', '’'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      const answer = pieces.join('');
      const { grounding } = judgeAnswer({ answer, task: 'Verify that the lock opens.', bundle, grounding: 'fail' });
      const { spans, missing } = markSpans(answer, grounding);
      expect(spans.map(({ text }) => text).join('')).toBe(answer);
      expect(missing).toEqual([]);
      expect(spans.every(({ text }) => text !== '')).toBe(true);
    }),
  );
});
