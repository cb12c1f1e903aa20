import { PHRASES, runTogether } from './phrases.ts';
import { COMMANDING_TAGS, FENCE_TAGS } from './tags.ts';

/** One row of the table. Patterns are global, and what repeats in them is bounded: a text is read in time proportional to its length. */
export interface InjectionPattern {
  /** What the text tries, as `matched[]` lists it. */
  readonly category: string;
  /** For a copy in which white space is one space. */
  readonly pattern: RegExp;
  /** For letters that were spaced out; absent for what is no phrase. */
  readonly runTogether?: RegExp;
}

/** A mode in capitals, a person otherwise: so this phrase minds them. The words that the name stands for may be written in any way. */
const DO_ANYTHING_NOW =
  '\\b(?:[Yy](?:ou|OU) (?:are|ARE)(?: (?:now|NOW))? DAN|(?:as|AS) DAN|(?:DAN|dan)(?: |-)[Mm](?:ode|ODE)|[Dd](?:o|O) [Aa](?:nything|NYTHING) [Nn](?:ow|OW))\\b';

/** Leaves the quotation marks of an attribute and goes on with one of its own. */
const BREAK_OUT = /["'] ?(?:id|date|role|entity|metric|event_type|kind|holder|on[a-z]{3,20}) ?= ?["']/giu;

/** With something to work on: a command that is only named is talk about it. */
const COMMAND =
  '(?:(?:rm|curl|wget|sudo|eval|exec|nc|ncat|chmod|chown|dd|mkfs|(?:ba|z)?sh|cat|base64) (?:-{1,2}[\\w-]{1,20} ){0,4}[^ `-]|' +
  '(?:whoami|printenv|shutdown|reboot)(?![\\w-]))';
const REMOVE = String.raw`rm -(?:rf|fr|r -f|f -r) `;

/** Commands that somebody is meant to run. `$(this)` and its like are the code of web pages, inline code without a command is prose. */
const SHELL = new RegExp(
  [
    `\` ?${COMMAND}[^\`]{0,200}\``,
    String.raw`\$\( ?(?!(?:this|document|window|function|event|self|el|elem|element|target)\b)[a-z./][\w./-]{0,60}(?: [^()]{0,200})?\)`,
    String.raw`\bos\.(?:system|popen) ?\( ?[rfbu]{0,2}["'][^"']{0,200}["']?(?: ?\))?`,
    String.raw`\b${REMOVE}(?:--\S{1,40} )?[/~.*$"'\\]\S{0,200}`,
    String.raw`(?:\b(?:run|execute|please|then|now|do|sudo|type|enter)|[;&|]) ${REMOVE}\S{1,200}`,
  ].join('|'),
  'giu',
);

/** The one table of what the texts of others are searched for before a model reads them. */
export const INJECTION_PATTERNS: readonly InjectionPattern[] = [
  ...PHRASES.map(({ category, source }) => phrase(category, source, 'giu')),
  phrase('do-anything-now', DO_ANYTHING_NOW, 'gu'),
  ...[...FENCE_TAGS, ...COMMANDING_TAGS].flatMap((tag) => [tagPattern('close', tag), tagPattern('open', tag)]),
  { category: 'xml-attr-inject', pattern: BREAK_OUT },
  { category: 'eval-shell', pattern: SHELL },
];

function phrase(category: string, source: string, flags: string): InjectionPattern {
  return { category, pattern: new RegExp(source, flags), runTogether: new RegExp(runTogether(source), flags) };
}

/** Any form of the tag: with spaces, attributes, a hyphen for the underscore, as an entity, or never closed. */
function tagPattern(end: 'open' | 'close', tag: string): InjectionPattern {
  const name = tag.replace('_', '[_ -]?');
  const slash = end === 'close' ? '(?:/|&#47;) ?' : '';
  const pattern = String.raw`(?:<|&lt;|&#60;|&#x3c;) ?${slash}${name}(?![\w-])(?:[^<>&]{0,1000}(?:>|&gt;|&#62;|&#x3e;))?`;
  return { category: `${end}-${tag.replace('_', '-')}`, pattern: new RegExp(pattern, 'giu') };
}
