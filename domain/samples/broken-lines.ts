import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject } from '../shared/json.ts';
import type { Broken, Told } from './telling.ts';

/** The record cut in the middle, with the line end in place. */
export function cutLine(told: Told, planted: readonly string[] = []): Broken {
  return { raw: cutText(told, 0.8), quarantine: 'broken_json', planted: ['cut_json', ...planted] };
}

/** The record cut in the middle; stands last in a file without a line end. */
export function cutLastLine(told: Told): Broken {
  return { raw: cutText(told, 0.7), quarantine: 'truncated_line', planted: ['cut_last_line'] };
}

/** Valid JSON that is no record. */
export function strayValue(text: string): Broken {
  return { raw: text, quarantine: 'not_an_object', planted: ['stray_value'] };
}

/** The record with a byte in its first long text that no UTF-8 text may hold. */
export function invalidUtf8(told: Told): Broken {
  const bytes = utf8ToBytes(JSON.stringify(told.value));
  const middle = bytes.indexOf(' '.charCodeAt(0), Math.floor(bytes.length / 2));
  bytes[middle] = 0xff;
  return { raw: bytes, quarantine: 'not_utf8', planted: ['invalid_utf8'] };
}

/** The record with its first key said twice, with two values. */
export function duplicateKey(told: Told): Broken {
  const text = JSON.stringify(told.value);
  const key = Object.keys(told.value)[0];
  return { raw: `{"${key}":"said before",${text.slice(1)}`, quarantine: 'duplicate_key', planted: ['duplicate_key'] };
}

/** The record with a bare NaN for a time that was not measured, as some writers put it. */
export function nanLiteral(told: Told): Broken {
  return { raw: `{"latency_s":NaN,${JSON.stringify(told.value).slice(1)}`, quarantine: 'not_finite', planted: ['nan_literal'] };
}

/** The record with a number no double can hold. */
export function hugeNumber(told: Told): Broken {
  return { raw: `{"latency_s":1e999,${JSON.stringify(told.value).slice(1)}`, quarantine: 'not_finite', planted: ['huge_number'] };
}

/** The record with a field nested beyond 200 levels. */
export function tooDeep(told: Told): Broken {
  const nested = `${'['.repeat(240)}${']'.repeat(240)}`;
  return { raw: `{"trace":${nested},${JSON.stringify(told.value).slice(1)}`, quarantine: 'too_deep', planted: ['too_deep'] };
}

/** The record with half of a surrogate pair in a text. */
export function loneSurrogate(told: Told): Broken {
  return {
    raw: `{"client_note":"tail light \\ud83d",${JSON.stringify(told.value).slice(1)}`,
    quarantine: 'lone_surrogate',
    planted: ['lone_surrogate'],
  };
}

/** The record without a field that the format promises. */
export function withoutField(told: Told, field: string): Broken {
  const rest: JsonObject = Object.fromEntries(Object.entries(told.value).filter(([key]) => key !== field));
  return { raw: JSON.stringify(rest), quarantine: 'missing_field', planted: ['missing_field'] };
}

// The cut must fall inside a text, so that the rest can not be read as JSON by any luck.
function cutText(told: Told, share: number): string {
  const text = JSON.stringify(told.value);
  const from = Math.floor(text.length * share);
  const space = text.indexOf(' ', from);
  return text.slice(0, space === -1 ? from : space);
}
