import type { CorpusRow } from '../../../schemas/bench-corpus.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { redactPayload } from '../../redaction/index.ts';

/** What every stored event has, in the corpus and in its overlay. */
export type EventContent = Pick<CorpusRow, 'event_id' | 'source' | 'redacted_content' | 'content_sha256'>;

/** An event as it is stored, with the findings by detector. */
export interface StoredContent {
  readonly content: EventContent;
  readonly findings: Readonly<Record<string, number>>;
}

/** `content_sha256` of an event: sha256 of the source, one NUL byte and the redacted content. */
export function contentHash(source: string, redactedContent: string, sha256: Sha256): string {
  return sha256(`${source}\0${redactedContent}`);
}

/** Redacts the leaves of a payload, then serialises it; undefined when a detector still finds something in what is left. */
export function storeContent(
  event: { readonly eventId: string; readonly source: string; readonly payload: JsonObject },
  sha256: Sha256,
): StoredContent | undefined {
  const { payload, counts, isSettled } = redactPayload(event.payload);
  if (!isSettled || redactPayload(payload).findings > 0) return undefined;
  const redactedContent = canonicalJson(payload);
  const content: EventContent = {
    event_id: event.eventId,
    source: event.source,
    redacted_content: redactedContent,
    content_sha256: contentHash(event.source, redactedContent, sha256),
  };
  return { content, findings: counts };
}

/** The order of the rows of a corpus, and of the lines of its logical hash: source, then event id, by code points. */
export function compareRows(left: Pick<EventContent, 'event_id' | 'source'>, right: Pick<EventContent, 'event_id' | 'source'>): number {
  return compareCodePoints(left.source, right.source) || compareCodePoints(left.event_id, right.event_id);
}
