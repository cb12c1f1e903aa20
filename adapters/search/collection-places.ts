import { join } from 'node:path';
import { UsageError } from '../../domain/shared/errors.ts';
import { collectionNameSchema } from '../../schemas/collection-head.ts';

/** Folder of all collections of a workspace. */
export function collectionsFolder(workspace: string): string {
  return join(workspace, 'lake', 'collections');
}

/** Folder of a collection. UsageError for a name that would lead out of the folder of all. */
export function collectionFolder(workspace: string, name: string): string {
  if (collectionNameSchema.safeParse(name).success) return join(collectionsFolder(workspace), name);
  throw new UsageError(
    `naming a collection: expected letters, digits, dots, hyphens and underscores, a letter or digit first, found ${JSON.stringify(name)}.`,
    'Name one like notes or team-wiki.',
    { value: name },
  );
}

/** Lock that whoever changes a collection holds. */
export function collectionLock(workspace: string, name: string): string {
  return join(workspace, 'locks', `collection-${name}.lock`);
}
