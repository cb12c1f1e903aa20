/** Forms that judgments come in: two of JSON, the four columns of TREC, the three columns of BEIR. */
export type QrelsForm = 'json-a' | 'json-b' | 'trec' | 'beir';

/** A query and what is known of its answers. */
export interface JudgedQuery {
  readonly id: string;
  /** Null where the file holds judgments alone, as those of TREC and BEIR do. */
  readonly query: string | null;
  readonly label: string | null;
  /** Unit vector that the deterministic embedder gives the query. */
  readonly embeddingDim: number | null;
  /** Judged documents with their grades, in the order of the file: keys `source_id::slug` in JSON, bare ids elsewhere. */
  readonly grades: ReadonlyMap<string, number>;
  /** Key that ought to come first. */
  readonly expectedTop1: string | null;
}

/** The judgments of one file, queries in its order, their ids distinct. */
export interface Qrels {
  readonly form: QrelsForm;
  readonly queries: readonly JudgedQuery[];
}
