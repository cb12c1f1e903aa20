import type { PlantedAttempt } from '../../schemas/acceptance-planted.ts';
import type { Place } from './facts.ts';
import { followOwn, isFields, readOwn, spellOwn, type OwnValue } from './own-json.ts';

/** A source file as it was read: its text, and the texts of its members where it is an archive. */
export interface SourceText {
  readonly text: string;
  readonly members: ReadonlyMap<string, string>;
}

/** The text whose sha256 is the signature of an attempt; undefined when there is nothing in its place. */
export function signedTextOf(attempt: PlantedAttempt, source: SourceText): string | undefined {
  const signed = signedValue(attempt, source);
  return signed === undefined ? undefined : spellOwn(signed);
}

function signedValue(attempt: PlantedAttempt, source: SourceText): OwnValue | undefined {
  const { parts, pull_request: pull } = attempt;
  if (parts !== undefined) {
    const values = parts.map((part) => valueAt(part, source)).filter((value) => value !== undefined);
    return values.length === parts.length ? values : undefined;
  }
  const value = valueAt(attempt, source);
  if (pull === undefined || value === undefined) return value;
  const whole = valueAt({ pointer: pull }, source);
  if (whole === undefined || !isFields(whole)) return undefined;
  // A comment is signed within its pull request, without the other comments.
  return new Map([...[...whole].filter(([key]) => key !== 'comments'), ['comment', value]]);
}

function valueAt({ line, pointer, member }: Place, { text, members }: SourceText): OwnValue | undefined {
  const whole = member === undefined ? text : members.get(member);
  const own = line === undefined ? whole : lineOf(whole ?? '', line);
  if (own === undefined || own.trim() === '') return undefined;
  return followOwn(readOwn(own), pointer ?? '');
}

function lineOf(text: string, line: number): string | undefined {
  return text.replace(/^\uFEFF/, '').split('\n')[line];
}
