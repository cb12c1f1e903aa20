import { resolve } from 'node:path';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { acquireLock } from '../../adapters/lock-file.ts';
import { isSourceId } from '../../adapters/pages/to-page.ts';
import { collectionFolder, collectionLock } from '../../adapters/search/collection-places.ts';
import { readCollectionHead } from '../../adapters/search/collection-store.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { SearchIndexReport } from '../../schemas/search-index-report.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { indexCollection, type Indexed } from '../search/index-collection.ts';
import { openEmbedding } from '../search/open-embedding.ts';
import { showIndexing } from '../search/show-indexing.ts';
import { tellIndex } from '../search/tell-index.ts';
import { VERSION } from '../version.ts';

export interface SearchIndexOptions extends PlaceOptions {
  readonly from: string;
  readonly source?: string;
  readonly embedder?: string;
  readonly replace?: boolean;
  readonly synthetic?: boolean;
  readonly json?: boolean;
}

/** `lauter search index`: makes pages searchable. */
export async function searchIndex(io: Io, name: string, options: SearchIndexOptions): Promise<ExitCode> {
  const started = performance.now();
  const root = workspaceFolder(io, options);
  // A name or source that is none is told before a workspace is made.
  collectionFolder(root, name);
  requireSource(options.source);
  const { config, base } = loadConfig(io, root, options);
  return alone(root, name, async () => {
    const head = readCollectionHead(root, name);
    const budget = commandBudget(root, 'search index', config.cost);
    const opened = await openEmbedding(io, { workspace: root, base, settings: config.search, budget }, options.embedder, head);
    const stop = new AbortController();
    const endListening = io.onInterrupt(() => {
      // Whatever is half-written has no head, and the next run sweeps it.
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      stop.abort();
    });
    const { show, end } = showIndexing(io);
    try {
      const indexed = await indexCollection(
        {
          workspace: root,
          name,
          from: resolve(io.cwd, options.from),
          source: options.source,
          isReplaced: options.replace === true,
          isSynthetic: options.synthetic === true,
          embedderName: opened.name,
          embedding: opened.embedding,
          annThreshold: config.search.ann_threshold,
        },
        { show, signal: stop.signal },
      );
      end();
      for (const notice of indexed.notices) io.err(notice);
      const report = reportOf(indexed, Math.round(performance.now() - started));
      io.out(options.json === true ? JSON.stringify(report, null, 2) : tellIndex(report, head?.generation === report.generation));
      return EXIT.accepted;
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      end();
      io.err(
        `interrupted: the collection ${name} is as it was. The same command starts anew; vectors and synopses that were made are kept.`,
      );
      return EXIT.interrupted;
    } finally {
      end();
      endListening();
      await opened.embedding?.embedder.close();
    }
  });
}

/** Joins the workspace, and lets nobody else change the collection meanwhile. */
async function alone(root: string, name: string, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const workspace = openWorkspace(root, VERSION);
  try {
    const lock = acquireLock(collectionLock(root, name), { version: VERSION });
    try {
      return await work();
    } finally {
      lock.release();
    }
  } finally {
    workspace.close();
  }
}

function requireSource(source: string | undefined): void {
  if (source === undefined || isSourceId(source)) return;
  throw new UsageError(
    `reading --source: expected letters, digits and . _ / @ + -, a letter or digit first, found ${JSON.stringify(source)}.`,
    'Name one like wiki or mail.',
    { flag: '--source', value: source },
  );
}

function reportOf({ head, gathered }: Indexed, durationMs: number): SearchIndexReport {
  return {
    schema_version: 1,
    collection: head.name,
    pages: head.pages,
    chunks: head.chunks,
    added: gathered.added,
    updated: gathered.updated,
    removed: gathered.removed,
    quarantined: [...gathered.quarantined],
    generation: head.generation,
    corpus_hash: head.corpus_hash,
    embedder: head.embedder,
    ...(head.synopses === null ? {} : { synopses: head.synopses }),
    duration_ms: durationMs,
  };
}
