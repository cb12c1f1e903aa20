import type { JsonValue } from '../../domain/shared/json.ts';
import type { Locator, Signals } from '../../schemas/evidence.ts';
import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import type { EvidenceDraft, RawRecord, RefusedDraft } from './source-adapter.ts';

/** The parts of a draft that every adapter must state; the rest has neutral defaults. */
type Stated = Pick<EvidenceDraft, 'task' | 'messages'> &
  Partial<Omit<EvidenceDraft, 'tools'>> & { readonly tools?: EvidenceDraft['tools'] | undefined };

/** A draft at the record's own place, with neutral values for all that the adapter does not state. */
export function draftOf(record: RawRecord, stated: Stated): EvidenceDraft {
  // Field by field: a draft that comes from spreads takes ten times as long to make, and every step after it is slower on such an object.
  const draft: EvidenceDraft = {
    signed: stated.signed === undefined ? record.value : stated.signed,
    branch: stated.branch ?? '',
    locator: stated.locator ?? record.locator,
    line: stated.line ?? record.line,
    recordedAt: stated.recordedAt ?? null,
    task: stated.task,
    messages: stated.messages,
    artifacts: stated.artifacts ?? [],
    outcome: stated.outcome ?? { state: 'unknown', value: null, from: 'none' },
    signals: stated.signals ?? noSignals(),
    model: stated.model ?? null,
    provider: stated.provider ?? null,
    usage: stated.usage ?? {},
    attempt: stated.attempt ?? null,
    trial: stated.trial ?? null,
    parent_id: stated.parent_id ?? null,
    origin: stated.origin ?? 'external',
    generation: stated.generation ?? 0,
  };
  if (stated.tools !== undefined) draft.tools = stated.tools;
  return draft;
}

/** A refusal at the record's place. */
export function refuse(record: { locator: Locator; line: number }, reason: QuarantineReason, detail: string): RefusedDraft {
  return { refused: reason, detail, locator: record.locator, line: record.line };
}

/** Signals that say nothing. */
export function noSignals(): Signals {
  return { human: [], judges: [], cancelled: false, truncated: false, proxies: {} };
}

/** success / failure for a truth value of 1 / 0, partial in between; `null` gives unknown. */
export function outcomeOf(value: number | null, from: EvidenceDraft['outcome']['from']): EvidenceDraft['outcome'] {
  if (value === null) return { state: 'unknown', value: null, from: 'none' };
  const state = value >= 1 ? 'success' : value <= 0 ? 'failure' : 'partial';
  return { state, value, from };
}

/** Text of a message content that is a string, or an array of parts with `text`; other parts are named in brackets so that nothing vanishes silently. */
export function contentText(content: JsonValue | undefined): string | undefined {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const parts: string[] = [];
  for (const part of content) {
    if (typeof part === 'string') parts.push(part);
    else if (typeof part === 'object' && part !== null && !Array.isArray(part) && 'text' in part && typeof part.text === 'string')
      parts.push(part.text);
    else if (typeof part === 'object' && part !== null && !Array.isArray(part) && 'type' in part && typeof part.type === 'string')
      parts.push(`[${part.type}]`);
    else return undefined;
  }
  return parts.join('\n');
}
