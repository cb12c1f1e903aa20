import type { PlaceOptions } from '../places.ts';

/** The flags that lead a further command to the same workspace and config, each with a space before it; nothing where none was given. */
export function placeFlags({ workspace, config }: PlaceOptions): string {
  return [...flag('workspace', workspace), ...flag('config', config)].join('');
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [` --${name} ${shellWord(value)}`];
}

/** A text as one word of a shell. */
export function shellWord(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
