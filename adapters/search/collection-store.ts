import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CollectionError } from '../../domain/shared/errors.ts';
import type { CollectionHead } from '../../schemas/collection-head.ts';
import { syncFile, syncFolder, writeJsonAtomically } from '../atomic-write.ts';
import { now } from '../clock.ts';
import { translateDiskFull } from '../disk-full.ts';
import { makeScratch } from '../scratch.ts';
import { readCollectionHead } from './collection-head.ts';
import { collectionFolder } from './collection-places.ts';
import { readBytes } from './read-bytes.ts';

export { listCollections, readCollectionHead } from './collection-head.ts';

/** Files of a generation. */
export const COLLECTION_FILES = { pages: 'pages.jsonl', index: 'index.bin', vectors: 'vectors.f32', neighbours: 'hnsw.usearch' } as const;

/** A collection as one generation has it, whatever is written meanwhile. */
export interface OpenCollection {
  readonly head: CollectionHead;
  readonly index: Uint8Array;
  /** Vectors of all chunks one after the other, in the order of their numbers; null without an embedder. */
  readonly vectors: Float32Array | null;
  /** File of the graph of neighbours; null where comparing with every vector is quick. */
  readonly neighboursPath: string | null;
}

/** What a new generation says about itself. */
export type GenerationFacts = Omit<CollectionHead, 'schema' | 'name' | 'generation' | 'folder' | 'files' | 'written_at'>;

/** Opens the newest generation of a collection. CollectionError when there is none, or its files are not what its head says. */
export function openCollection(workspace: string, name: string): OpenCollection {
  let head = headOf(workspace, name);
  for (;;) {
    try {
      return openGeneration(workspace, head);
    } catch (error) {
      // Its folder may have gone since the head was read: then the head is another one by now.
      const newest = headOf(workspace, name);
      if (newest.generation === head.generation) throw error;
      head = newest;
    }
  }
}

/** True when every file that the head names is there with all its bytes. */
export function isCollectionWhole(workspace: string, { name, folder, files }: CollectionHead): boolean {
  const sizeOf = (file: string) => statSync(join(collectionFolder(workspace, name), folder, file), { throwIfNoEntry: false })?.size;
  return Object.entries(files).every(([file, sizeBytes]) => sizeOf(file) === sizeBytes);
}

/** The file of a collection's pages, one canonical JSON a line, keys ascending. */
export function pagesFile(workspace: string, { name, folder }: CollectionHead): string {
  return join(collectionFolder(workspace, name), folder, COLLECTION_FILES.pages);
}

/**
 * Writes the next generation of a collection: `write` fills a folder that nobody sees, then it gets its name, then head.json is renamed, and only then
 * does the old one go. Whatever goes wrong before that, the old generation is as it was. Whoever calls this holds the collection's lock.
 */
export async function publishCollection(
  workspace: string,
  name: string,
  write: (folder: string) => Promise<GenerationFacts>,
): Promise<CollectionHead> {
  const root = collectionFolder(workspace, name);
  mkdirSync(root, { recursive: true });
  const before = readCollectionHead(workspace, name);
  removeGenerations(root, before?.folder);
  const scratch = makeScratch(root);
  try {
    const facts = await write(scratch);
    const generation = (before?.generation ?? 0) + 1;
    const folder = `generation-${generation}`;
    const files = Object.fromEntries(readdirSync(scratch).map((file) => [file, statSync(join(scratch, file)).size]));
    for (const file of Object.keys(files)) syncFile(join(scratch, file));
    syncFolder(scratch);
    renameSync(scratch, join(root, folder));
    syncFolder(root);
    const head: CollectionHead = { schema: 'collection/1', name, generation, folder, ...facts, written_at: now(), files };
    writeJsonAtomically(join(root, 'head.json'), head);
    removeGenerations(root, folder);
    return head;
  } catch (error) {
    throw translateDiskFull(error, root) ?? error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Says of the same generation whether it is synthetic. Whoever calls this holds the collection's lock. */
export function markSynthetic(workspace: string, head: CollectionHead, synthetic: boolean): CollectionHead {
  const marked = { ...head, synthetic };
  writeJsonAtomically(join(collectionFolder(workspace, head.name), 'head.json'), marked);
  return marked;
}

function headOf(workspace: string, name: string): CollectionHead {
  const head = readCollectionHead(workspace, name);
  if (head !== undefined) return head;
  throw new CollectionError(
    `opening the collection ${name}: expected a collection of that name in the workspace, found none.`,
    `See which there are with \`lauter search list\`, or make it with \`lauter search index ${name} --from PATH\`.`,
    { collection: name },
  );
}

function openGeneration(workspace: string, head: CollectionHead): OpenCollection {
  const folder = join(collectionFolder(workspace, head.name), head.folder);
  return {
    head,
    index: readWhole(folder, COLLECTION_FILES.index, head),
    vectors: head.dimensions === null ? null : new Float32Array(readWhole(folder, COLLECTION_FILES.vectors, head).buffer),
    neighboursPath: COLLECTION_FILES.neighbours in head.files ? join(folder, COLLECTION_FILES.neighbours) : null,
  };
}

function readWhole(folder: string, file: string, head: CollectionHead): Uint8Array<ArrayBuffer> {
  const path = join(folder, file);
  const sizeBytes = head.files[file];
  if (sizeBytes === undefined || statSync(path, { throwIfNoEntry: false })?.size !== sizeBytes) throw damaged(folder, file, head);
  return readBytes(path, sizeBytes);
}

/** What no head names: old generations, and one that a crash has left without a head. */
function removeGenerations(root: string, kept: string | undefined): void {
  for (const name of readdirSync(root))
    if (name.startsWith('generation-') && name !== kept) rmSync(join(root, name), { recursive: true, force: true });
}

function damaged(folder: string, file: string, { name, files }: CollectionHead): CollectionError {
  const path = join(folder, file);
  const found = existsSync(path) ? `${statSync(path).size} bytes` : 'no file';
  return new CollectionError(
    `opening the collection ${name}, on ${path}: expected ${files[file] ?? 'a file of'} bytes, found ${found}.`,
    `Make it anew with \`lauter search index ${name} --from PATH --replace\`.`,
    { collection: name, file: path },
  );
}
