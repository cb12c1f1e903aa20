import { describe, expect, test } from 'vitest';
import { judgeAnswer } from '../../../domain/replay/index.ts';
import type { ReplayBundle } from '../../../schemas/replay-run.ts';
import type { ReplayReason } from '../../../schemas/vocabulary.ts';

const TASK = 'Open the south lock LOCK_SOUTH_2 at noon, as tide/noon.md asks, within 45 minutes';

const BUNDLE: ReplayBundle = {
  exemplars: [
    {
      id: 'north-lock',
      title: 'Open the north lock at dawn',
      content: [
        'Open the north lock at dawn',
        '',
        'Ring the bell as lock-house/bell.md says and wait 90 seconds. The code in crates/lock/src/gate.rs:40-62 calls openGate() with LOCK_NORTH_7.',
        'Filling took 1,250 ms after commit 38a11d35c0ffee12aa07 and the pressure fell by 12.5% to a level that 446 readings confirm.',
        'The rule at https://harbour.example/locks/north says “never open both gates”; the sluice writes 2 MB of log.',
        'The clock counts in fill_ms=1250 since version 1.4.2 of the tide table.',
        'Verify the water level on both sides.',
      ].join('\n'),
      generation: 0,
    },
  ],
  warnings: [
    {
      id: 'east-lock',
      title: 'Open the east lock',
      content: 'Open the east lock\n\nThe keeper said "I cannot see the buoy" and stopped.',
      generation: 0,
    },
  ],
  validation_steps: ['Verify the water level on both sides.'],
};

/** Names nothing, shares its words with the step, and is 65 characters long. */
const TAIL = ' Then verify the water level on both sides before anyone moves on';

function fill(start: string, length: number): string {
  return start.padEnd(length, 'o');
}

type Row = readonly [name: string, answer: string, reasons: readonly ReplayReason[], ungrounded?: readonly string[]];

const SHAPE: readonly Row[] = [
  ['nothing at all', '', ['empty']],
  ['white space', ' \n\t\u00a0 ', ['empty']],
  ['characters that nobody sees', '\u200b\u200d\ufeff', ['empty']],
  ['79 characters', fill('Check the water level of the south lock by hand and by lamp, s', 79), ['too_short']],
  ['80 characters', fill('Check the water level of the south lock by hand and by lamp, s', 80), []],
  ['79 characters and white space around them', `  ${fill('Check the water level of the south lock by hand, s', 79)}\n\n`, ['too_short']],
  ['79 characters and one that nobody sees', `${fill('Check the water level of the south lock by hand, s', 79)}\u200b`, ['too_short']],
  ['80 characters beyond the basic plane', `The water level ${'🌊'.repeat(64)}`, []],
  ['79 of them', `The water level ${'🌊'.repeat(63)}`, ['too_short']],
  ['short and off the steps', 'Ring twice.', ['too_short', 'off_steps']],
  ['all that can be wrong', 'I cannot find `sluice_9`.', ['too_short', 'hedge', 'off_steps', 'ungrounded'], ['sluice_9']],
];

const HEDGES: readonly Row[] = [
  ['as an AI', `As an AI I only read about locks and never saw one.${TAIL}`, ['hedge']],
  ['in capitals', `AS AN AI, THE KEEPER OF TEXT HAS NO HANDS.${TAIL}`, ['hedge']],
  ['as an aide, which is none', `Work as an aide to the keeper and stay near the bell.${TAIL}`, []],
  ['I cannot', `I cannot tell how the lock is opened.${TAIL}`, ['hedge']],
  ["I can't", `I can't tell how the lock is opened.${TAIL}`, ['hedge']],
  ['I can’t', `I can’t tell how the lock is opened.${TAIL}`, ['hedge']],
  ['I can not, over a line', `I can\nnot tell how the lock is opened.${TAIL}`, ['hedge']],
  ["I'm sorry, but", `I'm sorry, but the lock is beyond me.${TAIL}`, ['hedge']],
  ['I’m sorry, but', `I’m sorry, but the lock is beyond me.${TAIL}`, ['hedge']],
  ['I am sorry but', `I am sorry but the lock is beyond me.${TAIL}`, ['hedge']],
  ["I don't have access", `I don't have access to the lock.${TAIL}`, ['hedge']],
  ['I don’t have access', `I don’t have access to the lock.${TAIL}`, ['hedge']],
  ['I do not have access', `I do not have access to the lock.${TAIL}`, ['hedge']],
  ['I am unable to', `I am unable to open the lock.${TAIL}`, ['hedge']],
  ["I'm unable to", `I'm unable to open the lock.${TAIL}`, ['hedge']],
  ['Iʼm unable to, with a letter apostrophe', `Iʼm unable to open the lock.${TAIL}`, ['hedge']],
  ['a hedge with a soft hyphen in it', `I can\u00adnot tell how the lock is opened.${TAIL}`, ['hedge']],
  ['a no-break space in it', `I\u00a0cannot tell how the lock is opened.${TAIL}`, ['hedge']],
  ['quoted inside a legitimate sentence', `The keeper of the east lock said "I cannot see the buoy" and stopped.${TAIL}`, []],
  ['quoted with typographic marks', `The keeper of the east lock said “I cannot see the buoy” and stopped.${TAIL}`, []],
  [
    'quoted, by nobody who was quoted in the bundle',
    `The keeper of the west lock said "I cannot hear the bell" and stopped.${TAIL}`,
    ['ungrounded'],
    ['I cannot hear the bell'],
  ],
  [
    'an answer that is nothing but a quoted hedge',
    '"I cannot see the buoy and so I cannot verify the water level on both sides of the lock at all."',
    ['hedge', 'ungrounded'],
    ['I cannot see the buoy and so I cannot verify the water level on both sides of the lock at all.'],
  ],
  ['somebody else who cannot', `The sluice cannot close while the bell rings, and no one is unable to hear it.${TAIL}`, []],
];

const STEPS: readonly Row[] = [
  ['a word of the steps', 'Look at the gates for long enough, lamp in hand, and write down the level you see every morning.', []],
  ['another form of it', 'Everybody who was there had verified what they saw, lamp in hand, and wrote it down every morning.', []],
  [
    'function words alone',
    'Look for the lamp on the hill, and when it is lit, go there with a friend, as the keeper would in the morning.',
    ['off_steps'],
  ],
  ['capitals aside', 'LOOK AT THE LEVEL FOR LONG ENOUGH, LAMP IN HAND, AND WRITE DOWN WHAT YOU SEE THERE EVERY MORNING.', []],
];

const GROUNDED: readonly Row[] = [
  ['a path of the bundle', `Ring as lock-house/bell.md says.${TAIL}`, []],
  ['a path of the task', `Do as tide/noon.md asks, bell first.${TAIL}`, []],
  ['the end of a path', `Look into src/gate.rs first.${TAIL}`, []],
  ['the folder of a path', `Look into crates/lock/src/ first.${TAIL}`, []],
  ['a path with its lines', `Look into crates/lock/src/gate.rs:40-62 first.${TAIL}`, []],
  ['the lines with a dash and in words', `Look into \`gate.rs\`, lines 40–62, first.${TAIL}`, []],
  ['a name in code', `Call \`openGate\` with \`LOCK_NORTH_7\`.${TAIL}`, []],
  ['a name of the task', `Set LOCK_SOUTH_2 and ring.${TAIL}`, []],
  ['a call with other arguments', `Call openGate(north) from the tower.${TAIL}`, []],
  ['a call with names that were given', `Call \`openGate(LOCK_NORTH_7, 90)\` or openGate(LOCK_SOUTH_2).${TAIL}`, []],
  ['a number with its unit', `Wait 90 seconds after the bell.${TAIL}`, []],
  ['its unit in short', `Wait 90 s after the bell.${TAIL}`, []],
  ['the same time in another unit', `Wait 1.5 minutes after the bell.${TAIL}`, []],
  ['thousands without a comma', `Filling takes 1250 ms.${TAIL}`, []],
  ['thousands with a thin space', `Filling takes 1\u202f250 milliseconds.${TAIL}`, []],
  ['in seconds', `Filling takes 1.25 s.${TAIL}`, []],
  ['percent in words', `Pressure falls by 12.50 percent.${TAIL}`, []],
  ['a decimal comma', `Pressure falls by 12,5 %.${TAIL}`, []],
  ['a number without a unit', `As 446 readings say, it falls.${TAIL}`, []],
  ['numbers that only count', `There are 2 things to do:\n1. Ring the bell.\n2. Wait.\n12. Go on.${TAIL}`, []],
  ['a version', `It is so since version 1.4.2 and stays.${TAIL}`, []],
  ['a version with its letter', `It is so since v1.4.2 and stays.${TAIL}`, []],
  ['the key that names the unit', `Set fill_ms to more, as fill_ms: 1250 is little.${TAIL}`, []],
  ['the beginning of a commit', `It is so since commit 38a11d35.${TAIL}`, []],
  ['the commit in capitals', `It is so since 38A11D35C0FFEE12AA07.${TAIL}`, []],
  ['an address', `The rule stands at https://harbour.example/locks/north.${TAIL}`, []],
  ['its host in capitals, its beginning', `The rules stand at https://HARBOUR.example/locks.${TAIL}`, []],
  ['a quotation, other marks and capitals', `The rule is 'Never open both gates'.${TAIL}`, []],
  ['apostrophes, which quote nothing', `The keepers' bell isn't the boats' bell, and it's loud.${TAIL}`, []],
  ['words joined by a slash', `Say yes/no and open/close aloud, and/or ring.${TAIL}`, []],
];

const UNGROUNDED: readonly Row[] = [
  ['an invented path', `Ring as lock-house/gong.md says.${TAIL}`, ['ungrounded'], ['lock-house/gong.md']],
  ['a true file in an invented folder', `Look into crates/pier/src/gate.rs first.${TAIL}`, ['ungrounded'], ['crates/pier/src/gate.rs']],
  ['a file whose name goes on', `Look into crates/lock/src/gate first.${TAIL}`, ['ungrounded'], ['crates/lock/src/gate']],
  [
    'invented lines of a true file',
    `Look into crates/lock/src/gate.rs:70-88 first.${TAIL}`,
    ['ungrounded'],
    ['crates/lock/src/gate.rs:70-88'],
  ],
  ['an absolute path', `Look into /etc/lock.conf first.${TAIL}`, ['ungrounded'], ['/etc/lock.conf']],
  ['an invented name', `Call closeGate from the tower.${TAIL}`, ['ungrounded'], ['closeGate']],
  ['an invented name in code', `Call \`open\` from the tower and \`seal\` it.${TAIL}`, ['ungrounded'], ['seal']],
  ['a name in another case', `Call \`opengate\` with lock_north_7.${TAIL}`, ['ungrounded'], ['opengate', 'lock_north_7']],
  [
    'invented arguments of a true call',
    `Call \`openGate(LOCK_NORTH_9, 75)\` or openGate(LOCK_WEST_3), then openGate("pier/x.csv").${TAIL}`,
    ['ungrounded'],
    ['LOCK_NORTH_9', '75', 'LOCK_WEST_3', 'pier/x.csv'],
  ],
  ['an invented call', `Call \`sealGate()\` and \`seal(north)\` and drain(east).${TAIL}`, ['ungrounded'], ['sealGate()', 'seal', 'drain']],
  ['a part of a name', `Set LOCK_NORTH and ring.${TAIL}`, ['ungrounded'], ['LOCK_NORTH']],
  ['invented codes', `The codes P99999 and Z99999 are mapped.${TAIL}`, ['ungrounded'], ['P99999', 'Z99999']],
  ['an invented number with a unit', `Wait 75 seconds after the bell.${TAIL}`, ['ungrounded'], ['75 seconds']],
  ['the number with another unit', `Wait 90 minutes after the bell.${TAIL}`, ['ungrounded'], ['90 minutes']],
  ['the number with a unit it did not have', `It takes 446 ms to fall.${TAIL}`, ['ungrounded'], ['446 ms']],
  ['an invented percentage', `The rate of failure is 0.0% and the limit 5.0%.${TAIL}`, ['ungrounded'], ['0.0%', '5.0%']],
  ['an invented number without a unit', `As 312 readings say, it falls.${TAIL}`, ['ungrounded'], ['312']],
  ['an invented amount of money', `A passage costs $40 at noon.${TAIL}`, ['ungrounded'], ['$40']],
  ['another version', `It is so since version 1.4.3 and stays.${TAIL}`, ['ungrounded'], ['1.4.3']],
  ['a key that names another unit', `The clock says fill_s: 1250 and stops.${TAIL}`, ['ungrounded'], ['fill_s', '1250']],
  ['another commit', `It is so since commit 9c3a2f1b.${TAIL}`, ['ungrounded'], ['9c3a2f1b']],
  ['a commit that goes on otherwise', `It is so since 38a11d35ffff.${TAIL}`, ['ungrounded'], ['38a11d35ffff']],
  ['the middle of a commit', `It is so since a11d35c0ffee.${TAIL}`, ['ungrounded'], ['a11d35c0ffee']],
  [
    'an address on another host',
    `The rule stands at https://harbor.example/locks/north.${TAIL}`,
    ['ungrounded'],
    ['https://harbor.example/locks/north'],
  ],
  [
    'an address with another end',
    `The rule stands at https://harbour.example/locks/northern.${TAIL}`,
    ['ungrounded'],
    ['https://harbour.example/locks/northern'],
  ],
  ['an invented quotation', `The rule is "never open either gate".${TAIL}`, ['ungrounded'], ['never open either gate']],
  ['a date', `It was changed on 2026-04-27.${TAIL}`, ['ungrounded'], ['2026-04-27']],
  ['a time of day', `The first boat passes at 05:50.${TAIL}`, ['ungrounded'], ['05:50']],
];

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  shape: SHAPE,
  hedges: HEDGES,
  steps: STEPS,
  grounded: GROUNDED,
  ungrounded: UNGROUNDED,
};

describe.each(Object.entries(TABLE))('the gate on answers of %s', (_, rows) => {
  test.each(rows.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest: [answer, reasons, ungrounded = []] }) => {
    const { gate, grounding } = judgeAnswer({ answer, task: TASK, bundle: BUNDLE, grounding: 'fail' });
    expect(grounding.filter(({ grounded }) => !grounded).map(({ text }) => text)).toEqual(ungrounded);
    expect(gate).toEqual({ passed: reasons.length === 0, reasons });
  });
});

test('the tail of the answers names nothing', () => {
  expect(TAIL).toHaveLength(65);
  expect(judgeAnswer({ answer: TAIL.repeat(2), task: TASK, bundle: BUNDLE, grounding: 'fail' }).grounding).toEqual([]);
});

test('several words between marks are one quotation, be they a command with a path', () => {
  const answer = `Run \`cat lock-house/bell.md | wc -l\` and see "lock-house/bell.md says" and 'lock-house/bell.md'.${TAIL}`;
  expect(judgeAnswer({ answer, task: TASK, bundle: BUNDLE, grounding: 'fail' }).grounding).toEqual([
    { text: 'cat lock-house/bell.md | wc -l', kind: 'quote', grounded: false },
    { text: 'lock-house/bell.md says', kind: 'quote', grounded: true },
    { text: 'lock-house/bell.md', kind: 'path', grounded: true },
  ]);
});

test('what was copied out of the fence with its signs escaped stands in the bundle', () => {
  const content = 'Count the lamps\n\nRun `wc -l < lamp/log.csv && ring` at noon.';
  const bundle = { exemplars: [{ id: 'lamps', title: 'Count the lamps', content, generation: 0 }], warnings: [], validation_steps: [] };
  const answer = `Run \`wc -l &lt; lamp/log.csv &amp;&amp; ring\`, not \`wc -l &gt; lamp/log.csv\`.${TAIL}`;
  expect(judgeAnswer({ answer, task: TASK, bundle, grounding: 'fail' }).grounding).toEqual([
    { text: 'wc -l &lt; lamp/log.csv &amp;&amp; ring', kind: 'quote', grounded: true },
    { text: 'wc -l &gt; lamp/log.csv', kind: 'quote', grounded: false },
  ]);
});

describe('what only says the task again', () => {
  const task = 'Verify that the south gate LOCK_SOUTH_2 is wired to the bell and uses the tide_answers table';
  const claim = 'The `LOCK_SOUTH_2` gate is successfully wired to the bell, and it is configured to use the `tide_answers` table.';

  test('is no proof of it', () => {
    const { gate, grounding } = judgeAnswer({ answer: claim, task, bundle: { ...BUNDLE, validation_steps: [] }, grounding: 'fail' });
    expect(gate.reasons).toEqual(['ungrounded']);
    expect(grounding).toEqual([
      { text: 'LOCK_SOUTH_2', kind: 'identifier', grounded: true },
      { text: 'tide_answers', kind: 'identifier', grounded: true },
      { text: claim, kind: 'claim', grounded: false },
    ]);
  });

  test.each([
    ['Please double-check that', '.'],
    ['Make sure that', '.'],
    ['Can you confirm that', '?'],
    ['Tell me whether', '.'],
    ['Find out if', '.'],
    ['Is it true that', '?'],
  ])('nor where the task begins with "%s"', (start, end) => {
    const asked = `${start} the south gate LOCK_SOUTH_2 is wired to the bell and uses the tide_answers table${end}`;
    const { gate } = judgeAnswer({ answer: claim, task: asked, bundle: { ...BUNDLE, validation_steps: [] }, grounding: 'fail' });
    expect(gate.reasons).toEqual(['ungrounded']);
  });

  test('is borne out by a playbook that names it, too', () => {
    const entry = {
      id: 'south',
      title: 'South gate',
      content: 'South gate\n\nlock/wires.txt ties LOCK_SOUTH_2 to the bell.',
      generation: 0,
    };
    const bundle = { exemplars: [entry], warnings: [], validation_steps: [] };
    expect(judgeAnswer({ answer: claim, task, bundle, grounding: 'fail' }).gate).toEqual({ passed: true, reasons: [] });
  });

  test('may be said where the task asks for no proof', () => {
    const answer = 'Wire the south gate LOCK_SOUTH_2 to the bell, and let it use the tide_answers table from then on.';
    const bundle = { exemplars: [], warnings: [], validation_steps: [] };
    for (const asked of ['Wire', 'Please wire', 'Can you wire']) {
      const task = `${asked} the south gate LOCK_SOUTH_2 to the bell, with the tide_answers table?`;
      expect(judgeAnswer({ answer, task, bundle, grounding: 'fail' }).gate.passed).toBe(true);
    }
  });
});

describe('modes of grounding', () => {
  const answer = `Call closeGate from the tower.${TAIL}`;
  test('warn lists and refuses nothing', () => {
    const { gate, grounding } = judgeAnswer({ answer, task: TASK, bundle: BUNDLE, grounding: 'warn' });
    expect(gate).toEqual({ passed: true, reasons: [] });
    expect(grounding).toEqual([{ text: 'closeGate', kind: 'identifier', grounded: false }]);
  });
  test('off does not look', () => {
    expect(judgeAnswer({ answer, task: TASK, bundle: BUNDLE, grounding: 'off' })).toEqual({
      gate: { passed: true, reasons: [] },
      grounding: [],
    });
  });
});
