import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Corpus, FoundPlaybooks } from '../../activities/replay/replay-world.ts';
import { createBuiltinRetriever } from '../../activities/search/builtin-retriever.ts';
import type { Embedding } from '../../activities/search/embed-chunks.ts';
import type { SearchWorld } from '../../activities/search/search-world.ts';
import { sha256, sha256Of } from '../../adapters/digest.ts';
import { waitForLock } from '../../adapters/lock-file.ts';
import { isSlug, toPage } from '../../adapters/pages/to-page.ts';
import { collectionLock } from '../../adapters/search/collection-places.ts';
import { isCollectionWhole, readCollectionHead } from '../../adapters/search/collection-store.ts';
import { sharesWord } from '../../domain/replay/index.ts';
import { pageKey, pageLine, resolveKnobs } from '../../domain/search/index.ts';
import { CollectionError, RetrieverError } from '../../domain/shared/errors.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { RagRow } from '../../schemas/export-rows.ts';
import { DEGRADATIONS_TOLD } from '../../schemas/vocabulary.ts';
import { createSearchWorld, type RetrieverPlace } from '../open-retriever.ts';
import { collectionSetup } from './collection-setup.ts';
import { publishPages, type PublishedPage } from './publish-pages.ts';
import type { ShowProgress } from './write-generation.ts';

/** Where playbooks are searched by words and by meaning, and who is shown how far making them searchable has come. */
export interface HybridPlace extends RetrieverPlace {
  readonly show?: ShowProgress;
}

/** Playbooks behind the search engine. */
export interface HybridPlaybooks {
  find(task: string, topK: number, signal: AbortSignal): Promise<FoundPlaybooks>;
  /** Waits for the searches that are going on. */
  close(): Promise<void>;
}

/** The bundle cuts for itself, and a playbook is one row however many of its passages fit. */
const UNCUT = { token_budget: null, autocut: false, adaptive_return: false, dedup_max_per_page: 1 } as const;
/** Rows that are asked for, for each one that is wanted: the engine knows fewer function words than a replay, and what they alone found goes. */
const SPARE = 2;
const PATIENCE_MS = 3_600_000;

/**
 * Playbooks as a collection of the search engine: its settings, its embedder, its graph of neighbours. The collection is made when it is first searched, and
 * lies in the lake from then on, named after the corpus and all that decides what becomes of it. No row is found by its words that shares none with the
 * task; by its vector it may be. Without an embedder the arms that go by words answer alone, and the notes say so.
 */
export function openHybridPlaybooks(
  place: HybridPlace,
  corpus: Pick<Corpus, 'rows' | 'sha256'>,
  world: SearchWorld = createSearchWorld(place),
): HybridPlaybooks {
  const retriever = createBuiltinRetriever(world);
  const rows = firstOfEachSlug(corpus.rows);
  const name = `playbooks-${sha256Of(corpus.sha256, String(corpus.rows.length), collectionSetup(place.settings)).slice(0, 16)}`;
  const running = new Set<Promise<unknown>>();
  let making: { readonly done: Promise<void>; readonly signal: AbortSignal } | undefined;

  async function make(signal: AbortSignal): Promise<void> {
    for (;;) {
      const joined = (making ??= { done: makeCollection(place, world, { name, rows }, signal), signal });
      try {
        return await joined.done;
      } catch (error) {
        if (making === joined) making = undefined;
        // Whoever began it was interrupted; those who only waited for it go on.
        if (signal.aborted || !joined.signal.aborted) throw error;
      }
    }
  }

  async function search(task: string, topK: number, signal: AbortSignal): Promise<FoundPlaybooks> {
    await make(signal);
    const { results, meta } = await retriever.search({
      collection: name,
      query: task,
      strategy: 'hybrid',
      knobs: { ...UNCUT, limit: topK * SPARE },
      // The same task gets the same rows: no answer of before, and the money of the run or none.
      isEvaluation: true,
      signal,
    });
    const ranked = results.flatMap(({ slug, score, arms }) => {
      const row = rows.get(slug);
      return row !== undefined && (arms.includes('vector') || sharesWord(task, `${row.title}\n${row.content}`)) ? [{ row, score }] : [];
    });
    return { ranked: ranked.slice(0, topK), notes: meta.degraded.map((state) => DEGRADATIONS_TOLD[state]) };
  }

  return {
    find(task, topK, signal) {
      const found = search(task, topK, signal);
      running.add(found);
      const end = (): void => void running.delete(found);
      found.then(end, end);
      return found;
    },
    async close() {
      await Promise.allSettled(running);
      await retriever.close();
    },
  };
}

/** Rows by the slugs of their pages, which are their ids where that can be. */
function firstOfEachSlug(rows: readonly RagRow[]): ReadonlyMap<string, RagRow> {
  const bySlug = new Map<string, RagRow>();
  for (const row of rows) {
    const slug = isSlug(row.id) ? row.id : sha256(row.id);
    if (!bySlug.has(slug)) bySlug.set(slug, row);
  }
  return bySlug;
}

/** One process makes it, and whoever comes meanwhile waits for that. */
async function makeCollection(
  place: HybridPlace,
  world: SearchWorld,
  { name, rows }: { readonly name: string; readonly rows: ReadonlyMap<string, RagRow> },
  signal: AbortSignal,
): Promise<void> {
  const { workspace, settings, tell, show = () => undefined } = place;
  if (isThere(workspace, name)) return;
  const lockPath = collectionLock(workspace, name);
  mkdirSync(dirname(lockPath), { recursive: true });
  const lock = await waitForLock(lockPath, {
    version: '',
    giveUpAfterMs: PATIENCE_MS,
    onWaiting: () => tell('another command makes these playbooks searchable; waiting for it …'),
  });
  try {
    if (isThere(workspace, name)) return;
    const generation = {
      pages: publishedPages(rows),
      synthetic: false,
      embedderName: settings.embedder,
      embedding: await embeddingOf(world),
      annThreshold: settings.ann_threshold,
    };
    await publishPages(workspace, name, generation, { show, signal });
  } catch (error) {
    if (!(error instanceof RetrieverError)) throw error;
    // Nobody is to wait for days until an embedder answers.
    throw new CollectionError(
      `making ${rows.size} playbooks searchable: expected a vector of each, found none: ${error.message}`,
      'Start the embedder, or search without one: lauter config set search.embedder none',
      { collection: name },
      error,
    );
  } finally {
    lock.release();
  }
}

function isThere(workspace: string, name: string): boolean {
  const head = readCollectionHead(workspace, name);
  return head !== undefined && isCollectionWhole(workspace, head);
}

async function embeddingOf(world: SearchWorld): Promise<Embedding | null> {
  const embedder = await world.embedder();
  if (embedder === null) return null;
  const { contextual } = resolveKnobs({ settings: world.settings }).knobs;
  return { embedder, contextual, synopsizer: contextual === 'synopsis' ? ((await world.synopsizer?.()) ?? null) : null };
}

function publishedPages(rows: ReadonlyMap<string, RagRow>): PublishedPage[] {
  return Array.from(rows, ([slug, row]) => {
    const read = toPage({ ...row, slug, type: 'playbook' } as unknown as JsonObject, [], { source: undefined });
    if ('reason' in read) throw new Error(`a playbook that cannot be a page: ${read.reason}`);
    const { page } = read;
    return { key: pageKey(page), contentHash: sha256(pageLine(page)), line: () => pageLine(page) };
  });
}
