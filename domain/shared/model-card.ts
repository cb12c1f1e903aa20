import { isObject, type JsonValue } from './json.ts';

/** What identifies a served model: the digest on its card, else the sha256 of the card's text; null without a card. */
export function cardDigestOf(card: JsonValue | undefined): string | null {
  if (!isObject(card)) return null;
  const [digest] = [card.digest, card.raw_sha256].filter((value) => typeof value === 'string' && value !== '');
  return typeof digest === 'string' ? digest : null;
}
