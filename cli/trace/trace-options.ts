import type { PlaceOptions } from '../places.ts';

/** Options of `lauter trace`. */
export interface TraceOptions extends PlaceOptions {
  readonly reverse?: string;
  readonly runId?: string;
  readonly html?: string;
  readonly json?: boolean;
}
