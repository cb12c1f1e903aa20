type Environment = Readonly<Record<string, string | undefined>>;

/** What a program needs to find itself and others. Keys are not among it: which of them a program gets is a setting. */
const PLAIN = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'APPDATA',
  'LOCALAPPDATA',
  'PATHEXT',
];

/** The environment of an engine's program: the plain variables and those that its settings name, as far as they are set. */
export function programEnvironment(env: Environment, passed: readonly string[]): Record<string, string> {
  const found = [...PLAIN, ...passed].map((name) => [name, env[name]] as const);
  return Object.fromEntries(found.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
