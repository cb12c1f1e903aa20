import type { Grounding } from '../../schemas/replay-run.ts';

/** The text of something that an answer names with one sign changed: the last digit of a number, else a small letter in the middle; undefined where it has none. */
export function changeSign({ kind, text }: Pick<Grounding, 'kind' | 'text'>): string | undefined {
  const places = [...text.matchAll(kind === 'number' ? /\d/g : /[a-z]/g)].map(({ index }) => index);
  const at = kind === 'number' ? places.at(-1) : places[Math.floor(places.length / 2)];
  if (at === undefined) return undefined;
  return text.slice(0, at) + nextSign(text.charAt(at), kind) + text.slice(at + 1);
}

function nextSign(sign: string, kind: Grounding['kind']): string {
  if (kind === 'number') return String((Number(sign) + 3) % 10);
  if (kind === 'commit') return sign === 'a' ? 'b' : 'a';
  return String.fromCharCode(((sign.charCodeAt(0) - 97 + 7) % 26) + 97);
}
