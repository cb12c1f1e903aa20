/** What asking a served model needs of the world, as types. */
import type { CallErrorKind } from '../schemas/vocabulary.ts';

/** Where a model is served, OpenAI-compatible. */
export interface ServedModel {
  /** Up to and with the version. */
  readonly base_url: string;
  /** As the server knows it; what its price is looked up by. */
  readonly model: string;
  /** Environment variable that holds the key; null where none is sent. */
  readonly api_key_env: string | null;
}

export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** Tokens that a call used, as far as the server says. */
export interface TokenUsage {
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
}

/** A call that brought an answer, or one that brought none and why. */
export type ModelCall =
  | {
      readonly state: 'answered';
      readonly value: {
        readonly text: string;
        readonly finishReason: string | null;
        readonly usage: TokenUsage | null;
        /** The model as the server names what answered. */
        readonly snapshot?: string;
      };
    }
  | {
      readonly state: 'failed';
      readonly kind: CallErrorKind;
      readonly detail: string;
      readonly retryAfterMs: number | null;
      /** True when surely nothing of the call reached the server. */
      readonly isUnsent?: boolean | undefined;
    };

export interface ChatModel {
  /** One call, never repeated here. Rejects with a ConfigError when its host is not allowed. */
  chat(
    request: {
      readonly model: string;
      readonly messages: readonly Message[];
      readonly temperature: number;
      readonly max_tokens: number;
    },
    limits: { readonly timeoutMs: number; readonly requestId: string },
  ): Promise<ModelCall>;
}
