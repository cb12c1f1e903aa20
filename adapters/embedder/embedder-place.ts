import type { PayForCall } from '../../activities/budget-ports.ts';
import type { UrlRules } from '../url-guard.ts';

/** What an embedder or reranker is opened with beside its settings. */
export interface EmbedderPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly rules: UrlRules;
  /** Every call of a served model is made through this one. */
  readonly pay: PayForCall;
}
