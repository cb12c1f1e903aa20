/**
 * The stem of an English word in lower-case ASCII letters, by the algorithm as it was published (M. F. Porter, An algorithm for suffix stripping,
 * Program 14(3), 1980), without the later departures `bli` and `logi`: the reference figures of the classic collections were made with these stems.
 * Words of one or two letters are left alone, as in the author's own programs.
 */
export function stemEnglish(word: string): string {
  if (word.length < 3) return word;
  let stem = dropPlural(word);
  stem = dropTense(stem);
  stem = replaceFinalY(stem);
  stem = replaceFirst(stem, DOUBLE_SUFFIXES, 0);
  stem = replaceFirst(stem, ADJECTIVE_SUFFIXES, 0);
  stem = dropLastSuffix(stem);
  stem = dropFinalE(stem);
  return measure(stem) > 1 && stem.endsWith('ll') ? stem.slice(0, -1) : stem;
}

type Rule = readonly [suffix: string, replacement: string];

/** Step 2 of the paper; the longest suffix that matches decides. */
const DOUBLE_SUFFIXES: readonly Rule[] = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['entli', 'ent'],
  ['ousli', 'ous'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['ator', 'ate'],
  ['eli', 'e'],
];

/** Step 3. */
const ADJECTIVE_SUFFIXES: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];

/** Step 4, longest first; `ion` only after s or t. */
const LAST_SUFFIXES = 'ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic ou'.split(' ');

function dropPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function dropTense(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const suffix = ['ed', 'ing'].find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDoubleConsonant(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1);
  return measure(stem) === 1 && endsInShortSyllable(stem) ? `${stem}e` : stem;
}

function replaceFinalY(word: string): string {
  return word.endsWith('y') && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
}

function replaceFirst(word: string, rules: readonly Rule[], above: number): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const stem = word.slice(0, -rule[0].length);
  return measure(stem) > above ? stem + rule[1] : word;
}

function dropLastSuffix(word: string): string {
  const suffix = LAST_SUFFIXES.find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (suffix === 'ion' && !/[st]$/.test(stem)) return word;
  return measure(stem) > 1 ? stem : word;
}

function dropFinalE(word: string): string {
  if (!word.endsWith('e')) return word;
  const stem = word.slice(0, -1);
  const times = measure(stem);
  return times > 1 || (times === 1 && !endsInShortSyllable(stem)) ? stem : word;
}

/** How often a vowel is followed by a consonant: the m of [C](VC)^m[V]. */
function measure(word: string): number {
  let times = 0;
  let wasVowel = false;
  for (let at = 0; at < word.length; at += 1) {
    const isVowel: boolean = !isConsonant(word, at, wasVowel);
    if (wasVowel && !isVowel) times += 1;
    wasVowel = isVowel;
  }
  return times;
}

function hasVowel(word: string): boolean {
  return /[aeiou]/.test(word) || word.indexOf('y', 1) > 0;
}

/** A y is a consonant at the beginning and after a vowel. */
function isConsonant(word: string, at: number, isAfterVowel: boolean): boolean {
  const letter = word[at]!;
  return letter === 'y' ? at === 0 || isAfterVowel : !'aeiou'.includes(letter);
}

function endsInDoubleConsonant(word: string): boolean {
  const last = word.at(-1);
  return last !== undefined && last === word.at(-2) && endsInConsonant(word);
}

function endsInConsonant(word: string): boolean {
  return shape(word).endsWith('c');
}

/** Consonant, vowel, consonant at the end, and the last one is none of w, x, y. */
function endsInShortSyllable(word: string): boolean {
  return shape(word).endsWith('cvc') && !/[wxy]$/.test(word);
}

/** The word with c for each consonant and v for each vowel. */
function shape(word: string): string {
  let letters = '';
  for (let at = 0; at < word.length; at += 1) letters += isConsonant(word, at, letters.endsWith('v')) ? 'c' : 'v';
  return letters;
}
