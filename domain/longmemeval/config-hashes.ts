import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import { CHUNKER_VERSION } from '../search/index.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import { JUDGE_PROMPT_VERSION, JUDGE_RULES } from './judge-prompt.ts';
import { READER_PROMPT_VERSION, readerSystemPrompt } from './reader-prompt.ts';
import type { Sha256 } from './session-slug.ts';

/** How pages are made of sessions; another way, another version. */
const PAGES_VERSION = 'lauter-lme-pages-1';

/** What rows of two runs must share to be counted together. Null for what a run does not do. */
export interface ConfigHashes {
  readonly retrieval: string;
  readonly reader: string | null;
  readonly judge: string | null;
}

/** Hashes of everything that decides what a search finds, a reader answers and a judge says. Where a reader is reached decides nothing. */
export function configHashes({ retrieval, reader, judge }: LongMemEvalSettings, sha256: Sha256): ConfigHashes {
  const hash = (value: object): string => sha256(canonicalJson(value as JsonValue));
  const asked =
    reader === null ? null : { model: reader.model, mode: reader.mode, max_tokens: reader.max_tokens, prompt: READER_PROMPT_VERSION };
  return {
    retrieval: hash({ ...retrieval, search: searchOf(retrieval), chunker: CHUNKER_VERSION, pages: PAGES_VERSION }),
    reader: asked === null ? null : hash({ ...asked, system: readerSystemPrompt(asked.mode) }),
    judge: judge === null ? null : judgeHash(judge.model, sha256),
  };
}

/** Hash of everything that decides what a judge says. */
export function judgeHash(model: string, sha256: Sha256): string {
  return sha256(canonicalJson({ model, prompt: JUDGE_PROMPT_VERSION, rules: JUDGE_RULES }));
}

/** What of the config takes part: of embedders and engines only the one that is used. */
function searchOf({ retriever, search }: LongMemEvalSettings['retrieval']): object {
  const { embedder, embedders, retrievers, collection: _collection, allowed_hosts: _hosts, ...rest } = search;
  return { ...rest, embedder: embedders[embedder] ?? embedder, retriever: retrievers[retriever] ?? null };
}
