import { createRandom, type Random } from '../../../domain/shared/random.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';
import { dimensionOf, makeFixtureFiles, TITLE, TOPICS, writeSentences } from './fixture-files.ts';

/**
 * A collection that shows when ranking goes wrong, made so that the order of every query follows from arithmetic. Each of 20 queries has 15 pages. Page
 * `p` has a place in the keyword arm (it names the topic as often as that place says, and all pages are of one length) and a place in the vector arm
 * (all have the vector of the query, so their slugs decide). By reciprocal ranks, 1 / (60 + keyword place) + 1 / (60 + vector place), places from 0:
 *
 * - `even`: a page in the middle of both arms, (5, 5), comes before one that leads an arm, (0, 11): 0.030769 and 0.030751. So it does above
 *   k = 55, where k = nm / (n - 2m) for (0, n) against (m, m); below, and with either arm alone, another page leads.
 * - `keyword first`: (0, 13) comes before (6, 6): 0.030365 and 0.030303, and only below k = 78. Without the keyword arm another page leads.
 * - `vector first`: the same with the arms changed over. Without the vector arm another page leads.
 *
 * So of 20 first places a constant below 55 moves 10, one above 78 moves 10, a missing arm moves 15, and a list upside down moves all.
 */
export const SHAPES = {
  even: { leader: [5, 5], rival: [0, 11] },
  'keyword first': { leader: [0, 13], rival: [6, 6] },
  'vector first': { leader: [13, 0], rival: [6, 6] },
} as const satisfies Record<string, { readonly leader: Places; readonly rival: Places }>;

type Places = readonly [keyword: number, vector: number];
type Shape = keyof typeof SHAPES;

const PAGES = 15;
const RRF_K = 60;
const SEED = 20_261_121;

/** The files of the fixture by name. The same always. */
export function makeTwoArms(): Record<string, string> {
  const random = createRandom(SEED);
  const queries = TOPICS.map((topic, at) => {
    const shape = at < 10 ? 'even' : at < 15 ? 'keyword first' : 'vector first';
    const [query, places] = [`the ${topic}`, placesOf(shape)];
    const pages = places.map((place) => makePage(topic, dimensionOf(query), place, random));
    return { topic, query, label: shape, pages, order: orderPages(topic, places) };
  });
  return makeFixtureFiles('two-arms', queries);
}

/** Two pages as the shape says; the places that are left pair up from opposite ends, so that none of those pages comes near. */
function placesOf(shape: Shape): Places[] {
  const { leader, rival } = SHAPES[shape];
  const rest = (arm: 0 | 1): number[] =>
    Array.from({ length: PAGES }, (_, at) => at).filter((at) => at !== leader[arm] && at !== rival[arm]);
  const vector = rest(1).reverse();
  return [leader, rival, ...rest(0).map((keyword, at): Places => [keyword, vector[at]!])];
}

/** Slugs by the sum of reciprocal ranks, highest first, equal ones by slug. */
function orderPages(topic: string, places: readonly Places[]): string[] {
  const scored = places.map((at) => ({ slug: slugOf(topic, at), score: 1 / (RRF_K + at[0]) + 1 / (RRF_K + at[1]) }));
  return scored.sort((left, right) => right.score - left.score || (left.slug < right.slug ? -1 : 1)).map(({ slug }) => slug);
}

/** The letter is the page's place in the vector arm. */
function slugOf(topic: string, [, vector]: Places): string {
  return `${topic.replace(' ', '-')}/${'abcdefghijklmno'[vector]}`;
}

/** The topic is who as many sentences are about as the page's place in the keyword arm leaves. */
function makePage(topic: string, dim: number, at: Places, random: Random): Partial<SearchPage> {
  return { slug: slugOf(topic, at), title: TITLE, text: writeSentences(topic, PAGES - at[0], PAGES, random), embedding_dim: dim };
}
