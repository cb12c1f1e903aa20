import { ConfigError } from '../domain/shared/errors.ts';

/** The key in the environment variable that the config names; undefined when it names none. ConfigError when the variable holds nothing that can be sent. */
export function readApiKey(env: Readonly<Record<string, string | undefined>>, variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const key = env[variable]?.trim() ?? '';
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  const found = key === '' ? 'nothing' : 'characters that a header cannot hold';
  throw new ConfigError(
    `reading the key of a server, on environment variable ${variable}: expected a key, found ${found}.`,
    'Set the variable, or take its name out of the config.',
  );
}
