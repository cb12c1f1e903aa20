import { createRandom } from '../../../domain/shared/random.ts';
import { dimensionOf, makeFixtureFiles, TITLE, TOPICS, writeSentences } from './fixture-files.ts';

/**
 * A collection that shows when the default ranking goes wrong, made so that the order of every query follows from arithmetic. Each of 20 queries has 12
 * pages of two passages. A page has words of a query by how many sentences name the topic, and its meaning wholly (the vector of the query) or not at
 * all. Its score is p * words + (1 - p) * meaning, words scaled from 0 (the page of the query with the fewest) to 1 (the one with the most):
 *
 * - `meaning first`: "the tide gauge" and the like; p = 0.5. The first page is near and has words of 0.38, which makes 0.691; one that is not near has
 *   all the words and 0.5. It leads when p is above 1 / (2 - 0.38) = 0.617, when words are not scaled (7.1 and 5.1), and without the vector arm. Second
 *   and third are near pages with as many mentions: a shorter one with 0.680, which leads when passages do not count (0.760 and 0.746), and one with
 *   its mentions in both passages and 0.676, which leads when nothing but passages counts, and by k1 = 0.9 and b = 0.4 (0.694 and 0.685).
 * - `words first`: "what happened to the fog bell" and the like, where words weigh 1.2 and meaning 0.95: p = 1.2 / 2.15 = 0.558. The first page is not
 *   near and has all the words, 0.558; a near one with words of 0.04 has 0.461. That one leads when p is below 1 / (2 - 0.04) = 0.510, so when both
 *   weigh the same, when words are scaled from zero (0.707), and without the keyword arm.
 */
const SHAPES = {
  'meaning first': [
    { truth: [0, 5], text: [2, 2], isNear: true },
    { truth: [2, 5], text: [0, 1], isNear: true },
    { truth: [1, 5], text: [1, 5], isNear: true },
    { truth: [8, 8], text: [4, 4], isNear: false },
    { truth: [0, 4], text: [1, 3], isNear: true },
    { truth: [1, 4], text: [0, 5], isNear: true },
    { truth: [3, 4], text: [2, 4], isNear: false },
    { truth: [1, 4], text: [4, 6], isNear: false },
    { truth: [2, 6], text: [1, 6], isNear: false },
    { truth: [2, 8], text: [0, 4], isNear: false },
    { truth: [0, 4], text: [1, 6], isNear: false },
    { truth: [1, 6], text: [0, 6], isNear: false },
  ],
  'words first': [
    { truth: [2, 4], text: [2, 4], isNear: false },
    { truth: [1, 8], text: [0, 6], isNear: true },
    { truth: [0, 5], text: [0, 4], isNear: true },
    { truth: [2, 6], text: [1, 6], isNear: false },
    // Would lead if second-best passages did not count.
    { truth: [3, 3], text: [0, 5], isNear: false },
    { truth: [0, 4], text: [3, 6], isNear: false },
    { truth: [1, 3], text: [1, 8], isNear: false },
    { truth: [2, 8], text: [0, 4], isNear: false },
    { truth: [0, 4], text: [1, 2], isNear: false },
    { truth: [1, 4], text: [0, 4], isNear: false },
    { truth: [0, 5], text: [1, 7], isNear: false },
    { truth: [0, 7], text: [1, 9], isNear: false },
  ],
} as const satisfies Record<string, readonly Page[]>;

/** Of each passage how many sentences name the topic, and how many it has; whether the page has the vector of the query. */
interface Page {
  readonly truth: Passage;
  readonly text: Passage;
  readonly isNear: boolean;
}

type Passage = readonly [mentions: number, sentences: number];
type Shape = keyof typeof SHAPES;

const SEED = 20_261_122;
/** A place of the vector where no query has anything. */
const FAR = 0;
const QUERIES_A_SHAPE = TOPICS.length / 2;

/** The files of the fixture by name. The same always. */
export function makeTwoScores(): Record<string, string> {
  const random = createRandom(SEED);
  const queries = TOPICS.map((topic, at) => {
    const shape: Shape = at < QUERIES_A_SHAPE ? 'meaning first' : 'words first';
    const query = shape === 'meaning first' ? `the ${topic}` : `what happened to the ${topic}`;
    const shaped: readonly Page[] = SHAPES[shape];
    const pages = shaped.map(({ truth, text, isNear }, place) => ({
      slug: slugOf(topic, place),
      title: TITLE,
      compiled_truth: writeSentences(topic, ...truth, random),
      text: writeSentences(topic, ...text, random),
      embedding_dim: isNear ? dimensionOf(query) : FAR,
    }));
    return { topic, query, label: shape, pages, order: orderPages(topic, shape) };
  });
  return makeFixtureFiles('two-scores', queries);
}

/** The letters run backwards, so that the first page of a shape does not owe its place to its name. */
function slugOf(topic: string, place: number): string {
  return `${topic.replace(' ', '-')}/${'lkjihgfedcba'[place]}`;
}

/** Slugs by their scores, highest first. No two scores of a shape are the same. */
function orderPages(topic: string, shape: Shape): string[] {
  const pages: readonly Page[] = SHAPES[shape];
  const words = scoreWords(pages);
  const found = words.filter((score) => score > 0);
  const [low, high] = [Math.min(...found), Math.max(...found)];
  const part = shape === 'meaning first' ? 0.5 : 1.2 / (1.2 + 0.95);
  return pages
    .map(({ isNear }, place) => {
      const wording = words[place] === 0 ? 0 : (words[place]! - low) / (high - low);
      return { slug: slugOf(topic, place), score: part * wording + (1 - part) * Number(isNear) };
    })
    .sort((left, right) => right.score - left.score)
    .map(({ slug }) => slug);
}

const WORDS_A_SENTENCE = 4;
const TITLE_WORDS = 4;

const ALL_PAGES = Object.values(SHAPES).flatMap((pages: readonly Page[]) => pages);
const MEAN_PAGE = mean(ALL_PAGES.map(pageLength));
const MEAN_PASSAGE = mean(ALL_PAGES.flatMap(passagesOf).map(passageLength));

/** 0.6 of a page's BM25 and 0.4 of its passages', the second-best by half. Both words of a topic are as frequent as each other, so one stands for both. */
function scoreWords(pages: readonly Page[]): number[] {
  const total = ALL_PAGES.length * QUERIES_A_SHAPE;
  const pageIdf = idf(total, pages.filter((page) => mentionsOf(page) > 0).length);
  const passageIdf = idf(2 * total, pages.flatMap(passagesOf).filter(([mentions]) => mentions > 0).length);
  return pages.map((page) => {
    const whole = pageIdf * saturate(mentionsOf(page), 1.2, 0.6, pageLength(page) / MEAN_PAGE);
    const passages = passagesOf(page).map((one) => passageIdf * saturate(one[0], 1.2, 0.4, passageLength(one) / MEAN_PASSAGE));
    return 0.6 * whole + 0.4 * (Math.max(...passages) + 0.5 * Math.min(...passages));
  });
}

function idf(rows: number, found: number): number {
  return Math.log(1 + (rows - found + 0.5) / (found + 0.5));
}

function saturate(mentions: number, k1: number, b: number, length: number): number {
  return (mentions * (k1 + 1)) / (mentions + k1 * (1 - b + b * length));
}

function passagesOf({ truth, text }: Page): Passage[] {
  return [truth, text];
}

function mentionsOf({ truth, text }: Page): number {
  return truth[0] + text[0];
}

/** A title counts twice. */
function pageLength({ truth, text }: Page): number {
  return WORDS_A_SENTENCE * (truth[1] + text[1]) + 2 * TITLE_WORDS;
}

/** A passage has the title of its page. */
function passageLength([, sentences]: Passage): number {
  return WORDS_A_SENTENCE * sentences + TITLE_WORDS;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
