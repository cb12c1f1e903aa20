import { plainMarks } from './plain-marks.ts';

/** What a model says instead of an answer. The apostrophe may be missing. */
const HEDGES = new RegExp(
  [
    String.raw`\bas an ai\b`,
    String.raw`\bas a (?:large )?language model\b`,
    String.raw`\bi (?:cannot|can not|can'?t)\b`,
    String.raw`\b(?:i'?m|i am) (?:very |so )?sorry,? but\b`,
    String.raw`\bi (?:don'?t|do not) have access\b`,
    String.raw`\b(?:i'?m|i am) (?:unable|not able) to\b`,
  ].join('|'),
  'i',
);

/** What others said. */
const QUOTED = /"[^"\n]*"|`[^`\n]*`|(?<![\p{L}\p{N}])'(?=\S)[^\n]*?(?<=\S)'(?![\p{L}\p{N}])/gu;
/** With fewer words of its own around its quotations, an answer is the quotation. */
const LEAST_OWN_WORDS = 5;

/** True when a text, its white space normalized, hedges. A hedge that it quotes is somebody else's, unless it says hardly anything besides. */
export function holdsHedge(text: string): boolean {
  const plain = plainMarks(text).replaceAll('´', "'");
  if (!HEDGES.test(plain)) return false;
  const own = plain.replace(QUOTED, ' … ');
  return HEDGES.test(own) || (own.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < LEAST_OWN_WORDS;
}
