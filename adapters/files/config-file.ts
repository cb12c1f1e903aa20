import { existsSync, readFileSync } from 'node:fs';
import { getLocation, parse, parseTree, findNodeAtLocation, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { ConfigError } from '../../domain/shared/errors.ts';
import { configSchema, type Config } from '../../schemas/config.ts';

/** Replaces what looks like a secret, and counts what it replaced by kind; the rules for it are handed in. */
export interface SecretFinder {
  redact(text: string): string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Name of the config file in a workspace. */
export const CONFIG_NAME = 'lauter.config.json';

/** The validated config of a workspace; the defaults when there is no file. Throws ConfigError with the place in the file, expected and found. */
export function readConfig(path: string, secrets: SecretFinder): Config {
  return existsSync(path) ? parseConfig(readFileSync(path, 'utf8'), path, secrets) : configSchema.parse({});
}

/** The validated config in a text (JSON with comments). */
export function parseConfig(text: string, path: string, secrets: SecretFinder): Config {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined) throw configError(path, placeOf(text, broken.offset), 'JSON with comments', printParseErrorCode(broken.error));
  refuseSecrets(text, path, secrets);
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const keys = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const tree = parseTree(text);
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, keys);
  const at = `${placeOf(text, node?.offset ?? 0)} (${keys.join('.') || 'top level'})`;
  if (issue.code === 'unrecognized_keys') throw configError(path, at, 'only known keys', `"${issue.keys.join('", "')}"`);
  const found = node === undefined ? 'nothing' : text.slice(node.offset, node.offset + Math.min(node.length, 60));
  throw configError(
    path,
    at,
    issue.message
      .replace(/^Invalid input: /, '')
      .replace(/^expected /, '')
      .replace(/, received .*$/, ''),
    found,
  );
}

function refuseSecrets(text: string, path: string, secrets: SecretFinder): void {
  const redacted = secrets.redact(text);
  if (redacted === text) return;
  const at = [...text].findIndex((char, index) => char !== [...redacted][index]);
  const key = getLocation(text, at).path.join('.');
  throw new ConfigError(
    `reading ${path}, ${placeOf(text, at)}${key === '' ? '' : ` (${key})`}: expected no secret in plain text, found something that looks like ${Object.keys(secrets.counts).join(', ')}.`,
    'Put the secret into an environment variable and name that variable in the config.',
  );
}

function configError(path: string, place: string, expected: string, found: string): ConfigError {
  return new ConfigError(
    `reading ${path}, ${place}: expected ${expected}, found ${found}.`,
    'Mend the file, or set the value with `lauter config set KEY VALUE`.',
  );
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
