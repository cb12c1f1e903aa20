import { isCardNumber, isSsn, readIban } from './checksums.ts';
import type { Detector } from './detector.ts';
import { EMAIL, emailIdentity, readEmail } from './email.ts';
import { WORD_START } from './fragments.ts';
import { ANNOUNCED_PHONE, phoneIdentity, readAnnouncedPhone, readWrittenPhone, WRITTEN_PHONE } from './phone.ts';

/** Signs between the groups of a number, which holds to one of them; the last two are blanks that keep a line from breaking. */
const GAPS = [' ', '\\u00a0', '\\u202f', '-'];
const GAP = `[${GAPS.join('')}]`;

/** Personal data that has a form of its own. Names and addresses of people have none and are not promised. */
export const PERSONAL_DATA: readonly Detector[] = [
  {
    name: 'email',
    placeholder: 'EMAIL',
    description: 'E-mail address, also percent-encoded or with a full-width sign.',
    ...EMAIL,
    confirm: readEmail,
    identity: emailIdentity,
  },
  {
    name: 'iban',
    placeholder: 'IBAN',
    description: 'International bank account number with the length of its country and right check digits.',
    hint: new RegExp(`[A-Z]{2}\\d{2}${GAP}?[A-Z0-9]{4}${GAP}?[A-Z0-9]{4}`),
    pattern: new RegExp(String.raw`(?=[A-Z]{2}\d)${WORD_START}[A-Z]{2}\d{2}(?:${GAP}?[A-Z0-9]{4}){2,7}(?:${GAP}?[A-Z0-9]{1,4})?`, 'g'),
    confirm: readIban,
    identity: (iban) => iban.replace(/[^A-Z0-9]/g, ''),
  },
  {
    name: 'card',
    placeholder: 'CARD',
    description:
      'Payment card number with prefix and length of an issuer and a right Luhn digit; bare digits not behind a word such as order or ticket.',
    hint: new RegExp(`\\d{4}${GAP}?\\d{4,6}${GAP}?\\d{4}`),
    pattern: cardPattern(),
    confirm: (candidate) => (isCardNumber(digitsOf(candidate)) ? candidate : undefined),
    identity: digitsOf,
  },
  {
    name: 'ssn',
    placeholder: 'SSN',
    description: 'Social security number of the United States, written 3-2-4, or any nine digits behind its name.',
    hint: /\d{3}[ .-]?\d{2}[ .-]?\d{4}/,
    pattern: new RegExp(
      String.raw`((?:(?<![a-z])ssn|social[ _-]?security)[^\d\n]{1,20})\d{3}[ .-]?\d{2}[ .-]?\d{4}(?!\w)|(?=\d{3}-\d)${WORD_START}(?<!\d[.-])\d{3}-\d{2}-\d{4}(?!\w|[.-]\d)`,
      'gi',
    ),
    confirm: (candidate) => (isSsn(digitsOf(candidate)) ? candidate : undefined),
    identity: digitsOf,
  },
  {
    name: 'phone',
    placeholder: 'PHONE',
    description: 'Phone number with a plus sign or in the American form.',
    ...WRITTEN_PHONE,
    confirm: readWrittenPhone,
    identity: phoneIdentity,
  },
  {
    name: 'announced_phone',
    placeholder: 'PHONE',
    description: 'Phone number of any other form behind a word such as phone, fax or call.',
    ...ANNOUNCED_PHONE,
    confirm: readAnnouncedPhone,
    identity: phoneIdentity,
  },
];

function cardPattern(): RegExp {
  const grouped = GAPS.map((gap) => [`(?:\\d{4}${gap}){3}\\d{1,4}`, `\\d{4}${gap}\\d{6}${gap}\\d{4,5}`].join('|')).join('|');
  const numbered = String.raw`(?:order|invoice|ticket|tracking|reference)(?:[ _-]?(?:number|no|id)\.?)?["']?[ #:]{0,3}["']?`;
  return new RegExp(String.raw`(?=\d{4})${WORD_START}(?<!\d[.-])(?:${grouped}|(?<!${numbered})\d{13,19})(?!\w|\.\d)`, 'gi');
}

function digitsOf(value: string): string {
  return value.replace(/\D/g, '');
}
