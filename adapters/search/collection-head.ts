import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CollectionError } from '../../domain/shared/errors.ts';
import { collectionHeadSchema, collectionNameSchema, type CollectionHead } from '../../schemas/collection-head.ts';
import { collectionFolder, collectionsFolder } from './collection-places.ts';

/** The head of a collection; undefined when there is no such collection. CollectionError for a head that is damaged. */
export function readCollectionHead(workspace: string, name: string): CollectionHead | undefined {
  const path = join(collectionFolder(workspace, name), 'head.json');
  if (!existsSync(path)) return undefined;
  const head = collectionHeadSchema.safeParse(parsed(readFileSync(path, 'utf8')));
  if (head.success && head.data.name === name) return head.data;
  throw new CollectionError(
    `opening the collection ${name}, on ${path}: expected a head of the form collection/1, found another text.`,
    `Remove ${collectionFolder(workspace, name)} and make the collection anew with \`lauter search index ${name} --from PATH\`.`,
    { file: path },
  );
}

/** The heads of all collections of a workspace, by name. CollectionError when one is damaged. */
export function listCollections(workspace: string): CollectionHead[] {
  const folder = collectionsFolder(workspace);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => collectionNameSchema.safeParse(name).success)
    .sort()
    .flatMap((name) => readCollectionHead(workspace, name) ?? []);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
