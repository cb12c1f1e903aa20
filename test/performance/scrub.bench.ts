import { test } from 'vitest';
import { fence, redactInjection } from '../../domain/fencing/index.ts';
import { scrubQuery } from '../../domain/scrub/index.ts';

/** Characters of the longest query that is captured. */
const LONGEST = 51_200;

/** Texts in which a pattern that reads twice would read for a long time: each is its unit over and over. */
const UNITS = [
  ...['a', ' ', '(', '[{("\'', '-', '"', '\\', ':', '1', '1.', '4 ', '4111 ', '+1 ', '555-', '555 123 ', '@', 'a@', 'a%40', 'x@a.b-'],
  ...['password', 'password=', 'password="', 'password   ', 'token=&a', 'api_key', 'bearer ', 'eyJ', 'eyJaa.', 'sk-', 'ghp_', 'xoxb-'],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    '://',
    'a://b:',
    'ssn ',
    'order 5551234567 ',
    'a:',
    'i g n o r e ',
    'ignore all ',
    '<take ',
    '</system',
    '$(a ',
    '`rm ',
    '港',
    '＠',
  ],
  // Disguises, beginnings of every category, and what a block has to escape.
  ...['ｉｇｎｏｒｅ　', 'i\u200dg\u200d', '\u00ad', '\u202e', 'i g n o r e  p r e v i o u s  ', 'ﷺ', 'e\u0301', '🍐'],
  ...[
    'ignore previous ',
    'forget all of the ',
    'disregard my ',
    'print the system ',
    'repeat your prompt ',
    'you are now ',
    'you are DAN ',
  ],
  ...['<', '&lt;', '&#60;/', '</chat_session ', '<instructions a="', '" id="', 'os.system("', 'rm -rf ', 'new instructions '],
];

/** A fence without a cap of its own: with one, what it reads does not grow at all. */
function fenceWhole(text: string): unknown {
  return fence({ tag: 'passage', attributes: { id: 'berth-4' }, text, cap: text.length });
}

/**
 * Time for a text of twice the longest length against time for one of that length, each the best of several rounds: about 2 is linear, 4 is quadratic.
 * Texts that are read too quickly to be measured have no ratio.
 */
test.each([
  ['scrub', scrubQuery],
  ['injection', redactInjection],
  ['fence', fenceWhole],
])('%s', (name, read) => {
  const rows = UNITS.map((unit) => {
    const text = unit.repeat(Math.ceil((2 * LONGEST) / unit.length));
    const [once, twice] = bestMs([text.slice(0, LONGEST), text.slice(0, 2 * LONGEST)], read);
    return { unit, once, ratio: once < LEAST_MS ? null : twice / once };
  });
  const slowest = rows.toSorted((a, b) => b.once - a.once)[0]!;
  const steepest = rows.toSorted((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))[0]!;
  say(`${name}: ${rows.length} hostile texts of ${LONGEST} characters`);
  say(`slowest: ${slowest.once.toFixed(0)} ms for ${JSON.stringify(slowest.unit)} (bound: 1000 ms)`);
  say(`time(2n) / time(n), highest: ${(steepest.ratio ?? 0).toFixed(2)} for ${JSON.stringify(steepest.unit)} (bound: 2.5)\n`);
});

/** Below it the clock of a process says little. */
const LEAST_MS = 4;

/** The best time of each text, read in turns, so that what else the machine does meets both. */
function bestMs(texts: readonly [string, string], read: (text: string) => unknown): [number, number] {
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < 15; round += 1) {
    for (const place of [0, 1] as const) {
      // Not the time of the process: that counts its compiler and collector too.
      const before = performance.now();
      read(texts[place]);
      best[place] = Math.min(best[place], performance.now() - before);
    }
  }
  return best;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
