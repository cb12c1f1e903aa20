import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedding } from '../../activities/search/embed-chunks.ts';
import { readPages } from '../../adapters/pages/read-pages.ts';
import { makeScratch } from '../../adapters/scratch.ts';
import { collectionsFolder } from '../../adapters/search/collection-places.ts';
import { isCollectionWhole, markSynthetic, pagesFile, readCollectionHead } from '../../adapters/search/collection-store.ts';
import { createLineStore, openLineStore } from '../../adapters/search/line-store.ts';
import { CHUNKER_VERSION, INDEX_VERSION } from '../../domain/search/index.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { CollectionHead } from '../../schemas/collection-head.ts';
import { plain } from '../io.ts';
import { publishPages } from '../../worker/inputs/publish-pages.ts';
import type { ShowProgress } from '../../worker/inputs/write-generation.ts';
import { gatherPages, type Gathered } from './gather-pages.ts';

/** What a collection is to be made of. */
export interface IndexRequest {
  readonly workspace: string;
  readonly name: string;
  readonly from: string;
  readonly source: string | undefined;
  /** True when the collection is to hold what is read and nothing else. */
  readonly isReplaced: boolean;
  /** True when every page that is read is made up. */
  readonly isSynthetic: boolean;
  readonly embedderName: string | null;
  readonly embedding: Embedding | null;
  /** Vectors above which a graph of neighbours is built. */
  readonly annThreshold: number;
}

/** The collection as it is now, and what happened to its pages. */
export interface Indexed {
  readonly head: CollectionHead;
  readonly gathered: Gathered;
  readonly notices: readonly string[];
}

/**
 * Brings a collection in line with what is read: pages that are new or another are taken in, with `isReplaced` all others go. Where nothing comes of
 * that, nothing is written and the generation stays. CollectionError when no page could be read. Whoever calls this holds the collection's lock.
 */
export async function indexCollection(
  request: IndexRequest,
  { show, signal }: { readonly show: ShowProgress; readonly signal: AbortSignal },
): Promise<Indexed> {
  const { workspace, from, source, isReplaced } = request;
  const head = usableHead(request);
  const scratch = makeScratch(collectionsFolder(workspace));
  const before = head === undefined ? undefined : openLineStore(pagesFile(workspace, head));
  const fresh = createLineStore(join(scratch, 'pages.jsonl'));
  try {
    const onRead = (pages: number): void => show('reading', pages, null);
    const gathered = await gatherPages({
      readings: readPages(from, source, ownFolders(workspace)),
      before,
      fresh,
      isReplaced,
      onRead,
      signal,
    });
    if (gathered.read === 0) throw nothingRead(from, gathered);
    const { synthetic, notices } = syntheticAfter(request, head, gathered);
    if (head === undefined || !isUnchanged(head, request, gathered)) {
      const published = await publish(request, gathered, synthetic, { show, signal });
      return { head: published, gathered, notices: [...notices, ...noteTitles(published)] };
    }
    return { head: synthetic === head.synthetic ? head : markSynthetic(workspace, head, synthetic), gathered, notices };
  } finally {
    before?.close();
    fresh.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What Lauter itself writes is no page, where a workspace lies among pages or holds them. */
function ownFolders(workspace: string): string[] {
  return [workspace, ...['lake', 'exports', 'reports', 'ledger', 'locks', 'temporal'].map((name) => join(workspace, name))];
}

/** The head of the collection that is there. One that is damaged can only be replaced, and counts as none then. */
function usableHead({ workspace, name, isReplaced }: IndexRequest): CollectionHead | undefined {
  const head = readCollectionHead(workspace, name);
  if (head === undefined || isCollectionWhole(workspace, head)) return head;
  if (isReplaced) return undefined;
  throw new CollectionError(
    `adding to the collection ${name}: expected its files whole, found some cut off or gone.`,
    `Make it anew from all its pages with \`lauter search index ${name} --from PATH --replace\`.`,
    { collection: name },
  );
}

function isUnchanged(head: CollectionHead, { embedding }: IndexRequest, { added, updated, removed }: Gathered): boolean {
  return (
    added + updated + removed === 0 &&
    head.embedder === (embedding?.embedder.id ?? null) &&
    head.contextual === (embedding?.contextual ?? null) &&
    (head.synopses?.by ?? null) === (embedding?.synopsizer?.id ?? null) &&
    (head.synopses?.unanswered ?? 0) === 0 &&
    head.chunker_version === CHUNKER_VERSION &&
    head.index_version === INDEX_VERSION
  );
}

function publish(
  { workspace, name, embedderName, embedding, annThreshold }: IndexRequest,
  { pages }: Gathered,
  synthetic: boolean,
  control: { readonly show: ShowProgress; readonly signal: AbortSignal },
): Promise<CollectionHead> {
  const published = Array.from(pages, ([key, { store, place, contentHash }]) => ({ key, contentHash, line: () => store.read(place) }));
  return publishPages(workspace, name, { pages: published, synthetic, embedderName, embedding, annThreshold }, control);
}

/** A collection is synthetic as long as all its pages were said to be. */
function syntheticAfter(
  { isSynthetic }: IndexRequest,
  head: CollectionHead | undefined,
  { pages, read, added, updated }: Gathered,
): { readonly synthetic: boolean; readonly notices: readonly string[] } {
  const wasSynthetic = head?.synthetic ?? false;
  if (isSynthetic) {
    const others = pages.size - read;
    if (others === 0 || wasSynthetic) return { synthetic: true, notices: [] };
    return { synthetic: false, notices: [`not marked as synthetic: ${others} pages that were there before are not`] };
  }
  if (!wasSynthetic || added + updated === 0) return { synthetic: wasSynthetic, notices: [] };
  return { synthetic: false, notices: ['no longer marked as synthetic: pages came in without --synthetic'] };
}

/** Pages that go by their title although a synopsis was wanted. */
function noteTitles({ synopses }: CollectionHead): string[] {
  if (synopses === null) return [];
  const { unusable, unanswered } = synopses;
  return [
    ...(unusable === 0 ? [] : [`${unusable} pages go by their titles: what the model wrote of them is no synopsis`]),
    ...(unanswered === 0
      ? []
      : [`${unanswered} pages go by their titles: the model gave no answer; the same command asks again for these alone`]),
  ];
}

function nothingRead(from: string, { quarantined }: Gathered): CollectionError {
  const [first] = quarantined;
  const found =
    first === undefined ? 'none' : `${quarantined.length} that cannot be read, first ${plain(first.path)}: ${plain(first.reason)}`;
  return new CollectionError(
    `reading pages, on ${from}: expected one page at least, found ${found}.`,
    'Name a folder of Markdown or JSON pages, a corpus.jsonl or a file of pages with --from PATH.',
    { quarantined: quarantined.length },
  );
}
