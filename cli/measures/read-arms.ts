import { basename, resolve } from 'node:path';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { searchKnobsSchema, type SearchKnobs } from '../../schemas/search-knobs.ts';
import type { Io } from '../io.ts';
import type { QrelsOptions } from './qrels-options.ts';

/** One side: its name and the knobs that are given for each call. */
export interface ArmChoice {
  readonly name: string;
  readonly knobs: Partial<SearchKnobs>;
}

/** The sides that are searched: that of the command line alone, or those of --config-a and --config-b. UsageError for knobs that there are not. */
export function readArms(io: Io, { configA, configB }: QrelsOptions): readonly ArmChoice[] {
  if (configA === undefined || configB === undefined) return [{ name: 'search', knobs: {} }];
  const [a, b] = [nameOf(configA), nameOf(configB)];
  return [
    { name: a === b ? `${a} (A)` : a, knobs: readKnobs(io, '--config-a', configA) },
    { name: a === b ? `${b} (B)` : b, knobs: readKnobs(io, '--config-b', configB) },
  ];
}

function nameOf(path: string): string {
  return basename(path).replace(/\.json$/, '');
}

function readKnobs(io: Io, flag: string, name: string): Partial<SearchKnobs> {
  const { text } = readTextFile(resolve(io.cwd, name), name);
  const refuse = (found: string): UsageError =>
    new UsageError(
      `reading ${flag}, on ${name}: expected a JSON object of knobs, found ${found}.`,
      '`lauter search modes` lists the knobs with their values.',
      { flag, file: name },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('what is no JSON');
  }
  const parsed = searchKnobsSchema.partial().safeParse(value);
  if (parsed.success) return Object.fromEntries(Object.entries(parsed.data).filter(([, given]) => given !== undefined));
  const issue = parsed.error.issues[0]!;
  throw refuse(`${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}
