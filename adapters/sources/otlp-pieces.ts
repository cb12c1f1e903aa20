import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { attributesOf } from './otlp-json.ts';

/** A span or a log record as it stands in the file, and where below the value that it was found in. */
export interface Piece {
  readonly value: JsonValue;
  readonly pointer: string;
}

/**
 * The spans and log records of one value: an export request (`resourceSpans`, `resourceLogs`; metrics hold none), a span alone, or a list of these.
 * Undefined for a value that is nothing of the kind.
 */
export function piecesIn(value: JsonValue): Piece[] | undefined {
  if (Array.isArray(value)) {
    const parts = value.map((item, index) => below(piecesIn(item) ?? [{ value: item, pointer: '' }], `/${index}`));
    return parts.flat();
  }
  if (!isObject(value)) return undefined;
  if (isRequest(value)) return [...inRequest(value, SPANS), ...inRequest(value, LOGS)];
  return isPiece(value) ? [{ value, pointer: '' }] : undefined;
}

/** True for an export request of the collector: spans, logs or metrics by resource. */
export function isRequest(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && REQUEST_FIELDS.some((field) => Array.isArray(value[field]));
}

/** True for a span or a log record that names its trace. */
export function isPiece(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && traceOf(value) !== undefined && (isObject(value.context) ? 'start_time' in value : 'spanId' in value);
}

/**
 * The trace that a piece tells of, in lower case: its own, except for a span that carries the evaluation of another one and names it by its only link.
 * Undefined when there is none.
 */
export function traceOf(value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined;
  return (isCarrier(value) ? linkedTrace(value) : undefined) ?? ownTrace(value);
}

/** A hexadecimal id in lower case without `0x`; another spelling (base64) stays as it is. */
export function idOf(value: JsonValue | undefined): string | undefined {
  const text = asString(value);
  if (text === undefined || text === '') return undefined;
  return /^(?:0x)?[\da-f]+$/i.test(text) ? text.toLowerCase().replace(/^0x/, '') : text;
}

const SPANS = { resources: 'resourceSpans', scopes: ['scopeSpans', 'instrumentationLibrarySpans'], pieces: 'spans' } as const;
const LOGS = { resources: 'resourceLogs', scopes: ['scopeLogs', 'instrumentationLibraryLogs'], pieces: 'logRecords' } as const;
const REQUEST_FIELDS = ['resourceSpans', 'resourceLogs', 'resourceMetrics'] as const;

function inRequest(request: JsonObject, form: typeof SPANS | typeof LOGS): Piece[] {
  return itemsOf(request, form.resources).flatMap((resource) =>
    form.scopes
      .flatMap((scopes) => below(itemsOf(resource.value, scopes), resource.pointer))
      .flatMap((scope) => below(itemsOf(scope.value, form.pieces), scope.pointer)),
  );
}

/** The elements of a list in a field; what stands there instead of a list is handed on as a piece that will be refused. */
function itemsOf(holder: JsonValue, field: string): Piece[] {
  const items = isObject(holder) ? holder[field] : undefined;
  if (items === undefined || items === null) return [];
  if (!Array.isArray(items)) return [{ value: items, pointer: `/${field}` }];
  return items.map((value, index) => ({ value, pointer: `/${field}/${index}` }));
}

function below(pieces: readonly Piece[], pointer: string): Piece[] {
  return pieces.map((piece) => ({ value: piece.value, pointer: pointer + piece.pointer }));
}

function ownTrace(value: JsonObject): string | undefined {
  return idOf(isObject(value.context) ? value.context.trace_id : value.traceId);
}

function linkedTrace(value: JsonObject): string | undefined {
  const links = Array.isArray(value.links) ? value.links : [];
  return links.length === 1 && isObject(links[0]) ? ownTrace(links[0]) : undefined;
}

function isCarrier(value: JsonObject): boolean {
  if (!Array.isArray(value.links) || value.links.length !== 1) return false;
  const events = Array.isArray(value.events) ? value.events : [];
  if (events.some((event) => isObject(event) && event.name === 'gen_ai.evaluation.result')) return true;
  return attributesOf(value.attributes)['openinference.span.kind'] === 'EVALUATOR';
}
