import { RetrieverError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import type { SearchStrategy } from '../../schemas/vocabulary.ts';
import type { UrlRules } from '../url-guard.ts';
import type { ResultPaths } from './read-results.ts';

/** What an engine of others is asked. */
export interface Question {
  readonly query: string;
  /** How many results are wanted at most. */
  readonly limit: number;
  readonly collection: string;
  readonly strategy: SearchStrategy;
  readonly source?: string | undefined;
}

/** An engine of others behind the way in which it is spoken to. Its answer is JSON that nobody has looked at yet. */
export interface Engine {
  /** What messages call the place: an address, a program, a tool of a server. Never a query string, an argument or a key. */
  readonly where: string;
  readonly paths: ResultPaths;
  /** Whether the engine is told which source is searched. */
  readonly knowsSource: boolean;
  /** Rejects with a RetrieverError when the engine failed, with the signal's reason when the caller breaks off. */
  ask(question: Question, signal: AbortSignal | undefined): Promise<JsonValue>;
  index?(collection: string, pages: readonly SearchPage[]): Promise<void>;
  close(): Promise<void>;
}

/** What engines of others are opened in. */
export interface EnginePlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that programs are started in. */
  readonly base: string;
  readonly rules: Pick<UrlRules, 'allowedHosts' | 'resolve'>;
  /** Gets what an engine says beside its answers, a line at a time. The text is hostile: whoever prints it makes it plain first. */
  readonly tell: (line: string) => void;
}

/** Largest answer that is read. */
export const MAX_ANSWER_BYTES = 16 * 1024 ** 2;

/** The error of an engine that did not do as it must. `expected` and `found` hold no word of query or answer. */
export function engineFault(where: string, expected: string, found: string, remedy: string, cause?: unknown): RetrieverError {
  return new RetrieverError(`asking a search engine, on ${where}: expected ${expected}, found ${found}.`, remedy, {}, cause);
}
