import type { Candidate, PageFacts } from '../../domain/search/index.ts';
import { fc } from './fast-check.ts';

/** A candidate of the page `harbours/kotor`, with what is stated instead. */
export function candidate({ facts, ...fields }: Partial<Omit<Candidate, 'facts'>> & { facts?: Partial<PageFacts> } = {}): Candidate {
  const source = fields.source_id ?? 'default';
  const slug = fields.slug ?? 'harbours/kotor';
  return {
    source_id: source,
    slug,
    key: `${source}::${slug}`,
    chunk_id: 1,
    kind: 'body',
    title: 'Kotor',
    text: 'Two piers and a pilot.',
    score: 1,
    keyword_hit: false,
    arms: ['keyword'],
    flags: [],
    cosine: null,
    rerank_score: null,
    ...fields,
    facts: {
      type: 'harbour',
      aliases: [],
      links: [],
      backlinks: 0,
      effective_date: null,
      session_id: null,
      salience: null,
      is_superseded: false,
      ...facts,
    },
  };
}

/** Lists of candidates of a few pages, chunks, types and sources, best first. */
export const candidateLists: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      source_id: fc.constantFrom('default', 'notes'),
      slug: fc.constantFrom('a', 'b', 'c', 'd'),
      chunk_id: fc.integer({ min: 0, max: 5 }),
      kind: fc.constantFrom('body' as const, 'timeline' as const, 'compiled_truth' as const),
      text: fc.constantFrom('the tide rises', 'the tide falls', 'apples ripen late', 'pears', ''),
      score: fc.integer({ min: 1, max: 1_000 }).map((score) => score / 1_000),
      facts: fc.record({ type: fc.constantFrom('harbour', 'orchard') }),
    }),
    { maxLength: 24 },
  )
  .map((rows) => rows.map((row) => candidate(row)).sort((left, right) => right.score - left.score));
