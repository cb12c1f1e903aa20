import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { SHAPED_SOURCES } from '../output-shape.ts';
import { enrichmentMessages } from './enrichment.ts';
import { MAX_CONTENT_CHARS } from './fit-content.ts';
import { enrichmentReplySchema } from './reply-schema.ts';

/** Raise it when the way content is fitted or fenced changes: the messages below do not show that. */
const CONTENT_RULES = 1;

/** Stands for every source without a shape of its own. */
const ANY_SOURCE = 'any';

/**
 * SHA-256 over all that a model is asked with, for every source: the templates as whole messages in their order, and the schema of the reply. Runs with
 * different hashes asked different questions.
 */
export function enrichmentPromptHash(sha256: Sha256): string {
  const prompts = [...SHAPED_SOURCES, ANY_SOURCE].map((source) => ({
    source,
    messages: enrichmentMessages({ source, redacted_content: '' }).map(({ role, content }) => ({ role, content })),
    reply_schema: enrichmentReplySchema(source),
  }));
  return sha256(canonicalJson({ content_rules: CONTENT_RULES, max_content_chars: MAX_CONTENT_CHARS, prompts }));
}
