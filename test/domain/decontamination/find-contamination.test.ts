import { describe, expect, it } from 'vitest';
import {
  ContaminationIndexBuilder,
  DECONTAMINATION_DEFAULTS,
  findContamination,
  type ContaminationIndex,
} from '../../../domain/decontamination/index.ts';
import { inventedProse } from '../../support/near-copies.ts';
import { fc } from '../../support/fast-check.ts';

/** 26 words, so 14 runs of 13. */
const QUESTION =
  'A rider returns the cargo bike twenty minutes late because the ferry did not run; which part of the well-known late fee does the shop’s rule still charge?';
const ANSWER =
  'It charges nothing, because delays of the ferry count as a stop of the clock for every booking that ends at the harbor dock.';

function indexOf(texts: readonly string[], change: (builder: ContaminationIndexBuilder) => void = () => undefined): ContaminationIndex {
  const builder = new ContaminationIndexBuilder(DECONTAMINATION_DEFAULTS);
  for (const [number, text] of texts.entries()) builder.add({ set: 'house-rules', item: `exam.jsonl:${number + 1}` }, text);
  change(builder);
  return builder.finish();
}

const INDEX = indexOf([QUESTION, ANSWER]);
const wrapped = (text: string, width: number, start = '', end = '\n'): string =>
  text.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), `${start}$1${end}`);

describe('a copy of an evaluation text', () => {
  it.each([
    ['as it stands', QUESTION],
    ['amid other text', `Please help. ${QUESTION} Thank you!`],
    ['wrapped at 30 characters', wrapped(QUESTION, 30)],
    ['one word a line, with Windows line ends', QUESTION.replaceAll(' ', '\r\n')],
    ['indented as code', wrapped(QUESTION, 40, '        ')],
    ['quoted as in a mail', wrapped(QUESTION, 40, '> > ')],
    ['as a comment', wrapped(QUESTION, 40, '    // ')],
    ['as a block comment', wrapped(QUESTION, 40, ' * ')],
    [
      'hyphenated at line ends',
      QUESTION.replace('minutes', 'min-\nutes').replace('booking', 'book-\n  ing').replace('because', 'be-\r\n    cause'),
    ],
    ['hyphenated in quoted lines', wrapped(QUESTION, 30, '> ').replace('because', 'be-\n> cause')],
    ['with soft hyphens', QUESTION.replace('minutes', 'min\u00adutes').replace('because', 'be\u00adcause')],
    ['broken at the hyphen of a word', QUESTION.replace('well-known', 'well-\nknown')],
    ['in capitals', QUESTION.toUpperCase()],
    ['without punctuation', QUESTION.replaceAll(/[;?]/g, '').replaceAll('’', "'")],
    ['with other punctuation', QUESTION.replaceAll(' ', ', ')],
    [
      'in Markdown',
      `## **${QUESTION.replace('cargo bike', '`cargo` _bike_').replace('late fee', '[late fee](https://tidewater.example/fees "All fees")')}**`,
    ],
    ['in a Markdown table', `| ${QUESTION.replaceAll(' the ', ' | the ')} |`],
    ['as a list', wrapped(QUESTION, 50, '- ')],
    [
      'in HTML',
      `<p>${QUESTION.replace('cargo bike', '<b class="bike">cargo&nbsp;bike</b>').replace('’', '&rsquo;').replaceAll(' the ', '<br/>the ')}</p>`,
    ],
    ['with numeric entities', QUESTION.replace('’', '&#8217;').replace('cargo', '&#x63;argo')],
    ['with zero-width characters', [...QUESTION].join('\u200b').replaceAll('\u200b \u200b', ' ')],
    ['with other spaces', QUESTION.replaceAll(' ', '\u00a0')],
    ['with typographic signs', QUESTION.replace('shop’s', "shop's").replace(' because', ' \u2014 \u201cbecause\u201d')],
    ['in full-width letters', QUESTION.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
    ['as JSON in a tool call', JSON.stringify({ query: wrapped(QUESTION, 30) })],
    ['as JSON with escapes', JSON.stringify({ query: QUESTION }).replaceAll('’', '\\u2019')],
  ])('is found %s', (_, text) => {
    const [hit, ...others] = findContamination(INDEX, [text]);
    expect(hit).toMatchObject({ set: 'house-rules', item: 'exam.jsonl:1' });
    expect(others).toEqual([]);
  });

  it('is counted by its runs of 13 words', () => {
    expect(findContamination(INDEX, [QUESTION])).toEqual([
      { set: 'house-rules', item: 'exam.jsonl:1', matches: QUESTION.split(/[ ]/).length - 12 },
    ]);
  });

  it('is found by any 13 words in a row of it', () => {
    const words = ANSWER.split(' ');
    for (let at = 0; at + 13 <= words.length; at += 1) {
      const passage = `Well, ${words.slice(at, at + 13).join(' ')} you know.`;
      expect(findContamination(INDEX, ['Hello.', passage])).toEqual([{ set: 'house-rules', item: 'exam.jsonl:2', matches: 1 }]);
    }
  });

  it('names every item, most matches first', () => {
    const half = QUESTION.split(' ').slice(0, 14).join(' ');
    expect(findContamination(INDEX, [half, ANSWER]).map(({ item, matches }) => `${item} ${matches}`)).toEqual([
      'exam.jsonl:2 12',
      'exam.jsonl:1 2',
    ]);
  });
});

describe('a text that is no copy', () => {
  it('may share 12 words in a row', () => {
    const words = ANSWER.split(' ');
    for (let at = 0; at + 12 <= words.length; at += 1)
      expect(findContamination(INDEX, [`Well, ${words.slice(at, at + 12).join(' ')} you know.`])).toEqual([]);
  });

  it('may share all words, with every twelfth replaced', () => {
    const words = `${QUESTION} ${ANSWER}`.split(' ').map((word, index) => (index % 13 === 12 ? 'indeed' : word));
    expect(findContamination(INDEX, [words.join(' ')])).toEqual([]);
  });

  it('may share the words in another order', () => {
    expect(findContamination(INDEX, [QUESTION.split(' ').reverse().join(' ')])).toEqual([]);
  });

  it('is any prose that has nothing to do with it', () => {
    const index = indexOf(inventedProse(1, 500));
    expect(inventedProse(2, 500).flatMap((text) => findContamination(index, [text]))).toEqual([]);
  });
});

describe('a short evaluation text', () => {
  const SHORT = 'Which bikes may children under twelve ride alone?';
  const index = indexOf([QUESTION, SHORT, 'Which bikes may children under twelve ride with a helmet?', 'Is it free?']);

  it('is found as a whole', () => {
    expect(findContamination(index, [`Tell me:\n${wrapped(SHORT, 12)}`])).toEqual([
      { set: 'house-rules', item: 'exam.jsonl:2', matches: 1 },
    ]);
    expect(findContamination(index, ['which bikes may children under twelve ride with a helmet'])).toMatchObject([
      { item: 'exam.jsonl:3' },
    ]);
  });

  it('is not found by its beginning', () => {
    expect(findContamination(index, ['Which bikes may children under twelve ride there?'])).toEqual([]);
  });

  it('is not looked for when it is shorter than least_words, and counted', () => {
    expect(findContamination(index, ['Is it free?'])).toEqual([]);
    expect(index.coverage).toEqual([{ set: 'house-rules', texts: 4, short: 2, too_short: 1 }]);
  });
});

describe('words that prove nothing', () => {
  const HEADER = 'You are taking the exam of the house rules. Read the question with care and answer it in one short sentence.';
  const questions = inventedProse(5, 11);

  it('are those of a template that more than most_texts_sharing texts begin with', () => {
    const index = indexOf(questions.map((question) => `${HEADER} ${question}`));
    expect(findContamination(index, [HEADER])).toEqual([]);
    // 21 words: 9 runs of 13 within the header.
    expect(index.left_out).toBe(9);
    expect(findContamination(index, [questions[4]!])).toMatchObject([{ item: 'exam.jsonl:5' }]);
    expect(findContamination(indexOf(questions.slice(1).map((question) => `${HEADER} ${question}`)), [HEADER])).not.toEqual([]);
  });

  it('are not those of a text that the set repeats, in whatever wrapping', () => {
    const index = indexOf(Array.from({ length: 20 }, (_, number) => wrapped(ANSWER, 20 + number)));
    expect(findContamination(index, [ANSWER])).toMatchObject([{ item: 'exam.jsonl:1' }]);
    expect(index.coverage).toEqual([{ set: 'house-rules', texts: 1, short: 0, too_short: 0 }]);
  });

  it('are those of an allowed text, long or short', () => {
    const short = 'Answer with the letter of the right choice.';
    const index = indexOf([`${HEADER} ${questions[0]}`, short], (builder) => builder.allow(`${wrapped(HEADER, 30)} ${short}`));
    expect(findContamination(index, [HEADER, short])).toEqual([]);
    expect(findContamination(index, [questions[0]!])).toMatchObject([{ item: 'exam.jsonl:1' }]);
  });
});

describe('an evaluation set that would check nothing', () => {
  it('is an error', () => {
    const finish = (...texts: string[]): unknown =>
      indexOf([], (builder) => texts.forEach((text) => builder.add({ set: 'tiny', item: 'a' }, text)));
    expect(() => finish('Is it free?')).toThrow(/reading evaluation set tiny: expected texts of at least 8 words, found 1 shorter ones/);
    expect(() => finish('')).toThrow(/found no text/);
  });
});

describe('any copy', () => {
  const word = fc.stringMatching(/^[a-z]{2,9}$/);
  const glue = fc.constantFrom(' ', '\n', '\r\n  ', ', ', '\n> ', ' **', '.\n\n', '\u00a0', '\n// ', '&nbsp;', ' <i>');

  it('of 13 words and more is found, whatever stands between the words and around them', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 13, maxLength: 40 }),
        fc.array(glue, { minLength: 41, maxLength: 41 }),
        fc.array(word, { maxLength: 20 }),
        (words, between, around) => {
          const index = indexOf([words.join(' ')]);
          const copy = words.map((each, at) => `${each}${between[at]}`).join('');
          expect(findContamination(index, [`${around.join(' ')} ${copy} ${around.join(' ')}`])[0]?.matches).toBeGreaterThanOrEqual(
            words.length - 12,
          );
        },
      ),
    );
  });
});
