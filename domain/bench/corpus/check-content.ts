import type { CorpusCheck } from '../../../schemas/vocabulary.ts';
import { redactPayload } from '../../redaction/index.ts';
import { isObject } from '../../shared/json.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { parseRecord } from '../../shared/parse-record.ts';
import { contentHash, type EventContent } from './corpus-row.ts';

/** What is wrong with a stored event, without its text. */
export interface ContentFault {
  readonly check: CorpusCheck;
  readonly expected: string;
  readonly found: string;
}

/** Holds an event to its own hash: a fault that every reader refuses. */
export function checkHash({ source, redacted_content, content_sha256 }: EventContent, sha256: Sha256): ContentFault | undefined {
  const own = contentHash(source, redacted_content, sha256);
  return own === content_sha256 ? undefined : { check: 'row_hash', expected: `content_sha256 ${content_sha256}`, found: own };
}

/** Holds the content of an event to what a payload is: one JSON object in which no detector finds anything. */
export function checkPayload({ redacted_content }: EventContent): ContentFault | undefined {
  const parsed = parseRecord(redacted_content);
  if (!parsed.ok) return { check: 'payload', expected: 'redacted_content as one JSON object', found: `${parsed.fault} in it` };
  if (!isObject(parsed.value)) return { check: 'payload', expected: 'redacted_content as one JSON object', found: 'another JSON value' };
  const { counts, findings } = redactPayload(parsed.value);
  if (findings === 0) return undefined;
  const detectors = Object.entries(counts).map(([name, count]) => `${count} of ${name}`);
  return { check: 'redaction', expected: 'no finding of a detector', found: detectors.join(', ') };
}
