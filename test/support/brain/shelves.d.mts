/** A passage as the brains of the tests know it. */
export interface Passage {
  readonly slug: string;
  readonly source_id: string;
  readonly title: string;
  readonly text: string;
}

/** A small search engine: passages by how many words of the query they hold, best first. */
export function findPassages(query: string, limit: number, source?: string | null): (Passage & { readonly score: number })[];
