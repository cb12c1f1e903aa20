import type { Candidate } from '../../domain/search/index.ts';
import type { SearchHit } from '../../schemas/search-response.ts';

/** Rows as people and files get them; `offset` rows came before the first. */
export function tellHits(rows: readonly Candidate[], offset: number): SearchHit[] {
  return rows.map(({ source_id, slug, key, chunk_id, kind, title, text, score, arms, flags }, at) => ({
    source_id,
    slug,
    key,
    chunk_id,
    kind,
    title,
    text,
    score,
    rank: offset + at + 1,
    arms: [...arms],
    flags: [...flags],
  }));
}
