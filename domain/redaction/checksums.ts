/** True for 13 to 19 digits with the prefix and length of a card issuer and a Luhn check digit. */
export function isCardNumber(digits: string): boolean {
  return ISSUER.test(digits) && passesLuhn(digits);
}

/** The IBAN at the start of the candidate, by the length of its country and its mod-97 check digits; undefined when it is none. */
export function readIban(candidate: string): string | undefined {
  const length = IBAN_LENGTHS.get(candidate.slice(0, 2));
  if (length === undefined) return undefined;
  const value = takeAlphanumerics(candidate, length);
  return value !== undefined && mod97(value.replace(/[^A-Z0-9]/g, '')) === 1 ? value : undefined;
}

/** True for a number that the Social Security Administration can have issued: area not 000, 666 or 9xx, no part all zero. */
export function isSsn(digits: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

/** Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro, each with its lengths. */
const ISSUER =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:5018|5020|5038|6304|6759|676[1-3])\d{8,15})$/;

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Length of an IBAN by country, of the SWIFT registry. */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 ' +
    'GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 ' +
    'MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 ' +
    'XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The shortest beginning that holds `count` letters and digits; undefined when there are fewer, or when it would end inside a group. */
function takeAlphanumerics(text: string, count: number): string | undefined {
  let seen = 0;
  for (let end = 0; end < text.length; end += 1) {
    if (/[A-Z0-9]/.test(text.charAt(end))) seen += 1;
    if (seen === count) return /[A-Z0-9]/.test(text.charAt(end + 1)) ? undefined : text.slice(0, end + 1);
  }
  return undefined;
}

/** ISO 7064 remainder: the first four characters moved to the end, letters as 10 to 35. */
function mod97(iban: string): number {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
