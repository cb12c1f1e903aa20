const ONES = 'one two three four five six seven eight nine'.split(' ');
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const POWERS: Readonly<Record<string, number>> = { hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9 };

const VALUES: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, place): [string, number] => [word, place + 1]),
  ...TEENS.map((word, place): [string, number] => [word, place + 10]),
  ...TENS.map((word, place): [string, number] => [word, place * 10 + 20]),
]);

const BELOW_HUNDRED = `(?:${anyOf(TENS)}(?:[ -]${anyOf(ONES)})?|${anyOf([...TEENS, ...ONES])})(?!\\p{L})`;

/** The source of a pattern for a whole number in words, "two hundred and five" or "twenty-one"; its words may begin with a capital. */
export const NUMBER_IN_WORDS = `${BELOW_HUNDRED}(?:[ -]${anyOf(Object.keys(POWERS))}(?!\\p{L})(?:(?: and)? ${BELOW_HUNDRED})?)*`;

/** The value of what that pattern finds; undefined for digits. */
export function valueOfWords(text: string): number | undefined {
  if (!/^\p{L}/u.test(text)) return undefined;
  let [sum, group] = [0, 0];
  for (const word of text.toLowerCase().split(/[ -]/)) {
    const power = POWERS[word];
    if (power === 100) group *= power;
    else if (power !== undefined) [sum, group] = [sum + group * power, 0];
    else group += VALUES.get(word) ?? 0;
  }
  return sum + group;
}

function anyOf(words: readonly string[]): string {
  return `(?:${words.map((word) => `[${word[0]!.toUpperCase()}${word[0]}]${word.slice(1)}`).join('|')})`;
}
