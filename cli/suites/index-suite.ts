import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Budget } from '../../activities/budget-ports.ts';
import { sha256Of } from '../../adapters/digest.ts';
import { digestFile } from '../../adapters/file-digest.ts';
import { waitForLock } from '../../adapters/lock-file.ts';
import { collectionLock } from '../../adapters/search/collection-places.ts';
import { suitePlaces } from '../../adapters/suites/suite-places.ts';
import type { Config } from '../../schemas/config.ts';
import { collectionSetup } from '../../worker/inputs/collection-setup.ts';
import { plain, type Io } from '../io.ts';
import { indexCollection } from '../search/index-collection.ts';
import { openEmbedding } from '../search/open-embedding.ts';
import { showIndexing } from '../search/show-indexing.ts';
import { VERSION } from '../version.ts';

/** The pages of a suite, and what makes them searchable. */
export interface IndexedSuite {
  readonly root: string;
  readonly base: string;
  readonly config: Config;
  readonly budget: Budget;
  readonly suite: string;
  readonly corpus: string;
}

const PATIENCE_MS = 3_600_000;

/**
 * Makes a collection of the pages of a suite, among those that are kept for evaluations alone, and returns its name. One that was made of the same
 * pages by the same index and embedder is there already, and is left as it is.
 */
export async function indexSuite(
  io: Io,
  { root, base, config, budget, suite, corpus }: IndexedSuite,
  signal: AbortSignal,
): Promise<string> {
  const { search: settings } = config;
  const name = nameOf(suite, corpus, settings);
  const workspace = suitePlaces(root).collections;
  const lockPath = collectionLock(workspace, name);
  mkdirSync(dirname(lockPath), { recursive: true });
  const lock = await waitForLock(lockPath, {
    version: VERSION,
    giveUpAfterMs: PATIENCE_MS,
    onWaiting: () => io.err(`another command makes the pages of ${suite} searchable; waiting for it …`),
  });
  // Vectors are kept with the user's own: the same text costs once.
  const opened = await openEmbedding(io, { workspace: root, base, settings, budget }, settings.embedder, undefined);
  const { show, end } = showIndexing(io);
  try {
    const request = { workspace, name, from: corpus, source: undefined, isReplaced: true, isSynthetic: false };
    const { notices, gathered } = await indexCollection(
      { ...request, embedderName: opened.name, embedding: opened.embedding, annThreshold: settings.ann_threshold },
      { show, signal },
    );
    end();
    for (const notice of notices) io.err(plain(`${suite}: ${notice}`));
    for (const { path, reason } of gathered.quarantined) io.err(plain(`${suite}: left out ${path}: ${reason}`));
    return name;
  } finally {
    end();
    lock.release();
    await opened.embedding?.embedder.close();
  }
}

/** A collection of other pages, or made another way, has another name: no run takes away what another one searches. */
function nameOf(suite: string, corpus: string, settings: Config['search']): string {
  return `${suite}-${sha256Of(digestFile(corpus).sha256, collectionSetup(settings)).slice(0, 12)}`;
}
