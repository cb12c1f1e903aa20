import type { SearchSettings } from '../../schemas/search-settings.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { cut, isBlank } from '../shared/text.ts';
import { dataNotice, fence, redactInjection } from '../fencing/index.ts';
import { scrubQuery } from '../scrub/index.ts';

/** Names the prompt and what is made of its answers; another text, another name. */
const SYNOPSIS_VERSION = 'lauter-synopsis-1';

/** Tokens that a model may write: a synopsis, and no more than that. */
export const MOST_SYNOPSIS_TOKENS = 256;

/** Characters of a page that a model gets to read, from its beginning. */
const LONGEST_PAGE = 8_000;
const LONGEST_SYNOPSIS = 500;

const TASK = [
  'You say what a page is about, so that its passages are found.',
  dataNotice('passage'),
  `Reply with one or two sentences of plain text on one line, ${LONGEST_SYNOPSIS - 100} characters at most, in the language of the page:`,
  'who or what it is about, and where and when if it says so. No heading, no list, no quotation, nothing else.',
].join(' ');

/** Everything beside a page that decides what a model is asked and what is taken of its answer. */
export const SYNOPSIS_RULES = canonicalJson({
  version: SYNOPSIS_VERSION,
  task: TASK,
  longest_page: LONGEST_PAGE,
  longest_synopsis: LONGEST_SYNOPSIS,
  most_tokens: MOST_SYNOPSIS_TOKENS,
});

/** What a collection says that its synopses were written by: the model and the version of the prompt. Null where no model is configured. */
export function synopsizerId({ synopsis_model: served }: Pick<SearchSettings, 'synopsis_model'>): string | null {
  return served === undefined ? null : `http:${served.model}:${SYNOPSIS_VERSION}`;
}

/** What a synopsis of a page depends on beside the rules; null for a page that says no more than its title, which needs none. */
export function synopsisSource(title: string, text: string): string | null {
  if (isBlank(text) || text.trim() === title.trim()) return null;
  return cut(title === '' ? text : `${title}\n\n${text}`, 2 * LONGEST_PAGE);
}

/** What a model is asked about a page. What there is to say goes without secrets and personal data, and as data. */
export function synopsisMessages(source: string): { readonly role: 'system' | 'user'; readonly content: string }[] {
  // Scrubbed before it is cut to size: half a secret would not be known as one.
  const known = scrubQuery(source).text;
  const { block } = fence({ tag: 'passage', attributes: {}, text: cut(known, LONGEST_PAGE), cap: LONGEST_PAGE });
  return [
    { role: 'system', content: TASK },
    { role: 'user', content: block },
  ];
}

/**
 * The synopsis in what a model wrote: one line of at most 500 characters. Null for anything else, and for a line with tags or orders in it: whoever wrote
 * the page may have told the model what to say.
 */
export function readSynopsis(reply: string): string | null {
  const text = reply.trim();
  if (text === '' || text.length > LONGEST_SYNOPSIS || !text.isWellFormed() || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return null;
  return redactInjection(text).matched.length === 0 ? text : null;
}
