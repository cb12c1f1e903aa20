import type { Detector, DetectorFamily } from './detector.ts';
import { DETECTOR_FAMILIES } from './detectors.ts';
import { withAsciiDigits } from './digits.ts';
import { quoteBarePlaceholders } from './json-text.ts';

/** Redacts the texts of one record. Within it the same value gets the same placeholder; another record starts again at 1. */
export interface Redactor {
  /** The text with every finding replaced; the very same string when there is none. */
  redact(text: string, families?: readonly DetectorFamily[]): string;
  /** The same for a text that may be JSON: what parsed before parses after. */
  redactJson(text: string): string;
  /** Occurrences replaced so far by detector; those without any are absent. */
  readonly counts: Record<string, number>;
}

/**
 * A redactor for one record that runs these families on every text. With a `replacement` every finding becomes that text; else a placeholder with
 * the kind of the finding and a number.
 */
export function createRedactor(families: readonly DetectorFamily[] = DETECTOR_FAMILIES, replacement?: string): Redactor {
  const counts: Record<string, number> = {};
  const placeholders = new Map<string, string>();
  const numbers = new Map<string, number>();

  function redact(text: string, used = families): string {
    let redacted = text;
    // What is searched; what is kept of a text stays as it was written.
    let legible = withAsciiDigits(text);
    for (const family of used) {
      if (!family.mayHoldFindings(legible)) continue;
      for (const detector of family.detectors) {
        if (!detector.hint.test(legible)) continue;
        const replaced = replaceFindings(redacted, legible, detector);
        if (replaced === redacted) continue;
        redacted = replaced;
        legible = withAsciiDigits(replaced);
      }
    }
    return redacted;
  }

  function replaceFindings(text: string, legible: string, detector: Detector): string {
    const { pattern, confirm } = detector;
    let redacted = '';
    let copied = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(legible); match !== null; match = pattern.exec(legible)) {
      const context = match[1] ?? '';
      const start = match.index + context.length;
      const candidate = match[0].slice(context.length);
      const value = confirm === undefined ? candidate : confirm(candidate, context);
      if (value === undefined) {
        // What was refused may hide a finding that begins inside it.
        pattern.lastIndex = Math.max(start, match.index + 1);
        continue;
      }
      counts[detector.name] = (counts[detector.name] ?? 0) + 1;
      redacted += text.slice(copied, start) + placeholderFor(detector, value);
      copied = start + value.length;
      pattern.lastIndex = copied;
    }
    return redacted + text.slice(copied);
  }

  function placeholderFor(detector: Detector, value: string): string {
    if (replacement !== undefined) return replacement;
    const spelled = `${detector.placeholder} ${value}`;
    const known = placeholders.get(spelled);
    if (known !== undefined) return known;
    const meant = `${detector.placeholder} ${detector.identity?.(value) ?? value}`;
    const placeholder = placeholders.get(meant) ?? nextPlaceholder(detector.placeholder);
    placeholders.set(spelled, placeholder);
    placeholders.set(meant, placeholder);
    return placeholder;
  }

  function nextPlaceholder(word: string): string {
    const number = (numbers.get(word) ?? 0) + 1;
    numbers.set(word, number);
    return `[${word}_${number}]`;
  }

  function redactJson(text: string): string {
    const redacted = redact(text);
    if (redacted === text || !isJson(text) || isJson(redacted)) return redacted;
    const quoted = quoteBarePlaceholders(redacted);
    // Half a number may be left over; then the whole becomes one string, because a valid text must stay valid.
    return isJson(quoted) ? quoted : JSON.stringify(redacted);
  }

  return { redact, redactJson, counts };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
