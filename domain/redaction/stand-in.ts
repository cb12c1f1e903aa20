/**
 * True for what documentation, templates and code put in the place of a secret: `${TOKEN}`, `<password>`, `%s`, `****`, `None`, `str`,
 * `your-api-key`, `process.env.KEY`, `'+password+'`, a placeholder of our own.
 */
export function isStandIn(value: string): boolean {
  return (
    TEMPLATE.test(value) ||
    MASK.test(value) ||
    (CODE.test(value) && !DRAWN_BY_LOT.test(value)) ||
    WORDS.has(value.toLowerCase()) ||
    INVITATION.test(value)
  );
}

const TEMPLATE =
  /^\$(?:[A-Za-z_]\w*$|\d$|[{(])|^%(?:[sd]$|\(\w+\)s|\w+%$|\{)|^<.*>$|^\{.*\}$|^\[.*\]$|^!(?:secret|ref|sub|env|vault)\b|\$\{|\{\{|\{\w*\}|^\+.*\+$/i;
/** Signs that hide, x over and over, an ellipsis. */
const MASK = /^[^a-z\d]+$|^x{3,}$|x{6}|\*{3}|\.{3}|…|•/i;
/** A path of names, a call, an index: something that is evaluated. */
const CODE = /^[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)+$|^[A-Za-z_$][\w$.]*(?:\(.*\)|\[.*\])$/;
/** A part of a path that nobody would choose as a name: long, with several digits. */
const DRAWN_BY_LOT = /(?=[\w$]*\d[\w$]*\d[\w$]*\d)[\w$]{20}/;
const INVITATION =
  /^(?:your|my|the|new|old|some|any|enter|insert|replace|example|sample|dummy|fake|placeholder)[-_ ]?(?:\w{0,20}[-_ ])?(?:password|passwd|pass|pwd|secret|token|key|credentials?)(?:[-_ ]?here)?$/i;

const WORDS = new Set(
  (
    'none null nil true false undefined nan void any unknown object function string str text bytes number int integer bool boolean char varchar ' +
    'optional required hidden redacted masked invalid valid empty missing default self this env args kwargs input getpass prompt field label type value ' +
    'base64 md5 sha1 sha256 sha512 bcrypt scrypt argon2 argon2id pbkdf2 rot13 aes128 aes256 utf8 utf-8 ' +
    'password passwd pass pwd passphrase passcode apikey api_key'
  ).split(' '),
);
