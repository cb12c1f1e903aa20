import { canonicalJson, TooDeepError } from '../shared/canonical-json.ts';
import { NumberText, type JsonObject, type JsonValue } from '../shared/json.ts';
import { parseRecord } from '../shared/parse-record.ts';
import { FROZEN_FAMILIES } from './frozen-secrets.ts';
import { createRedactor } from './redactor.ts';
import { namesSecret } from './secret-name.ts';

/** Changes whenever another text may come out of {@link redactPayload}. */
export const PAYLOAD_REDACTION_VERSION = 1;

/** A payload without secrets, and the findings by detector; `secret_name` counts the values that went because of their key. */
export interface RedactedPayload {
  readonly payload: JsonObject;
  readonly counts: Readonly<Record<string, number>>;
  /** Number of findings. Redacting the result again finds none, unless `isSettled` is false. */
  readonly findings: number;
  readonly isSettled: boolean;
}

const REDACTED = '[REDACTED]';
/** A replacement may bring together what looks like another secret; more rounds than this mean that it will never end. */
const MAX_ROUNDS = 4;

/**
 * Replaces every secret in the strings of a payload by `[REDACTED]`, before anything is serialised, so that what parsed still parses. A string that
 * holds JSON is parsed, redacted inside and serialised again; one without a finding stays as it was written. A value whose key names a secret goes whole.
 */
export function redactPayload(payload: JsonObject): RedactedPayload {
  const redactor = createRedactor(FROZEN_FAMILIES, REDACTED);
  let isSettled = true;
  let named = 0;

  function redactObject(object: JsonObject): JsonObject {
    const names = new Set<string>();
    const entries = Object.entries(object).map(([key, value]) => {
      const name = freeName(redactText(key), names);
      names.add(name);
      return [name, isSecret(key, value) ? hide() : redactValue(value)] as const;
    });
    return Object.fromEntries(entries);
  }

  function redactValue(value: JsonValue): JsonValue {
    if (typeof value === 'string') return redactString(value);
    if (Array.isArray(value)) return value.map(redactValue);
    if (typeof value !== 'object' || value === null || value instanceof NumberText) return value;
    return redactObject(value);
  }

  function redactString(text: string): string {
    const nested = parseNested(text);
    if (nested === undefined) return redactText(text);
    const before = findings();
    const redacted = redactValue(nested.value);
    return nested.isExact && findings() === before ? text : canonicalJson(redacted);
  }

  function redactText(text: string): string {
    let redacted = text;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const before = redacted;
      redacted = redactor.redact(before);
      if (redacted === before) return redacted;
    }
    isSettled &&= redactor.redact(redacted) === redacted;
    return redacted;
  }

  function hide(): string {
    named += 1;
    return REDACTED;
  }

  function findings(): number {
    return named + Object.values(redactor.counts).reduce((sum, count) => sum + count, 0);
  }

  const redacted = redactObject(payload);
  const counts = named === 0 ? redactor.counts : { ...redactor.counts, secret_name: named };
  return { payload: redacted, counts, findings: findings(), isSettled };
}

function isSecret(key: string, value: JsonValue): boolean {
  return value !== null && value !== '' && value !== REDACTED && namesSecret(key, value);
}

/** Two keys may become one word; then they are told apart by a number, and none is lost. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}

/** The value in a text of JSON; not exact where writing it again says less than the text, which then must not stay as it is. */
function parseNested(text: string): { readonly value: JsonValue; readonly isExact: boolean } | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  const parsed = parseRecord(text);
  if (parsed.ok) return { value: parsed.value, isExact: true };
  try {
    const value = JSON.parse(text) as JsonValue;
    canonicalJson(value);
    return { value, isExact: false };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooDeepError || error instanceof RangeError) return undefined;
    throw error;
  }
}
