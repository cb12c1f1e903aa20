/** Names of settings and fields that hold a secret, as the source of a pattern that minds no capitals. */
export const SECRET_NAME =
  String.raw`(?:passw(?:or)?d|passphrase|passcode|pwd|secret|token|credentials?|authorization|` +
  String.raw`(?:api|access|secret|private|signing|encryption|master|auth|account|session|shared|client|service|webhook|storage)[ _.-]?key)(?:_?\d{1,2})?`;

const ENDS_WITH_SECRET_NAME = new RegExp(`${SECRET_NAME}$`, 'i');
/** `PWD` of a shell is the folder it stands in. */
const WORKING_FOLDER_NAME = /pwd$/i;

/** True when a field of this name holds a secret: `password`, `dbPassword`, `x-api-key`, `AWS_SECRET_ACCESS_KEY`, but not `prompt_tokens`. */
export function namesSecret(name: string, value: unknown): boolean {
  return ENDS_WITH_SECRET_NAME.test(name) && !(typeof value === 'string' && isWorkingFolder(name, value));
}

/** True for the folder that a shell stands in, which goes by the name of a password. */
export function isWorkingFolder(name: string, value: string): boolean {
  return WORKING_FOLDER_NAME.test(name) && /^(?:[~/]|[A-Za-z]:[\\/])/.test(value);
}
