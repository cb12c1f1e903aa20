import type { AttemptGates } from '../../../schemas/bench-attempt.ts';
import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { isBlank } from '../../shared/text.ts';

/** Share of sane values for each category that is present, which is to say not empty. */
export type EntitySanity = AttemptGates['entity_type_sanity'];

const CHECKS = { files: isSaneFile, tools: isSaneTool, projects: isSaneProject } as const;

/** How many of the named files, tools and projects look like files, tools and projects. An answer without any has no share at all. */
export function measureEntitySanity(output: JsonObject): EntitySanity {
  const entities = Object.hasOwn(output, 'entities') ? output.entities : undefined;
  if (!isObject(entities)) return {};
  const shares = Object.entries(CHECKS).flatMap(([category, isSane]) => {
    const values = Object.hasOwn(entities, category) ? entities[category] : undefined;
    return Array.isArray(values) && values.length > 0 ? [[category, shareOf(values, isSane)] as const] : [];
  });
  return Object.fromEntries(shares);
}

/** The mean of the shares of one answer; undefined when it has none. */
export function meanSanity(shares: EntitySanity): number | undefined {
  const values = Object.values(shares).filter((share) => share !== undefined);
  return values.length === 0 ? undefined : values.reduce((sum, share) => sum + share, 0) / values.length;
}

function shareOf(values: readonly JsonValue[], isSane: (value: string) => boolean): number {
  return values.filter((value) => typeof value === 'string' && !isBlank(value) && isSane(value)).length / values.length;
}

const MAX_FILE_CHARS = 200;
const MAX_TOOL_CHARS = 40;
const MAX_TOOL_WORDS = 3;
const MAX_PROJECT_CHARS = 80;

/** Names of files that have neither a folder nor an extension, in lower case. */
const BARE_FILE_NAMES: ReadonlySet<string> = new Set(
  (
    'makefile gnumakefile readme license licence copying notice authors contributors maintainers changelog changes history news install todo version ' +
    'contributing security owners codeowners dockerfile containerfile justfile procfile gemfile rakefile podfile pipfile brewfile vagrantfile ' +
    'jenkinsfile caddyfile guardfile fastfile appfile dangerfile berksfile tiltfile earthfile snakefile kconfig workspace build'
  ).split(' '),
);

const EXTENSION = /[^.\s]\.[\p{L}\p{N}_+#~-]{1,8}$/u;

function isSaneFile(value: string): boolean {
  if ([...value].length > MAX_FILE_CHARS) return false;
  return /[/\\]|^\./.test(value) || EXTENSION.test(value) || BARE_FILE_NAMES.has(value.toLowerCase());
}

function isSaneTool(value: string): boolean {
  const words = value.trim().split(/\s+/);
  return [...value].length <= MAX_TOOL_CHARS && words.length <= MAX_TOOL_WORDS && !/[.!?]\s*$/.test(value);
}

function isSaneProject(value: string): boolean {
  return [...value].length <= MAX_PROJECT_CHARS && !/\s/.test(value);
}
