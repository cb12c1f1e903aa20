import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import { readSourceBoosts, tierOf } from '../search/index.ts';
import { filterByDates } from './date-filter.ts';
import { pageKeyOf, pairId, pairOfChunks, type CandidatePair } from './pair.ts';

/** What a page says beside its passages. */
export type PageFacts = Pick<SearchPage, 'takes' | 'effective_date' | 'effective_date_source'>;

/** A passage that a search brought. */
export interface RetrievedChunk {
  readonly source_id: string;
  readonly slug: string;
  readonly chunk_id: number | null;
  readonly text: string;
  readonly score: number;
}

/** The pairs of what one query brought, each once, without those whose dates lie apart, and how many those were. `facts` are by the key of the page. */
export function pairCandidates(
  chunks: readonly RetrievedChunk[],
  facts: ReadonlyMap<string, PageFacts>,
): { readonly pairs: CandidatePair[]; readonly skippedByDate: number } {
  const ends = chunks.map((chunk) => ({ end: endOfChunk(chunk, facts.get(pageKeyOf(chunk))), score: chunk.score }));
  const between = ends.flatMap((one, at) => ends.slice(at + 1).map((other) => pairOfChunks(one.end, other.end, one.score + other.score)));
  const withTakes = ends.flatMap(({ end, score }) =>
    (facts.get(pageKeyOf(end))?.takes ?? [])
      .filter(({ active }) => active)
      .map((take): CandidatePair => ({ kind: 'intra_page_chunk_take', a: end, b: endOfTake(end, take), combined_score: 2 * score })),
  );
  const all = [...new Map([...between, ...withTakes].map((pair) => [pairId(pair), pair])).values()].filter(({ a, b }) => a.text !== b.text);
  const pairs = all.filter(({ a, b }) => filterByDates(a, b).decision === 'keep');
  return { pairs, skippedByDate: all.length - pairs.length };
}

const TIERS = readSourceBoosts('brain', undefined);

/** A passage as an end of a pair. */
export function endOfChunk(
  { source_id, slug, chunk_id, text }: Omit<RetrievedChunk, 'score'>,
  facts: PageFacts | undefined,
): ContradictionEnd {
  return {
    slug,
    source_id,
    chunk_id,
    take_id: null,
    take_row_num: null,
    source_tier: tierOf(slug, TIERS),
    holder: null,
    text,
    effective_date: facts?.effective_date ?? null,
    effective_date_source: facts?.effective_date_source ?? null,
  };
}

function endOfTake(end: ContradictionEnd, { row_num, holder, text, effective_date }: PageFacts['takes'][number]): ContradictionEnd {
  const dated = effective_date === undefined ? {} : { effective_date, effective_date_source: 'take' };
  return { ...end, chunk_id: null, take_id: `${pageKeyOf(end)}#${row_num}`, take_row_num: row_num, holder, text, ...dated };
}
