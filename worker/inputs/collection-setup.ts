import { CHUNKER_VERSION, INDEX_VERSION, resolveKnobs } from '../../domain/search/index.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';

/** Everything besides its pages that decides what becomes of a collection, as one text: what is made another way gets another name by it. */
export function collectionSetup(settings: SearchSettings): string {
  const { embedder, embedders, synopsis_model: synopsizer, ann_threshold: annThreshold } = settings;
  const { contextual } = resolveKnobs({ settings }).knobs;
  return JSON.stringify([embedders[embedder] ?? embedder, contextual, synopsizer ?? null, annThreshold, CHUNKER_VERSION, INDEX_VERSION]);
}
