/** What searching and its evaluation need of the world, as types. `worker/` wires adapters into them, tests may hand in their own. */
import type { PayForCall } from './budget-ports.ts';
import type { NewCapturedRow } from '../schemas/captured-row.ts';
import type { SearchPage } from '../schemas/search-page.ts';
import type { SearchResponse } from '../schemas/search-response.ts';
import type { SearchKnobs } from '../schemas/search-knobs.ts';
import type { CallErrorKind, CaptureFailureReason, SearchDetail, SearchStrategy } from '../schemas/vocabulary.ts';

/** One search, as a user or an evaluation asks for it. What is left out is decided by mode and config. */
export interface SearchRequest {
  readonly collection: string;
  readonly query: string;
  readonly strategy: SearchStrategy;
  /** Name of a bundle; the active one of the config when left out. */
  readonly mode?: string | undefined;
  /** Per-call values of knobs: what `--set`, `--limit`, `--token-budget`, `--rerank` and the like came to. */
  readonly knobs?: Readonly<Partial<SearchKnobs>> | undefined;
  readonly offset?: number | undefined;
  readonly detail?: SearchDetail | undefined;
  /** Only pages of this source. */
  readonly source?: string | undefined;
  /** Evaluations never read or write the cache, nor do they capture. */
  readonly isEvaluation: boolean;
  /** False: neither takes an answer from the cache nor keeps one there. */
  readonly usesCache?: boolean | undefined;
  readonly isExplained?: boolean | undefined;
  /** Unit vector of the deterministic embedder; what a fixture's query carries. */
  readonly embeddingDim?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a collection is going to be searched. What no such search needs is not made for it. */
export type IntendedSearch = Pick<SearchRequest, 'strategy' | 'mode' | 'knobs' | 'signal'>;

/**
 * A search engine: ours or somebody else's. A search rejects with a RetrieverError when the engine failed, with a CollectionError or ConfigError when
 * the question could not be put at all.
 */
export interface Retriever {
  readonly name: string;
  search(request: SearchRequest): Promise<SearchResponse>;
  /** Makes a collection of exactly these pages, replacing what was there; absent where an engine cannot be filled from here. */
  index?(collection: string, pages: readonly SearchPage[], intended?: IntendedSearch): Promise<void>;
  close(): Promise<void>;
}

/** Makes vectors of texts. Rejects with a RetrieverError when it cannot, with an OverBudgetError when that may not be paid for. */
export interface Embedder {
  /** What the vectors of a collection are kept under: kind, model and dimensions. */
  readonly id: string;
  readonly dimensions: number;
  /** Texts that go into one call that is paid for; absent where nothing is. */
  readonly batchSize?: number | undefined;
  /** One vector of length 1 for each text, in their order. */
  embed(texts: readonly string[], kind: 'query' | 'passage', signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** A model that is asked for other wordings of a query; gives what it wrote. Rejects as an embedder does. */
export interface Expander {
  readonly id: string;
  ask(messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[], signal?: AbortSignal): Promise<string>;
}

/** What came of asking a model about a page. */
export type SynopsisCall =
  | {
      readonly state: 'answered';
      readonly text: string;
      readonly finishReason: string | null;
      readonly usage: { readonly prompt_tokens: number | null; readonly completion_tokens: number | null } | null;
    }
  | { readonly state: 'failed'; readonly kind: CallErrorKind; readonly detail: string; readonly retryAfterMs: number | null };

/** A model that is asked what pages are about, and what was kept of its answers. */
export interface Synopsizer {
  /** What a collection says it was made with: the model and the version of the prompt. */
  readonly id: string;
  /** As the server knows it. */
  readonly model: string;
  readonly cache: SynopsisCache;
  readonly pay: PayForCall;
  /** One call, never repeated here. */
  ask(messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[], mostTokens: number): Promise<SynopsisCall>;
  sha256(text: string): string;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Synopses by the digest of what they are about. Null stands for an answer that could not be used: asking again would cost and bring the same. */
export interface SynopsisCache {
  get(key: string): string | null | undefined;
  /** Durable once it resolves. */
  put(key: string, synopsis: string | null): Promise<void>;
}

/** Scores passages against a query, higher is better; one score for each passage, in their order. Rejects as an embedder does. */
export interface Reranker {
  readonly id: string;
  rerank(query: string, passages: readonly string[], signal?: AbortSignal): Promise<readonly number[]>;
}

/** An answer as it is kept for nearly equal queries. */
export interface KeptAnswer {
  /** Digest of everything that decides an answer beside the query. */
  readonly scope: string;
  readonly query: string;
  readonly vector: Float32Array;
  readonly response: SearchResponse;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
}

/** Keeps answers of searches for a while. It never fails a search: what cannot be read is not there, what cannot be written is lost. */
export interface AnswerCache {
  /** The newest answer of a collection and scope that serves. */
  find(collection: string, scope: string, serves: (kept: Omit<KeptAnswer, 'response' | 'scope'>) => boolean): SearchResponse | undefined;
  /** Keeps an answer, and removes those that are older than `ttlMs`. */
  keep(collection: string, answer: KeptAnswer, ttlMs: number): void;
}

/** Where searches are captured. */
export interface CaptureLog {
  /** Keeps a row durably, under the next id and the present moment. Rejects when it cannot. */
  append(row: NewCapturedRow): Promise<void>;
  /** Notes that a search could not be captured. Rejects when it cannot. */
  noteFailure(reason: CaptureFailureReason): Promise<void>;
}
