import type { Random } from '../../../domain/shared/random.ts';

/** A change to the text of a file, whatever it means. */
export type TextChange = (text: string, random: Random) => string;

const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  'null',
  'NaN',
  'tru',
  '//',
  '\u2028',
  '\ufeff',
  '\u0000',
  '\n',
  '\r',
  '""',
  '{}',
  '[]',
  '\\u0000',
  '\\ud800',
];
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const NOISE = ['Session of the night desk\n', '# notes\n\n', '\n\n\n', '{"note": 1\n', '[', '\u0000\u0000\u0000\n', '<html>\n', ")]}'\n"];

/** The changes by name. */
export const TEXT_CHANGES: Readonly<Record<string, TextChange>> = {
  'drop a token': (text, random) => atToken(text, random, () => ''),
  'repeat a token': (text, random) => atToken(text, random, (token) => token.repeat(random.pick([2, 3, 500]))),
  'swap a token': (text, random) => atToken(text, random, () => random.pick(TOKENS)),
  'insert a token': (text, random) => at(text, random, (head, tail) => head + random.pick(TOKENS) + tail),
  cut: (text, random) => text.slice(0, random.int(text.length + 1)),
  'cut near the end': (text, random) => text.slice(0, -1 - random.int(30)),
  'no line feed at the end': (text) => text.trimEnd(),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'mixed line ends': (text, random) => text.replaceAll('\n', () => random.pick(['\n', '\r\n', '\n\n', '\n\r', '\n \t\n'])),
  'carriage returns': (text) => text.replaceAll('\n', '\r'),
  'byte order mark': (text) => `\ufeff${text}`,
  'byte order marks inside': (text) => text.replaceAll('\n', '\n\ufeff'),
  'noise in front': (text, random) => random.pick(NOISE) + text,
  'noise behind': (text, random) => text + random.pick(NOISE),
  'lines joined': (text, random) => text.replaceAll('\n', (feed) => (random.int(2) === 0 ? feed : '')),
  'lines broken': (text, random) => text.replaceAll(/,/g, (comma) => (random.int(20) === 0 ? `${comma}\n` : comma)),
  'pretty print': (text) => text.split('\n').map(pretty).join('\n'),
  'twice in a row': (text) => text + text,
  'upper case': (text, random) => at(text, random, (head, tail) => head + tail.slice(0, 200).toUpperCase() + tail.slice(200)),
  'a line again and again': (text, random) => {
    const lines = text.split('\n');
    const line = random.pick(lines);
    const copies = Math.min(2_000, Math.ceil(100_000 / (line.length + 1)));
    lines.splice(random.int(lines.length + 1), 0, ...Array.from({ length: copies }, () => line));
    return lines.join('\n');
  },
};

function atToken(text: string, random: Random, change: (token: string) => string): string {
  const tokens = [...text.matchAll(TOKEN)];
  if (tokens.length === 0) return text;
  const { 0: token, index } = random.pick(tokens);
  return text.slice(0, index) + change(token) + text.slice(index + token.length);
}

function at(text: string, random: Random, join: (head: string, tail: string) => string): string {
  const place = random.int(text.length + 1);
  return join(text.slice(0, place), text.slice(place));
}

function pretty(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line;
  }
}
