import { canonicalJson, TooDeepError } from '../../domain/shared/canonical-json.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Locator } from '../../schemas/evidence.ts';
import { describeValue } from './describe-value.ts';
import { refuse } from './drafts.ts';
import { piecesIn, traceOf } from './otlp-pieces.ts';
import { readPiece, type ReadPiece, type Span, type SpanEvent } from './otlp-spans.ts';
import type { RawRecord, RefusedDraft } from './source-adapter.ts';

/** The pieces of one trace, each once, in order of time; what does not depend on how they were batched. */
export interface Trace {
  readonly id: string;
  readonly place: { readonly locator: Locator; readonly line: number };
  /** The source values, in that order. */
  readonly signed: readonly JsonValue[];
  readonly spans: readonly Span[];
  /** Events of log records that name no span of the trace. */
  readonly looseEvents: readonly SpanEvent[];
}

/** The traces of a record, and what in it is no part of any. */
export function tracesIn(record: RawRecord): { traces: Trace[]; refused: RefusedDraft[] } {
  const refused: RefusedDraft[] = [];
  const byTrace = new Map<string, Placed[]>();
  for (const { value, place } of placedPieces(record)) {
    const traceId = traceOf(value);
    const piece = isObject(value) && traceId !== undefined ? readPiece(value) : undefined;
    if (traceId === undefined || piece === undefined) refused.push(refuse(place, 'not_an_object', strayDetail(value)));
    else if (typeof piece === 'string') refused.push(refuse(place, 'missing_field', piece));
    else {
      const known = byTrace.get(traceId);
      if (known === undefined) byTrace.set(traceId, [{ value, piece, place }]);
      else known.push({ value, piece, place });
    }
  }
  return { traces: [...byTrace].map(([id, pieces]) => traceFrom(id, pieces)), refused };
}

interface Placed {
  readonly value: JsonValue;
  readonly piece: ReadPiece;
  readonly place: Trace['place'];
}

/** A record is one trace's pieces, each with its line, or the whole of a document. */
function placedPieces(record: RawRecord): { value: JsonValue; place: Trace['place'] }[] {
  const { value } = record;
  if (!Array.isArray(value) || record.lines === undefined)
    return (piecesIn(value) ?? [{ value, pointer: '' }]).map((piece) => ({
      value: piece.value,
      place: { locator: { ...record.locator, pointer: (record.locator.pointer ?? '') + piece.pointer }, line: record.line },
    }));
  return value.flatMap((item, index) => {
    const line = record.lines?.[index] ?? record.line;
    const place = { locator: index === 0 ? record.locator : { line }, line };
    return (piecesIn(item) ?? [{ value: item, pointer: '' }]).map((piece) => ({ value: piece.value, place }));
  });
}

function strayDetail(value: JsonValue): string {
  return isObject(value)
    ? 'span: expected a traceId and a spanId, found an object without'
    : `span: expected an object, found ${describeValue(value)}`;
}

function traceFrom(id: string, given: readonly Placed[]): Trace {
  const pieces = distinct(given).sort(byTime);
  const spans = new Map<string, Span>();
  for (const { piece } of pieces) if (piece.span !== undefined && !spans.has(piece.span.id)) spans.set(piece.span.id, piece.span);
  const looseEvents: SpanEvent[] = [];
  for (const { piece } of pieces) {
    if (piece.event === undefined) continue;
    const span = spans.get(piece.spanId);
    if (span === undefined) looseEvents.push(piece.event);
    else spans.set(span.id, { ...span, events: [...span.events, piece.event] });
  }
  const { place } = given[0]!;
  return { id, place, signed: pieces.map(({ value }) => value), spans: [...spans.values()], looseEvents };
}

/** A collector delivers at least once: what came twice is one. Only pieces of one span can be the same. */
function distinct(pieces: readonly Placed[]): Placed[] {
  const bySpan = new Map<string, Placed[]>();
  for (const each of pieces) {
    const known = bySpan.get(each.piece.spanId);
    if (known === undefined) bySpan.set(each.piece.spanId, [each]);
    else known.push(each);
  }
  return [...bySpan.values()].flatMap((same) => (same.length === 1 ? same : withoutRepeats(same)));
}

function withoutRepeats(pieces: readonly Placed[]): Placed[] {
  const seen = new Set<string>();
  return pieces.filter(({ value }) => {
    const text = canonicalText(value);
    const isNew = text === undefined || !seen.has(text);
    if (text !== undefined) seen.add(text);
    return isNew;
  });
}

function canonicalText(value: JsonValue): string | undefined {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof TooDeepError) return undefined;
    throw error;
  }
}

function byTime(left: Placed, right: Placed): number {
  const [before, after] = [left.piece.startNs ?? 0n, right.piece.startNs ?? 0n];
  if (before !== after) return before < after ? -1 : 1;
  if (left.piece.spanId !== right.piece.spanId) return left.piece.spanId < right.piece.spanId ? -1 : 1;
  return 0;
}
