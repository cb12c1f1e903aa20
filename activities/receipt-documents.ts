import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { LinkPlace, ReceiptLinks } from './receipt-links.ts';
import type { ReceiptWorld } from './receipt-world.ts';

interface Parser<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
}

/** A document of a run, exactly as the run wrote it; undefined, with a fault, when it is anything else. */
export function readDocument<Value>(
  world: ReceiptWorld,
  links: ReceiptLinks,
  place: LinkPlace,
  what: { readonly name: string; readonly schema: Parser<Value> },
): Value | undefined {
  const text = world.readText(place.path);
  links.count({ files: text === undefined ? 0 : 1, bytes: text?.length ?? 0 });
  const value = text === undefined || text === null ? undefined : jsonOf(text);
  const found =
    text === undefined
      ? 'no file'
      : value === undefined
        ? 'something that is no JSON'
        : what.schema.safeParse(value).success
          ? what.name
          : 'another document';
  if (!links.hold(place, what.name, found) || value === undefined) return undefined;
  // Any other byte, even white space, means that somebody else had the file in hand.
  links.hold(place, AS_WRITTEN, text === `${JSON.stringify(value, null, 2)}\n` ? AS_WRITTEN : 'another spelling of it');
  return value as Value;
}

/** A document that nobody had in hand since. */
export const AS_WRITTEN = 'the document byte for byte as the run writes it';

/** Canonical text of a value, for comparing two of them. */
export function textOf(value: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(value ?? null)) as Parameters<typeof canonicalJson>[0]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
