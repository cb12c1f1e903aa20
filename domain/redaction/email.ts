import { WORD_START } from './fragments.ts';

/** The JSON escape of an accented letter with all its backslashes. */
const ESCAPED_LETTER = String.raw`(?<!\\)\\{1,8}u0(?:0[c-f]|1[\da-f]|2[0-4])[\da-f]`;
const LABEL = String.raw`[a-z\d\u00c0-\u024f](?:[a-z\d\u00c0-\u024f-]{0,61}[a-z\d\u00c0-\u024f])?`;
const AT = String.raw`(?:@|\uff20|%40)`;
/** Neither in the middle of a name nor the user of a URL; the sign of a diff line may stand before it. */
const NOT_INSIDE = String.raw`(?<!(?<!\\)\w[.%+-]|:\\?/\\?/)`;
const SCP_PATH = String.raw`:(?:[~/]|[\w.-]{1,80}/)`;

/** Candidates for e-mail addresses. The hint passes over decorators, handles and versions of packages, which code is full of. */
export const EMAIL = {
  hint: new RegExp(String.raw`${AT}(?<=[\w\u00c0-\u024f.%+-]${AT})[\w\u00c0-\u024f-]{1,63}\.`),
  pattern: new RegExp(
    String.raw`${WORD_START}${NOT_INSIDE}(?:[\w\u00c0-\u024f]|${ESCAPED_LETTER})(?:[\w.%+\u00c0-\u024f-]|${ESCAPED_LETTER}){0,63}${AT}(?:${LABEL}\.){1,8}[a-z]{2,24}(?!\w|[@(]|-\w|${SCP_PATH})`,
    'gi',
  ),
};

/** The address without the extension of a file named after it; undefined for the user of a repository, a version of a package or an operator of code. */
export function readEmail(candidate: string): string | undefined {
  const address = candidate.replace(EXTENSIONS, '');
  return /\.[a-z]{2,24}$/i.test(address) && !NOT_AN_ADDRESS.test(address) ? address : undefined;
}

/** One spelling for an address however its letters and its sign are written. */
export function emailIdentity(address: string): string {
  return address.toLowerCase().replace(/%40|\uff20/, '@');
}

/** Endings that are no top-level domains, or far more often a file. */
const EXTENSIONS =
  /(?:\.(?:png|jpe?g|gif|svg|webp|ico|css|s[ac]ss|[cm]?[jt]sx?|json|html?|txt|csv|log|xml|ya?ml|lock|tgz|whl|ipynb|eml|rsa|pem|crt|pub))+$/i;

const NOT_AN_ADDRESS = /^(?:git|hg|svn)@|@(?:self|this|cls)\.|@(?:\d+\.)+[a-z]+$|@\dx\./i;
