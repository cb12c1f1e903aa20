import { createRedactor, SECRET_FAMILIES } from '../redaction/index.ts';
import { SCRUB_CLASSES, type ScrubClass } from '../../schemas/vocabulary.ts';
import { findAssignments } from './find-assignments.ts';
import { findBearers } from './find-bearers.ts';
import { findCards } from './find-cards.ts';
import { findEmails } from './find-emails.ts';
import { findIps } from './find-ips.ts';
import { findGroupedPhones, findInternationalPhones } from './find-phones.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { findSsns } from './find-ssns.ts';
import { findTokens } from './find-tokens.ts';
import { findUrlCredentials } from './find-url-credentials.ts';
import { REDACTED, type Finder } from './finding.ts';
import { fold } from './fold.ts';

/** A query as it may be stored. */
export interface ScrubbedQuery {
  /** With `[REDACTED]` where something was taken out; the very same string when nothing was. */
  readonly text: string;
  /** How much was taken out, by class; classes of which there was none are absent. */
  readonly counts: Readonly<Partial<Record<ScrubClass, number>>>;
}

const SECRETS: readonly Finder[] = [findPrivateKeys, findUrlCredentials, findBearers, findTokens, findAssignments];
const PERSONAL_DATA: readonly Finder[] = [findEmails, findCards, findSsns, findInternationalPhones, findGroupedPhones, findIps];

/** Takes secrets and personal data out of a query: secrets first, then email, card, SSN, phone, IP. Names of people are not found. */
export function scrubQuery(query: string): ScrubbedQuery {
  const counts = new Map<ScrubClass, number>();
  const count = (name: ScrubClass, more: number): void => void counts.set(name, (counts.get(name) ?? 0) + more);
  let text = query;
  for (const find of SECRETS) text = replaceFindings(text, find, count);
  text = redactOtherSecrets(text, count);
  for (const find of PERSONAL_DATA) text = replaceFindings(text, find, count);
  return { text, counts: Object.fromEntries(SCRUB_CLASSES.flatMap((name) => (counts.has(name) ? [[name, counts.get(name)]] : []))) };
}

type Count = (name: ScrubClass, more: number) => void;

function replaceFindings(text: string, find: Finder, count: Count): string {
  let replaced = '';
  let done = 0;
  for (const { class: name, start, end, kept = '' } of find(fold(text))) {
    replaced += text.slice(done, start) + kept + REDACTED;
    done = end;
    count(name, 1);
  }
  return done === 0 ? text : replaced + text.slice(done);
}

/** What the refinery knows beyond the classes of a capture: tokens of more providers, passwords that show by their place. */
function redactOtherSecrets(text: string, count: Count): string {
  const redactor = createRedactor(SECRET_FAMILIES, REDACTED);
  const redacted = redactor.redact(text);
  for (const [name, found] of Object.entries(redactor.counts)) count(name === 'bearer' || name === 'jwt' ? name : 'secret', found);
  return redacted;
}
