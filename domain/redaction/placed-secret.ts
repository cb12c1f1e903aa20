import { confirmPassword } from './assignments.ts';
import type { Detector } from './detector.ts';
import { ASSIGNS, MIXED, OPENS, QUOTE, QUOTED } from './fragments.ts';

const PASSWORD = '(?:[Pp]assw(?:or)?d|PASSW(?:OR)?D)';
/** The name of a variable of the environment that holds a secret. */
const VARIABLE = String.raw`[A-Z\d_]{0,40}(?:PASSW(?:OR)?D|KEY|TOKEN|SECRET)`;
/** Between the names of two fields, on one line or two, in JSON text and outside of it. */
const FIELD_GAP = String.raw`(?:[,\s+]|\\+[nrt]){1,24}`;
const COMMAND = String.raw`[^\n|;]{0,200}?[ \t]`;

/** What stands in front of the value; mostly the words of a command line. */
const PLACES = [
  String.raw`${PASSWORD}[ \t]{1,4}(?:to[ \t]{1,4})?(?=${QUOTE})`,
  String.raw`${PASSWORD} to[ \t]{1,4}`,
  String.raw`--(?:[\w-]{0,40}-)?(?:password|key|token)[ ]{1,4}`,
  String.raw`IDENTIFIED BY[ \t]{1,4}(?=${QUOTE})`,
  String.raw`set_?[Pp]assword\([ \t]{0,2}(?=${QUOTE})`,
  String.raw`login[ \t]{1,4}[^\s"\\]{1,64}${FIELD_GAP}password[ \t]{1,4}`,
  String.raw`sshpass[ \t]{1,4}-p[ \t]{0,4}`,
  String.raw`\bmysql(?:dump|admin)?\b${COMMAND}-p(?=[^\s\d]|\d+[a-z])`,
  String.raw`\bcurl\b${COMMAND}(?:-u|--user)[ =]{1,2}${QUOTE}?[^\s:"'\\]{1,64}:`,
  String.raw`\b[Nn]ame${ASSIGNS}${QUOTE}?${VARIABLE}${QUOTE}?${FIELD_GAP}${QUOTE}?[Vv]alue${ASSIGNS}`,
  String.raw`(?:define|env|environ\.get)\([ \t]{0,2}${QUOTE}${VARIABLE}${QUOTE},[ \t]{0,2}(?=${QUOTE})`,
];

/** Minds capitals, and is no longer than it must be, because every text is searched for it. */
const MARKS = /(?:assw(?:or)?d|ASSW(?:OR)?D|KEY|TOKEN|SECRET)[ ('"\\\r\n]|(?:curl|sshpass|mysql(?:dump|admin)?|IED BY) /;

/** Holds where the hint does. To look for these words beside the pattern takes half the time that it would take with them in it. */
export function mayHoldPlacedSecret(text: string): boolean {
  return MARKS.test(text) || text.includes('-key ') || text.includes('-token ');
}

/** Secrets that show by their place alone. */
export const PLACED_SECRET: Detector = {
  name: 'placed_secret',
  placeholder: 'SECRET',
  description: 'Password or key without a sign before it: option of a command, SQL, setter, default of a variable, value beside its name.',
  hint: new RegExp(`${MARKS.source}|-(?:key|token) `),
  pattern: new RegExp(`((?:${PLACES.join('|')})${OPENS}?)(?:${QUOTED}|${MIXED})`, 'g'),
  confirm: confirmPassword,
};
