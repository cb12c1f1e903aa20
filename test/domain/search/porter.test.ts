import { describe, expect, test } from 'vitest';
import { stemEnglish } from '../../../domain/search/porter.ts';

/** Examples as they are printed beside each rule in the paper of 1980: the word, what the rule makes of it, and what all rules after it leave. */
const EXAMPLES: Readonly<Record<string, readonly (readonly [word: string, byRule: string, stem: string])[]>> = {
  '1a': [
    ['caresses', 'caress', 'caress'],
    ['ponies', 'poni', 'poni'],
    ['ties', 'ti', 'ti'],
    ['caress', 'caress', 'caress'],
    ['cats', 'cat', 'cat'],
  ],
  '1b': [
    ['feed', 'feed', 'feed'],
    ['agreed', 'agree', 'agre'],
    ['plastered', 'plaster', 'plaster'],
    ['bled', 'bled', 'bled'],
    ['motoring', 'motor', 'motor'],
    ['sing', 'sing', 'sing'],
    ['conflated', 'conflate', 'conflat'],
    ['troubled', 'trouble', 'troubl'],
    ['sized', 'size', 'size'],
    ['hopping', 'hop', 'hop'],
    ['tanned', 'tan', 'tan'],
    ['falling', 'fall', 'fall'],
    ['hissing', 'hiss', 'hiss'],
    ['fizzed', 'fizz', 'fizz'],
    ['failing', 'fail', 'fail'],
    ['filing', 'file', 'file'],
  ],
  '1c': [
    ['happy', 'happi', 'happi'],
    ['sky', 'sky', 'sky'],
  ],
  '2': [
    ['relational', 'relate', 'relat'],
    ['conditional', 'condition', 'condit'],
    ['rational', 'rational', 'ration'],
    ['valenci', 'valence', 'valenc'],
    ['hesitanci', 'hesitance', 'hesit'],
    ['digitizer', 'digitize', 'digit'],
    ['conformabli', 'conformable', 'conform'],
    ['radicalli', 'radical', 'radic'],
    ['differentli', 'different', 'differ'],
    ['vileli', 'vile', 'vile'],
    ['analogousli', 'analogous', 'analog'],
    ['vietnamization', 'vietnamize', 'vietnam'],
    ['predication', 'predicate', 'predic'],
    ['operator', 'operate', 'oper'],
    ['feudalism', 'feudal', 'feudal'],
    ['decisiveness', 'decisive', 'decis'],
    ['hopefulness', 'hopeful', 'hope'],
    ['formaliti', 'formal', 'formal'],
    ['sensitiviti', 'sensitive', 'sensit'],
    ['sensibiliti', 'sensible', 'sensibl'],
  ],
  '3': [
    ['triplicate', 'triplic', 'triplic'],
    ['formative', 'form', 'form'],
    ['formalize', 'formal', 'formal'],
    ['electriciti', 'electric', 'electr'],
    ['electrical', 'electric', 'electr'],
    ['hopeful', 'hope', 'hope'],
    ['goodness', 'good', 'good'],
  ],
};

/** From here on a rule's result is the stem: nothing after it changes these. */
const LAST_EXAMPLES: Readonly<Record<string, string>> = {
  '4 al': 'revival reviv',
  '4 ance': 'allowance allow',
  '4 ence': 'inference infer',
  '4 er': 'airliner airlin',
  '4 ic': 'gyroscopic gyroscop',
  '4 able': 'adjustable adjust',
  '4 ible': 'defensible defens',
  '4 ant': 'irritant irrit',
  '4 ement': 'replacement replac',
  '4 ment': 'adjustment adjust',
  '4 ent': 'dependent depend',
  '4 ion': 'adoption adopt',
  '4 ou': 'homologou homolog',
  '4 ism': 'communism commun',
  '4 ate': 'activate activ',
  '4 iti': 'angulariti angular',
  '4 ous': 'homologous homolog',
  '4 ive': 'effective effect',
  '4 ize': 'bowdlerize bowdler',
  '5a (m > 1)': 'probate probat',
  '5a (short syllable)': 'rate rate',
  '5a (m = 1)': 'cease ceas',
  '5b (m > 1)': 'controll control',
  '5b (m = 1)': 'roll roll',
};

describe.each(Object.entries(EXAMPLES))('rule %s of the paper', (_, examples) => {
  test.each(examples)('%s becomes %s, and in the end %s', (word, byRule, stem) => {
    expect([stemEnglish(word), stemEnglish(byRule)]).toEqual([stem, stem]);
  });
});

test.each(Object.entries(LAST_EXAMPLES))('rule %s of the paper: %s', (_, example) => {
  const [word, stem] = example.split(' ') as [string, string];
  expect(stemEnglish(word)).toBe(stem);
});

test('callousness becomes callous, which as a word of its own would lose its s', () => {
  expect([stemEnglish('callousness'), stemEnglish('callous')]).toEqual(['callous', 'callou']);
});

test('the paper strips two long words step by step', () => {
  expect([stemEnglish('generalizations'), stemEnglish('oscillators')]).toEqual(['gener', 'oscil']);
});

test('the later departures of the author are left out: bli and logi', () => {
  // With them it would be possibl and geolog.
  expect([stemEnglish('possibli'), stemEnglish('geologi')]).toEqual(['possibli', 'geologi']);
});

test('words of one or two letters stay', () => {
  expect(['s', 'is', 'ed'].map(stemEnglish)).toEqual(['s', 'is', 'ed']);
});
