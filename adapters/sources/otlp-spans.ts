import { asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { attributesOf, nanosOf, valueOf } from './otlp-json.ts';
import { idOf } from './otlp-pieces.ts';
import { parseTimestamp } from './timestamps.ts';

/** Something a span or a log record says happened. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes: JsonObject;
  /** What a log record carries besides attributes. */
  readonly body: JsonValue;
}

/** A span, whichever exporter wrote it. */
export interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly startNs: bigint | undefined;
  readonly endNs: bigint | undefined;
  readonly attributes: JsonObject;
  readonly events: readonly SpanEvent[];
  /** What the status says went wrong; undefined when it does not. */
  readonly error: string | undefined;
}

/** A piece of a trace as a span; `span` is undefined for a log record, which only adds an event to the span that it names, if any. */
export interface ReadPiece {
  readonly startNs: bigint | undefined;
  readonly spanId: string;
  readonly span: Span | undefined;
  readonly event: SpanEvent | undefined;
}

/** Reads a span or a log record as OTLP/JSON, or the SDK for Python, writes it; or says what is wrong with it. */
export function readPiece(value: JsonObject): ReadPiece | string {
  if (isObject(value.context)) return spanPiece(pythonSpan(value, value.context));
  if ('startTimeUnixNano' in value || typeof value.name === 'string') return spanPiece(otlpSpan(value));
  const attributes = attributesOf(value.attributes);
  const name = asString(value.eventName) ?? asString(attributes['event.name']) ?? '';
  return {
    startNs: nanosOf(value.timeUnixNano) ?? nanosOf(value.observedTimeUnixNano),
    spanId: idOf(value.spanId) ?? '',
    span: undefined,
    event: { name, attributes, body: valueOf(value.body) },
  };
}

function spanPiece(span: Span): ReadPiece | string {
  if (span.id === '') return 'span: expected a spanId, found none';
  if (span.startNs === undefined) return `span ${span.id}: expected a start time in nanoseconds, found none`;
  return { startNs: span.startNs, spanId: span.id, span, event: undefined };
}

function otlpSpan(value: JsonObject): Span {
  const status = isObject(value.status) ? value.status : {};
  const isError = status.code === 2 || status.code === 'STATUS_CODE_ERROR';
  const attributes = attributesOf(value.attributes);
  return {
    id: idOf(value.spanId) ?? '',
    parent: idOf(value.parentSpanId),
    name: asString(value.name) ?? '',
    startNs: nanosOf(value.startTimeUnixNano),
    endNs: nanosOf(value.endTimeUnixNano),
    attributes,
    events: eventsOf(value.events),
    error: isError ? errorText(status.message, attributes) : undefined,
  };
}

function pythonSpan(value: JsonObject, context: JsonObject): Span {
  const status = isObject(value.status) ? value.status : {};
  const attributes = attributesOf(value.attributes);
  return {
    id: idOf(context.span_id) ?? '',
    parent: idOf(value.parent_id),
    name: asString(value.name) ?? '',
    startNs: nanosOfText(value.start_time),
    endNs: nanosOfText(value.end_time),
    attributes,
    events: eventsOf(value.events),
    error: status.status_code === 'ERROR' ? errorText(status.description, attributes) : undefined,
  };
}

function eventsOf(given: JsonValue | undefined): SpanEvent[] {
  return (Array.isArray(given) ? given : []).flatMap((event) =>
    isObject(event) && typeof event.name === 'string' ? [{ name: event.name, attributes: attributesOf(event.attributes), body: null }] : [],
  );
}

function errorText(message: JsonValue | undefined, attributes: JsonObject): string {
  return asString(message) || asString(attributes['error.type']) || 'span status ERROR';
}

/** ISO times reach to microseconds; those beyond milliseconds still decide what came first. */
function nanosOfText(value: JsonValue | undefined): bigint | undefined {
  const time = parseTimestamp(value);
  if (time === null) return undefined;
  const fraction = /\.\d{3}(\d{1,6})/.exec(asString(value) ?? '')?.[1] ?? '';
  return BigInt(asNumber(Date.parse(time)) ?? 0) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}
