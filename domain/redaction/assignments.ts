import type { Detector } from './detector.ts';
import { ASSIGNS, BARE, CLOSES, MIXED, OPENS, QUOTED } from './fragments.ts';
import { isStandIn } from './stand-in.ts';

const PASSWORD_NAME =
  String.raw`(?:passw(?:or)?d|passphrase|passcode|pwd|(?:db|user|admin|root|smtp|mail|ftp|mysql|pg|postgres|redis|login)_pass)` +
  String.raw`(?:_?(?:\d|confirm|confirmation))?`;
const KEY_NAME =
  String.raw`(?:(?:api|access|secret|client|auth|private|encryption|signing|webhook|master|account|refresh|session|service|shared)[ _.-]?` +
  String.raw`(?:api[ _-]?|access[ _-]?)?(?:key|token|secret)|(?<![a-z]|page_|sync_)(?:secret|token))(?:_base)?`;
/** "is" and "was" take the place of a sign in speech: "the password is …". */
const SPOKEN = String.raw`(?:[ \t]{1,4}(?:is|was):?[ \t]{1,4})`;
/** Ends the tag of an XML element of that name; its value ends with the closing tag. */
const TAG_END = '>';

/** Secrets that show by the name in front of them; the name stays in the text. */
export const ASSIGNMENTS: readonly Detector[] = [
  {
    name: 'aws_secret_key',
    placeholder: 'AWS_SECRET_KEY',
    description: 'The 40 characters of an AWS secret access key, behind their name.',
    hint: /secret.?(?:access.?)?key/i,
    pattern: new RegExp(String.raw`(secret.?(?:access.?)?key(?:${ASSIGNS}|${TAG_END})${OPENS}?)[A-Za-z0-9/+]{40}(?![\w/+=])`, 'gi'),
  },
  {
    name: 'password_assignment',
    placeholder: 'PASSWORD',
    description: 'Literal value behind a name such as password, passwd, pwd or passphrase.',
    hint: /(?:passw(?:or)?d|passphrase|passcode|pwd|_pass)\w{0,13}["'\]\\`\s]{0,14}(?:[:=>]|is|was)/i,
    pattern: passwordPattern(),
    confirm: confirmPassword,
  },
  {
    name: 'api_key_assignment',
    placeholder: 'API_KEY',
    description: 'Literal value behind a name such as api_key, client_secret, access_token, secret or token.',
    hint: /(?:key|secret|token)(?:_base)?["'\]\\`\s]{0,14}(?:[:=>]|is|was)/i,
    pattern: new RegExp(String.raw`(${KEY_NAME}(?:${ASSIGNS}|${SPOKEN}|${TAG_END})${OPENS}?)[\w.~+/=:!@#$%^*-]{8,512}${CLOSES}`, 'gi'),
    confirm: confirmKey,
  },
];

/**
 * In quotation marks anything without white space is a value; an escaped backslash may stand in it, any other escape ends it, and so does the end
 * of a JSON string around it. Without them a value has a digit or a sign in it, because `password = entered` is code; letters alone count only
 * glued to `=`, as in a shell or a URL, or between the tags of an element.
 */
function passwordPattern(): RegExp {
  const letters = String.raw`(?<==)[a-z]{1,64}(?=[\s;&"'\x60|\\]|$)`;
  const element = String.raw`(?<=>)${BARE}{1,128}(?=<\\?\/)`;
  const value = [element, QUOTED, letters, MIXED].join('|');
  return new RegExp(`(${PASSWORD_NAME}(?:${ASSIGNS}|${SPOKEN}|${TAG_END}(?=${BARE}{1,128}<))${OPENS}?)(?:${value})`, 'gi');
}

/** The value of a password, or undefined for what templates, code and prose put in its place. */
export function confirmPassword(candidate: string, context: string): string | undefined {
  const value = /["'`]$/.test(context) ? candidate : candidate.replace(/[.:?]+$/, '');
  if (isStandIn(value) || isPath(value)) return undefined;
  return /[A-Za-z]|\d{4}|[^\x20-\x7e]/.test(value) ? value : undefined;
}

function confirmKey(candidate: string, context: string): string | undefined {
  const value = candidate.replace(/[.:]+$/, '');
  if (isStandIn(value) || isPath(value)) return undefined;
  // "token" and "secret" alone name many harmless things, so what they name must look drawn by lot.
  const isBareName = /^(?:secret|token)(?![ _.-]?(?:api|access|key|token|secret))/i.test(context);
  if (isBareName) return value.length >= 16 && /[A-Za-z]/.test(value) && /\d\D*\d\D*\d/.test(value) ? value : undefined;
  if (/\d/.test(value)) return /[A-Za-z]/.test(value) ? value : undefined;
  return /^[A-Za-z+/=]{16,}$/.test(value) && !/key|token|secret|value/i.test(value) ? value : undefined;
}

function isPath(value: string): boolean {
  return /^(?:[~.]{0,2}\/[\w.-]+|[\w.-]+)\/[\w.-]+|^[~.]{0,2}\/|^\w+:\/\//.test(value);
}
