import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { MAX_CONTENT_CHARS } from '../prompt/fit-content.ts';
import { JUDGE_CANARIES } from './canaries.ts';
import { JUDGE_REPLY_SCHEMA, judgeMessages } from './messages.ts';

/** SHA-256 over all that a judge is asked with: its messages in their order, the schema of its reply, and the canaries. */
export function judgePromptHash(sha256: Sha256): string {
  const messages = [{ source: 'any', redacted_content: '', raw_output: '' }, ...JUDGE_CANARIES].map((item) =>
    judgeMessages(item).map(({ role, content }) => ({ role, content })),
  );
  return sha256(canonicalJson({ max_content_chars: MAX_CONTENT_CHARS, messages, reply_schema: JUDGE_REPLY_SCHEMA }));
}
