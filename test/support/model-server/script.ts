import type { PanelJudgeScript } from './answer-panel.ts';

/** A model of the reference server, as its list and its card show it. */
export interface ServedModel {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** The kinds of calls; each is counted by itself, from 1. */
export type CallPath = 'chat' | 'embeddings' | 'models' | 'rerank';

/** What goes wrong with the calls `from` to `to` of a path, both included; without `to` it does not stop. */
export interface Fault {
  readonly path: CallPath;
  readonly from: number;
  readonly to?: number;
  /** Happens to the calls of this model alone. */
  readonly model?: string;
  readonly does:
    | { readonly kind: 'wait'; readonly ms: number }
    /** Nothing is ever sent. */
    | { readonly kind: 'hang' }
    /** Head and beginning are sent, the rest never. */
    | { readonly kind: 'hang_in_body' }
    | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
    /** The connection is closed before a reply. */
    | { readonly kind: 'reset' }
    /** The connection is closed in the middle of the reply. */
    | { readonly kind: 'cut' }
    /** The body is this, with status 200. */
    | { readonly kind: 'body'; readonly body: string; readonly contentType?: string }
    /** The answer is this text, after so long. */
    | { readonly kind: 'say'; readonly text: string; readonly ms?: number };
}

/** How the reference server behaves. It is plain data, so that a server in a process of its own can be given it. */
export interface ModelServerScript {
  readonly models: readonly ServedModel[];
  /** File that gets one line for each call that was answered to its end. It is appended to, so it outlives the server. */
  readonly requestLog?: string;
  /** The first fault that fits a call happens to it. */
  readonly faults?: readonly Fault[];
  /** Share of chat calls whose answer differs from the usual one, chosen by the seed. */
  readonly variation?: { readonly seed: number; readonly share: number };
  /** From the chat call after this many on, every card shows these fields instead. */
  readonly cardChange?: { readonly afterChatCalls: number; readonly fields: Readonly<Record<string, unknown>> };
  /** What every reply says that it used; null says nothing. Chats count by lengths and others say nothing when it is left out. */
  readonly usage?: Readonly<Record<string, number>> | null;
  /** A judge that reads, one that likes everything, or one that chats instead of scoring. */
  readonly judge?: 'attentive' | 'generous' | 'chatty';
  /** A judge of a panel, whose errors are known. */
  readonly panel?: PanelJudgeScript;
  /** False for servers that show cards in their list only. */
  readonly hasCardPages?: boolean;
}
