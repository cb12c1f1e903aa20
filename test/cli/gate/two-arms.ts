import { buildBaseline, writeBaseline } from '../../../domain/gate/index.ts';
import { createRandom } from '../../../domain/shared/random.ts';
import { fnv1a32 } from '../../../domain/shared/deterministic-vector.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';

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

const TOPICS: readonly (readonly [topic: string, shape: Shape])[] = [
  ['sluice warden', 'even'],
  ['cider press', 'even'],
  ['pilot cutter', 'even'],
  ['grafting knife', 'even'],
  ['tide gauge', 'even'],
  ['apple loft', 'even'],
  ['rope walk', 'even'],
  ['bee skep', 'even'],
  ['signal mast', 'even'],
  ['pruning ladder', 'even'],
  ['slipway winch', 'keyword first'],
  ['pear cordon', 'keyword first'],
  ['salt barn', 'keyword first'],
  ['quince hedge', 'keyword first'],
  ['fog bell', 'keyword first'],
  ['plum kiln', 'vector first'],
  ['dredger crew', 'vector first'],
  ['medlar basket', 'vector first'],
  ['chart room', 'vector first'],
  ['walnut avenue', 'vector first'],
];

const PAGES = 15;
const RRF_K = 60;
const DEPTH = 10;
const RELEVANT = 3;
const SEED = 20_261_121;

const OTHERS = [
  'old ferryman',
  'young gardener',
  'night watchman',
  'market carter',
  'village miller',
  'travelling tinker',
  'harbour clerk',
];
const VERBS = ['waited', 'rested', 'returned', 'answered', 'lingered', 'listened', 'slept'];
const ADVERBS = ['quietly', 'patiently', 'early', 'alone', 'outside', 'together', 'gladly'];

/** The files of the fixture by name. The same always. */
export function makeTwoArms(): Record<'pages.jsonl' | 'qrels.json' | 'two-arms.baseline.ndjson', string> {
  const random = createRandom(SEED);
  const groups = TOPICS.map(([topic, shape]) => ({ topic, shape, dim: dimensionOf(topic), pages: placesOf(shape) }));
  const pages = groups.flatMap(({ topic, dim, pages: places }) => places.map((at) => makePage(topic, dim, at, random)));
  const queries = groups.map(({ topic, shape, dim, pages: places }) => {
    const best = orderPages(topic, places);
    return {
      query_id: topic.replace(' ', '-'),
      query: `the ${topic}`,
      label: shape,
      embedding_dim: dim,
      relevant: best.slice(0, RELEVANT).map((slug) => ({ source_id: 'default', slug })),
      expected_top1: { source_id: 'default', slug: best[0] },
    };
  });
  const rows = groups.map(({ topic, pages: places }): ReplayRow => {
    const slugs = orderPages(topic, places).slice(0, DEPTH);
    return {
      schema_version: 1,
      tool_name: 'query',
      query: `the ${topic}`,
      retrieved_slugs: slugs,
      source_ids: ['default'],
      vector_enabled: true,
      latency_ms: 5,
      retrieved_keys: slugs.map((slug) => `default::${slug}`),
      synthetic: true,
    };
  });
  const facts = { label: 'two-arms', publishedAt: '2026-11-21T00:00:00.000Z', lauterVersion: '0.1.0', isSynthetic: true };
  const baseline = buildBaseline(rows, { ...facts, thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 } });
  return {
    'pages.jsonl': pages.map((page) => `${JSON.stringify(page)}\n`).join(''),
    'qrels.json': `${JSON.stringify({ schema_version: 1, _description: 'Made by test/cli/gate/two-arms.ts.', queries }, null, 2)}\n`,
    'two-arms.baseline.ndjson': writeBaseline(baseline),
  };
}

/** What the deterministic embedder makes of the query itself, so that replays, which know no fixture's vectors, find the pages too. */
function dimensionOf(topic: string): number {
  return 100 + (fnv1a32(`the ${topic}`) % 1000);
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

/** Sentences of four words that count; in as many as the page's place in the keyword arm leaves, the topic is who they are about. */
function makePage(topic: string, dim: number, at: Places, random: ReturnType<typeof createRandom>): Partial<SearchPage> {
  const sentences = Array.from({ length: PAGES }, (_, line) => {
    const who = line < PAGES - at[0] ? topic : random.pick(OTHERS);
    return `The ${who} ${random.pick(VERBS)} ${random.pick(ADVERBS)}.`;
  });
  return { slug: slugOf(topic, at), title: 'Leaf from a winter diary', text: random.shuffle(sentences).join(' '), embedding_dim: dim };
}
