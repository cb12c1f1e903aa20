import type { Detector, DetectorFamily } from './detector.ts';
import { SECRET_FAMILIES } from './detectors.ts';
import { ASSIGNS, BARE, OPENS, WORD_START } from './fragments.ts';
import { anyHintOf } from './gates.ts';
import { isWorkingFolder, SECRET_NAME } from './secret-name.ts';

/** A literal of at least eight characters: in quotation marks, in escaped ones inside other text, or bare. */
const VALUE = [
  String.raw`(?<=(?<!\\)")(?:[^"\\\n]|\\[^\n]){8,4096}(?=")`,
  String.raw`(?<=(?<!\\)')(?:[^'\\\n]|\\[^\n]){8,4096}(?=')`,
  String.raw`(?<=(?<!\\)\x60)[^\x60\n]{8,4096}(?=\x60)`,
  String.raw`(?<=\\["'\x60])[^"'\x60\\\n]{8,4096}(?=\\+["'\x60])`,
  // Nothing is asked of what follows, so that a run without end is read once; a bracket tells a call, which is no literal.
  String.raw`(?<!["'\x60])${BARE}{8,4096}[([{]?`,
].join('|');

/**
 * Detectors that would rather take a harmless word than leave a secret: what is frozen is handed on for good, and no word of it is missed by who
 * measures with it. Templates and code (`token = undefined`) are taken for values here.
 */
const FROZEN_ONLY: readonly Detector[] = [
  {
    name: 'pem_block',
    placeholder: 'PEM_BLOCK',
    description: 'PEM block of any label, from its BEGIN line to its END line.',
    hint: /-----BEGIN /,
    // The body stops at the next run of five dashes, so a text full of BEGIN lines is read once.
    pattern: /-----BEGIN [A-Z0-9 ]{1,40}-----[^-]*(?:-(?!----)[^-]*)*-----END [A-Z0-9 ]{1,40}-----/g,
  },
  {
    name: 'jwt',
    placeholder: 'JWT',
    description: 'JSON web token with three parts, however short.',
    hint: /eyJ/,
    pattern: new RegExp(String.raw`(?=eyJ)${WORD_START}eyJ[\w-]{4,8192}\.[\w-]{4,8192}\.[\w-]{4,8192}`, 'g'),
  },
  {
    name: 'bearer',
    placeholder: 'BEARER_TOKEN',
    description: 'Anything behind the word Bearer of an Authorization header; eight characters and more behind the word alone.',
    hint: /bearer\s/i,
    pattern: /(authorization["']?\s{0,4}[:=]\s{0,4}["']?bearer\s{1,4}|bearer\s{1,4}(?=[\w.~+/=-]{8}))[\w.~+/=-]{1,4096}/gi,
  },
  {
    name: 'key_value_secret',
    placeholder: 'SECRET',
    description: 'Value of eight and more characters behind a name such as password, secret, token or api_key.',
    hint: /passw|passphrase|passcode|pwd|secret|token|credential|authorization|key/i,
    pattern: new RegExp(`(${SECRET_NAME}${ASSIGNS}${OPENS}?)(?:${VALUE})`, 'gi'),
    confirm: confirmLiteral,
  },
];

/** What a redactor left. */
const PLACEHOLDER = /^\[[A-Z][A-Z\d_]*\]$/;

/** All secrets of the table, then those that only frozen text is searched for. */
export const FROZEN_FAMILIES: readonly DetectorFamily[] = [
  ...SECRET_FAMILIES,
  { detectors: FROZEN_ONLY, mayHoldFindings: anyHintOf(FROZEN_ONLY, 'i') },
];

function confirmLiteral(candidate: string, context: string): string | undefined {
  if (PLACEHOLDER.test(candidate) || CALL.test(candidate) || isWorkingFolder(nameIn(context), candidate)) return undefined;
  return /["'`]$/.test(context) ? candidate : candidate.replace(/[([{]$/, '');
}

const CALL = /^[\w$.]+[([{]$/;

function nameIn(context: string): string {
  return /^\w*/.exec(context)?.[0] ?? '';
}
