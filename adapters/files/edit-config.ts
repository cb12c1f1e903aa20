import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { applyEdits, modify, parse } from 'jsonc-parser';
import { UsageError } from '../../domain/shared/errors.ts';
import { writeFileAtomically } from '../atomic-write.ts';
import { parseConfig, type SecretFinder } from './config-file.ts';
import { valueAt, type ConfigPath } from './config-keys.ts';

/** One change of a config file; a value of undefined removes what is there. */
export interface ConfigChange {
  readonly path: ConfigPath;
  readonly value: unknown;
}

/**
 * Makes changes in a config file, or in a new one. Comments, order and everything else stay as they are. The outcome is checked as a whole before
 * it is written, and a faulty one leaves the file untouched: ConfigError, UsageError.
 */
export function editConfig(file: string, changes: readonly ConfigChange[], secrets: SecretFinder): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '{}\n';
  parseConfig(before, file, secrets);
  const after = changes.reduce((text, change) => changed(text, change), before);
  parseConfig(after, file, secrets, 'changing');
  // A link stays a link.
  if (after !== before) writeFileAtomically(existsSync(file) ? realpathSync(file) : file, after);
}

/** What the file itself says, without defaults; undefined where it says nothing. */
export function statedValue(file: string, path: ConfigPath): unknown {
  return existsSync(file) ? valueAt(parse(readFileSync(file, 'utf8')), path) : undefined;
}

function changed(text: string, { path, value }: ConfigChange): string {
  refuseGap(text, path);
  return applyEdits(text, modify(text, [...path], value, { formattingOptions: formatOf(text) }));
}

/** An index may name an element or the place after the last. */
function refuseGap(text: string, path: ConfigPath): void {
  const document: unknown = parse(text);
  for (const [at, word] of path.entries()) {
    if (typeof word !== 'number') continue;
    const list = valueAt(document, path.slice(0, at));
    const length = Array.isArray(list) ? list.length : 0;
    if (word <= length) continue;
    throw new UsageError(
      `changing the config key ${path.join('.')}: expected an index up to ${length}, found ${word}.`,
      `Use ${[...path.slice(0, at), length].join('.')} to add an element.`,
    );
  }
}

function formatOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^(\t| +)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 2 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
