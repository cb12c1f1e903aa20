import type { Embedder } from '../../activities/search-ports.ts';
import { DETERMINISTIC_DIMENSIONS, deterministicVector } from '../../domain/shared/deterministic-vector.ts';

/** The embedder of tests and fixtures: equal texts have equal vectors, and that is all. Needs no network and no key. */
export const deterministicEmbedder: Embedder = {
  id: 'deterministic',
  dimensions: DETERMINISTIC_DIMENSIONS,
  embed: (texts) => Promise.resolve(texts.map((text) => deterministicVector(text))),
  close: () => Promise.resolve(),
};
