import type { JsonValue } from './json.ts';

/** A line of a file of JSON lines, counted from 1, with the value in it, or with words for what is wrong with it, which hold nothing of the line. */
export type JsonLine = { readonly line: number } & (
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly fault: string }
);
