import { join } from 'node:path';
import type { Budget } from '../../activities/budget-ports.ts';
import { payOutOf } from '../../activities/pay-for-call.ts';
import { cacheVectors } from '../../adapters/embedder/cached-embedder.ts';
import { findEmbedder } from '../../adapters/embedder/find-embedder.ts';
import { openEmbedder } from '../../adapters/embedder/open-embedder.ts';
import { resolveKnobs } from '../../domain/search/index.ts';
import type { CollectionHead } from '../../schemas/collection-head.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import type { Io } from '../io.ts';
import type { Embedding } from '../../activities/search/embed-chunks.ts';
import { openSynopsizer } from '../../worker/open-synopsizer.ts';

/**
 * The embedder that a collection is to be indexed with, its vectors kept in the workspace: the one that was named, else that of the config, else the
 * one that the collection has. Null for none. ConfigError when it cannot be opened.
 */
export async function openEmbedding(
  io: Io,
  {
    workspace,
    base,
    settings,
    budget,
  }: { readonly workspace: string; readonly base: string; readonly settings: SearchSettings; readonly budget: Budget },
  named: string | undefined,
  head: CollectionHead | undefined,
): Promise<{ readonly name: string; readonly embedding: Embedding | null }> {
  const name = named ?? (settings.embedder === 'none' ? (head?.embedder_name ?? 'none') : settings.embedder);
  const found = findEmbedder(settings, name);
  if (found === null) return { name, embedding: null };
  const rules = { allowRemote: false, allowedHosts: settings.allowed_hosts };
  const pay = payOutOf(budget);
  const opened = await openEmbedder(name, found, { env: io.env, base, rules, pay });
  // Those of the deterministic one are made quicker than they are read.
  const embedder = found.kind === 'deterministic' ? opened : cacheVectors(opened, join(workspace, 'lake', 'vectors'));
  const { contextual } = resolveKnobs({ settings }).knobs;
  const synopsizer = contextual === 'synopsis' ? openSynopsizer({ workspace, settings, env: io.env, pay }) : null;
  return { name, embedding: { embedder, contextual, synopsizer } };
}
