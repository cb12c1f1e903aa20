const OF_WHOM = '(?:(?:all|any|every|each|of|the|my|your|our|these|those|this) ){0,4}';
const EARLIER = '(?:prior|previous|above|earlier|preceding)';
const ORDERS = '(?:system )?(?:instructions?|rules?|prompts?|directives?|guidelines?)';
/** `all your previous instructions`, `the above and earlier rules`, `the instructions above`. */
const EARLIER_ORDERS = `${OF_WHOM}(?:${EARLIER}(?: (?:and|or) ${EARLIER})? ${ORDERS}|${ORDERS} (?:given )?above)\\b`;

const WHOLE = '(?:(?:full|whole|entire|hidden|secret|initial|original|exact) )?';
const SYSTEM_PROMPT = `(?:${OF_WHOM}${WHOLE}system (?:prompt|message|instructions)|your ${WHOLE}prompt)\\b`;
const OWN_ORDERS = `(?:${SYSTEM_PROMPT}|${OF_WHOM}${WHOLE}(?:prompt|instructions)\\b)`;
const LITERALLY = '(?:verbatim|word for word|word-for-word|literally)\\b';

/** What a reader may have become without being told who it is. */
const HARMLESS =
  "(?:ready|able|done|finished|here|there|at|using|viewing|looking|reading|subscribed|registered|connected|logged|signed|enrolled|eligible|set|dan's)";
const UNBOUND = '(?:unrestricted|unfiltered|uncensored|unbound|jailbroken|without (?:any )?(?:restrictions|rules|limits|filters))';
const AS_IF = '(?:to be|that you are|you are|as if you (?:are|were)|as|like)';

/** A phrase in plain words, as the source of a pattern that minds no capitals. */
export interface Phrase {
  readonly category: string;
  readonly source: string;
}

/** What people write to make a model leave its task. A space stands for white space, `\b` for the edge of a word, and both mean nothing else here. */
export const PHRASES: readonly Phrase[] = [
  { category: 'ignore-prior', source: `\\bignore ${EARLIER_ORDERS}` },
  {
    category: 'forget-everything',
    source: `\\bforget (?:${EARLIER_ORDERS}|everything (?:above|you (?:were|have been) (?:told|given|taught))\\b)`,
  },
  { category: 'disregard', source: `\\bdisregard ${EARLIER_ORDERS}` },
  { category: 'new-instructions', source: `\\bnew (?:system )?instructions?(?: )?:` },
  {
    category: 'system-prompt',
    source: `\\b(?:reveal|show|tell|give|leak|expose|disclose|share|display)(?: (?:me|us))? ${SYSTEM_PROMPT}`,
  },
  { category: 'print-system', source: `\\b(?:print|output|dump|echo|repeat|recite|write(?: (?:out|down))?) ${SYSTEM_PROMPT}` },
  {
    category: 'verbatim',
    source: `\\b(?:repeat|print|output|recite|copy|quote|reveal|show)(?: me)? (?:${OWN_ORDERS} ${LITERALLY}|${LITERALLY} ${OWN_ORDERS})`,
  },
  {
    category: 'role-jailbreak',
    source: `\\b(?:you(?: are|['\u2019]re) now (?!${HARMLESS}\\b)\\w{1,40}|(?:pretend|act|behave|respond|role-?play|imagine)(?: ${AS_IF})? (?:(?:an?|the) )?${UNBOUND})\\b`,
  },
];

/** The same phrase for letters that were spaced out, in which nothing says any more where a word ends. */
export function runTogether(source: string): string {
  return source.replaceAll('\\b', '').replaceAll(' ', ' ?');
}
