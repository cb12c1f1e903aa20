import { asString, isObject, NumberText, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

const REFERENCE = /^(?:attachment|tc):\/\/([0-9a-f]{32})$/;

/** Texts that a sample holds once and refers to by their hash. A reference is always a whole string. */
export class Attachments {
  /** The first hash that led to nothing. */
  missing: string | undefined;
  readonly #texts: JsonObject;

  constructor(sample: JsonObject) {
    const transcript = isObject(sample.transcript) ? sample.transcript.content : undefined;
    this.#texts = [sample.attachments, transcript].find(isObject) ?? {};
  }

  /** The value with every reference in it replaced by its text. */
  resolve(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.#textOf(value);
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (value === null || typeof value !== 'object' || value instanceof NumberText) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
  }

  #textOf(text: string): string {
    const hash = REFERENCE.exec(text)?.[1];
    if (hash === undefined) return text;
    const found = asString(this.#texts[hash]);
    if (found === undefined) this.missing ??= hash;
    return found ?? text;
  }
}
