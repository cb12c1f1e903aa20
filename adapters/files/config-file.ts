import { existsSync, readFileSync } from 'node:fs';
import { getLocation, parse, parseTree, findNodeAtLocation, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { ConfigError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';
import { configSchema, type Config } from '../../schemas/config.ts';
import { adoptAliases } from './config-aliases.ts';
import { keysAt, type ConfigPath } from './config-keys.ts';

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

/** What is done with a config file; errors begin with it. */
export type ConfigDeed = 'reading' | 'changing';

/** The validated config in a text (JSON with comments). Throws ConfigError with the place in the file, expected and found. */
export function parseConfig(text: string, path: string, secrets: SecretFinder, deed: ConfigDeed = 'reading'): Config {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined)
    throw configError(deed, path, placeOf(text, broken.offset), 'JSON with comments', printParseErrorCode(broken.error));
  refuseSecrets(text, path, secrets, deed);
  const adopted = adoptAliases(value);
  if ('conflict' in adopted) {
    const { alias, own, found, wanted } = adopted.conflict;
    const at = `${placeOf(text, nodeAt(text, alias)?.offset ?? 0)} (${alias.join('.')})`;
    throw configError(deed, path, at, `the same as ${own.join('.')}, ${JSON.stringify(wanted)}`, JSON.stringify(found));
  }
  const parsed = configSchema.safeParse(adopted.document);
  if (parsed.success) return parsed.data;
  // A name that was misspelt is also a name that is missing: the first says more.
  const issue = parsed.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? parsed.error.issues[0]!;
  const keys = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const node = nodeAt(text, keys);
  const at = `${placeOf(text, (node ?? nearestNode(text, keys))?.offset ?? 0)} (${keys.join('.') || 'top level'})`;
  if (issue.code === 'unrecognized_keys') throw configError(deed, path, at, 'only known keys', unknownKeys(issue.keys, keys));
  const found = node === undefined ? 'nothing' : text.slice(node.offset, node.offset + Math.min(node.length, 60));
  throw configError(deed, path, at, expectation(issue.message), found);
}

function nodeAt(text: string, path: ConfigPath): Node | undefined {
  const tree = parseTree(text);
  return tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
}

/** The innermost thing that is there, for a value that is not. */
function nearestNode(text: string, path: ConfigPath): Node | undefined {
  return path.length === 0 ? undefined : (nodeAt(text, path.slice(0, -1)) ?? nearestNode(text, path.slice(0, -1)));
}

function unknownKeys(unknown: readonly string[], parent: ConfigPath): string {
  const nearest = nearestTo(unknown[0] ?? '', keysAt(parent));
  return `"${unknown.join('", "')}"${nearest === undefined ? '' : `; the nearest is "${nearest}"`}`;
}

function expectation(message: string): string {
  return message
    .replace(/^[A-Z][a-z]+ [a-z]+: /, '')
    .replace(/^expected /, '')
    .replace(/, received .*$/, '');
}

function refuseSecrets(text: string, path: string, secrets: SecretFinder, deed: ConfigDeed): void {
  const redacted = secrets.redact(text);
  if (redacted === text) return;
  const at = [...text].findIndex((char, index) => char !== [...redacted][index]);
  const key = getLocation(text, at).path.join('.');
  throw new ConfigError(
    `${deed} ${path}, ${placeOf(text, at)}${key === '' ? '' : ` (${key})`}: expected no secret in plain text, found something that looks like ${Object.keys(secrets.counts).join(', ')}.`,
    'Put the secret into an environment variable and name that variable in the config.',
  );
}

function configError(deed: ConfigDeed, path: string, place: string, expected: string, found: string): ConfigError {
  return new ConfigError(`${deed} ${path}, ${place}: expected ${expected}, found ${found}.`, REMEDIES[deed]);
}

const REMEDIES: Readonly<Record<ConfigDeed, string>> = {
  reading: 'Mend the file, or set the value with `lauter config set KEY VALUE`.',
  changing: 'Nothing was written. `lauter config schema` says what each key may hold.',
};

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
