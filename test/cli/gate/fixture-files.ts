import { buildBaseline, writeBaseline } from '../../../domain/gate/index.ts';
import { fnv1a32 } from '../../../domain/shared/deterministic-vector.ts';
import type { Random } from '../../../domain/shared/random.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';

/** What the queries of a fixture are about, ten and ten. No page has a word of a topic that is not its own. */
export const TOPICS: readonly string[] = [
  ...['sluice warden', 'cider press', 'pilot cutter', 'grafting knife', 'tide gauge'],
  ...['apple loft', 'rope walk', 'bee skep', 'signal mast', 'pruning ladder'],
  ...['slipway winch', 'pear cordon', 'salt barn', 'quince hedge', 'fog bell'],
  ...['plum kiln', 'dredger crew', 'medlar basket', 'chart room', 'walnut avenue'],
];

/** The title of all pages: four words that count, none of them of a topic. */
export const TITLE = 'Leaf from a winter diary';

/** A query of a fixture, and its pages as the collection has them. */
export interface FixtureQuery {
  readonly topic: string;
  readonly query: string;
  readonly label: string;
  readonly pages: readonly Partial<SearchPage>[];
  /** Slugs as arithmetic ranks them, best first. */
  readonly order: readonly string[];
}

const DEPTH = 10;
const RELEVANT = 3;

/** Files of a fixture by their names: its pages, its judgments, and the baseline of a replay that found what arithmetic says. `name`: also of the program. */
export function makeFixtureFiles(name: string, fixture: readonly FixtureQuery[]): Record<string, string> {
  const pages = fixture.flatMap((group) => group.pages);
  const queries = fixture.map(({ topic, query, label, order }) => ({
    query_id: topic.replace(' ', '-'),
    query,
    label,
    embedding_dim: dimensionOf(query),
    relevant: order.slice(0, RELEVANT).map((slug) => ({ source_id: 'default', slug })),
    expected_top1: { source_id: 'default', slug: order[0] },
  }));
  const facts = { label: name, publishedAt: '2026-11-21T00:00:00.000Z', lauterVersion: '0.1.0', isSynthetic: true };
  const thresholds = { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 };
  return {
    'pages.jsonl': pages.map((page) => `${JSON.stringify(page)}\n`).join(''),
    'qrels.json': `${JSON.stringify({ schema_version: 1, _description: `Made by test/cli/gate/${name}.ts.`, queries }, null, 2)}\n`,
    [`${name}.baseline.ndjson`]: writeBaseline(buildBaseline(fixture.map(replayRow), { ...facts, thresholds })),
  };
}

/** What the deterministic embedder makes of the query itself, so that replays, which know no fixture's vectors, find the pages too. */
export function dimensionOf(query: string): number {
  return 100 + (fnv1a32(query) % 1000);
}

/** Sentences of four words that count; in `mentions` of them two are the topic. */
export function writeSentences(topic: string, mentions: number, sentences: number, random: Random): string {
  const lines = Array.from({ length: sentences }, (_, line) => {
    const who = line < mentions ? topic : random.pick(OTHERS);
    return `The ${who} ${random.pick(VERBS)} ${random.pick(ADVERBS)}.`;
  });
  return random.shuffle(lines).join(' ');
}

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

function replayRow({ query, order }: FixtureQuery): ReplayRow {
  const slugs = order.slice(0, DEPTH);
  return {
    schema_version: 1,
    tool_name: 'query',
    query,
    retrieved_slugs: slugs,
    source_ids: ['default'],
    vector_enabled: true,
    latency_ms: 5,
    retrieved_keys: slugs.map((slug) => `default::${slug}`),
    synthetic: true,
  };
}
