import type { ThreadWorkKind } from './thread-work.ts';

/** What passes between the main thread and a worker thread. The board is two shared 32-bit slots, so that neither side has to wait for the other. */
export const STOP_SLOT = 0;
export const DONE_SLOT = 1;

export interface ThreadTask {
  readonly kind: ThreadWorkKind;
  readonly name: string;
  readonly input: unknown;
  readonly board: SharedArrayBuffer;
}

export type ThreadAnswer =
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'stopped' }
  | {
      readonly state: 'failed';
      readonly failure: {
        readonly type: string;
        readonly message: string;
        readonly remedy: string;
        readonly context: Record<string, unknown>;
        readonly stack: string;
      };
    };
