import type { Retriever } from '../search-ports.ts';

/** The engine that a run searches with. */
export interface RunEngine {
  readonly retriever: Retriever;
  /** US dollars that its calls have cost since this was asked last. */
  takeUsd(): number;
}
