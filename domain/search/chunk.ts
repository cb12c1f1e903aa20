import type { ChunkKind } from '../../schemas/vocabulary.ts';

/** A piece of one kind of a page's text, as it is embedded and shown. `ordinal` counts from 0 inside its kind; `tokens` is characters / 4, rounded up. */
export interface Chunk {
  readonly kind: ChunkKind;
  readonly ordinal: number;
  readonly text: string;
  readonly tokens: number;
}
