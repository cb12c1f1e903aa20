import { isUtf8 } from 'node:buffer';
import { parseRecord } from '../domain/shared/parse-record.ts';
import { quoteShort } from '../domain/shared/text.ts';
import type { QuarantineReason } from '../schemas/vocabulary.ts';

/** One element of a top-level array, or entry of a top-level object, as text; or what is wrong. */
export type Element = Place & ({ readonly text: string } | { readonly fault: QuarantineReason; readonly detail: string });

interface Place {
  readonly pointer: string;
  readonly key: string;
  readonly line: number;
  /** Where the value's bytes lie, white space behind it included; only where asked for. */
  readonly span?: { readonly start: number; readonly end: number };
}

export interface ElementOptions {
  readonly maxBytes: number;
  /** True when each element is to say where its bytes lie. */
  readonly spans?: boolean;
}

/**
 * Cuts a JSON array or object into its elements without holding more than one of them, so that a file of any size is read in constant memory (of an
 * object, the keys are held to tell when one comes again).
 * What follows a break in the structure cannot be told apart any more: it is handed over as one fault, and reading ends there.
 */
export async function* readElements(chunks: AsyncIterable<Uint8Array>, options: ElementOptions): AsyncIterable<Element[]> {
  const cutter = new ElementCutter(options);
  for await (const chunk of chunks) {
    const elements = cutter.feed(chunk);
    if (elements.length > 0) yield elements;
  }
  const rest = cutter.end();
  if (rest.length > 0) yield rest;
}

type State = 'start' | 'next' | 'value' | 'key' | 'colon' | 'entry' | 'element' | 'end';

const BYTE = {
  quote: 34,
  backslash: 92,
  comma: 44,
  colon: 58,
  openArray: 91,
  closeArray: 93,
  openObject: 123,
  closeObject: 125,
  feed: 10,
} as const;

/** A state machine over bytes: it knows strings, nesting and the top level, nothing else of JSON. */
class ElementCutter {
  readonly #maxBytes: number;
  readonly #hasSpans: boolean;
  /** Bytes before the chunk at hand. */
  #base = 0;
  #start = 0;
  #end = 0;
  #isOver = false;
  #state: State = 'start';
  #container: 'array' | 'object' = 'array';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 0;
  #startLine = 0;
  #index = 0;
  #key = '';
  readonly #keys = new Set<string>();
  /** What is wrong with the key of the entry at hand. */
  #keyFault: { readonly fault: QuarantineReason; readonly detail: string } | undefined;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  constructor({ maxBytes, spans = false }: ElementOptions) {
    this.#maxBytes = maxBytes;
    this.#hasSpans = spans;
  }

  feed(chunk: Uint8Array): Element[] {
    const found: Element[] = [];
    if (this.#isOver) return found;
    let from = -1;
    if (this.#state === 'element' || this.#state === 'key') from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (byte === BYTE.feed) this.#line += 1;
      if (this.#state === 'element' || this.#state === 'key') {
        if (this.#inString) {
          if (this.#escaped) this.#escaped = false;
          else if (byte === BYTE.backslash) this.#escaped = true;
          else if (byte === BYTE.quote) {
            this.#inString = false;
            if (this.#state === 'key') {
              this.#keep(chunk.subarray(from, at + 1));
              this.#endKey();
              from = -1;
            }
          }
          continue;
        }
        if (byte === BYTE.quote) this.#inString = true;
        else if (byte === BYTE.openArray || byte === BYTE.openObject) this.#depth += 1;
        else if (byte === BYTE.closeArray || byte === BYTE.closeObject || byte === BYTE.comma) {
          if (byte !== BYTE.comma && this.#depth > 0) this.#depth -= 1;
          else if (this.#depth === 0) {
            this.#keep(chunk.subarray(from, at));
            this.#end = this.#base + at;
            found.push(this.#element());
            from = -1;
            this.#state = 'next';
            at -= 1;
          }
        }
        continue;
      }
      if (isSpace(byte) || (this.#state === 'start' && (byte === 0xef || byte === 0xbb || byte === 0xbf))) continue;
      switch (this.#state) {
        case 'start':
          if (byte !== BYTE.openArray && byte !== BYTE.openObject) return [...found, this.#broken('expected "[" or "{" at the top')];
          this.#container = byte === BYTE.openArray ? 'array' : 'object';
          this.#state = this.#container === 'array' ? 'value' : 'next';
          break;
        case 'next':
          if (byte === BYTE.comma && this.#index > 0) this.#state = 'value';
          else if (byte === (this.#container === 'array' ? BYTE.closeArray : BYTE.closeObject)) this.#state = 'end';
          else if (this.#container === 'object' && this.#index === 0 && byte === BYTE.quote) from = this.#startKey(at);
          else return [...found, this.#broken('expected "," or the closing bracket')];
          break;
        case 'value':
          if (this.#container === 'object') {
            if (byte !== BYTE.quote) return [...found, this.#broken('expected a key')];
            from = this.#startKey(at);
          } else if (byte === BYTE.closeArray && this.#index === 0) this.#state = 'end';
          else if (isMark(byte)) return [...found, this.#broken('expected a value')];
          else from = this.#startElement(at, byte);
          break;
        case 'colon':
          if (byte !== BYTE.colon) return [...found, this.#broken('expected ":"')];
          this.#state = 'entry';
          break;
        case 'entry':
          if (isMark(byte)) return [...found, this.#broken('expected a value')];
          from = this.#startElement(at, byte);
          break;
        case 'end':
          return [...found, this.#broken('expected the end of the file behind the closing bracket')];
      }
    }
    if (from >= 0) this.#keep(chunk.subarray(from));
    this.#base += chunk.length;
    return found;
  }

  /** What is left when the bytes end: nothing, or a container that was cut. */
  end(): Element[] {
    if (this.#isOver || this.#state === 'end') return [];
    this.#end = this.#base;
    const detail = 'expected the closing bracket, found the end of the file';
    return [{ ...this.#place(), fault: this.#state === 'start' ? 'broken_json' : 'truncated_line', detail }];
  }

  #startKey(at: number): number {
    this.#state = 'key';
    this.#inString = true;
    return at;
  }

  #endKey(): void {
    this.#state = 'colon';
    const text = this.#takeText();
    const parsed = typeof text === 'string' ? parseRecord(text) : text;
    const key = 'value' in parsed ? String(parsed.value) : undefined;
    this.#key = key ?? '';
    this.#keyFault = 'value' in parsed ? undefined : { fault: parsed.fault, detail: `key: ${parsed.detail}` };
    if (key === undefined) return;
    if (this.#keys.has(key)) this.#keyFault = { fault: 'duplicate_key', detail: `key ${quoteShort(key, 60)} stands twice in the file` };
    this.#keys.add(key);
  }

  #startElement(at: number, byte: number): number {
    this.#state = 'element';
    this.#startLine = this.#line;
    this.#start = this.#base + at;
    this.#depth = byte === BYTE.openArray || byte === BYTE.openObject ? 1 : 0;
    this.#inString = byte === BYTE.quote;
    return at;
  }

  #keep(piece: Uint8Array): void {
    this.#bytes += piece.length;
    // Beyond the limit only the size is counted: the element is refused anyway.
    if (this.#bytes <= this.#maxBytes) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  /** The bytes that were kept, as text; or what is wrong with them. */
  #takeText(): string | { readonly fault: QuarantineReason; readonly detail: string } {
    const [bytes, size] = [Buffer.concat(this.#pieces), this.#bytes];
    this.#pieces = [];
    this.#bytes = 0;
    if (size > this.#maxBytes) return { fault: 'too_large', detail: `expected at most ${this.#maxBytes} bytes, found ${size}` };
    if (!isUtf8(bytes)) return { fault: 'not_utf8', detail: 'expected UTF-8, found other bytes' };
    return bytes.toString('utf8');
  }

  #element(): Element {
    const place = this.#place();
    this.#index += 1;
    const text = this.#takeText();
    if (this.#keyFault !== undefined) return { ...place, ...this.#keyFault };
    return typeof text === 'string' ? { ...place, text } : { ...place, ...text };
  }

  #place(): Place {
    const key = this.#container === 'array' ? String(this.#index) : this.#key;
    return {
      pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      key,
      line: this.#state === 'element' ? this.#startLine : this.#line,
      ...(this.#hasSpans && this.#state === 'element' && { span: { start: this.#start, end: this.#end } }),
    };
  }

  #broken(detail: string): Element {
    this.#isOver = true;
    return { ...this.#place(), fault: 'broken_json', detail };
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A byte that cannot begin a value. */
function isMark(byte: number): boolean {
  return byte === BYTE.comma || byte === BYTE.colon || byte === BYTE.closeArray || byte === BYTE.closeObject;
}
