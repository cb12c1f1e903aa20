import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnswerCache } from '../../activities/search-ports.ts';
import { collectionNameSchema } from '../../schemas/collection-head.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import { writeFileAtomically, writeWhole } from '../atomic-write.ts';
import { readAnswer, readStoredAtMs, readTrace, writeAnswerLine } from './answer-line.ts';
import { PRIVATE } from './capture-places.ts';
import { linesBackwards, linesForwards, wholeBytes } from './whole-lines.ts';

/** Answers that are kept of one collection. */
const MOST_ANSWERS = 200;

/** File of the answers that are kept of a collection. */
export function answersFile(workspace: string, collection: string): string {
  return join(workspace, 'lake', 'answers', `${collectionNameSchema.parse(collection)}.tsv`);
}

/**
 * The answers of a workspace that may be given again: a file of lines for each collection. Several processes may use it at once; what one of them did not
 * finish is passed over. With each new answer goes what is out of date, and the oldest ones beyond 200.
 */
export function openAnswerCache(workspace: string): AnswerCache {
  return {
    find: (collection, scope, serves) => orNothing(() => findAnswer(answersFile(workspace, collection), scope, serves)),
    keep: (collection, answer, ttlMs) =>
      orNothing(() => keepLine(answersFile(workspace, collection), writeAnswerLine(answer), answer.storedAtMs - ttlMs)),
  };
}

function orNothing<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function findAnswer(path: string, scope: string, serves: Parameters<AnswerCache['find']>[2]): SearchResponse | undefined {
  for (const line of linesBackwards(path)) {
    const trace = readTrace(line, scope);
    const answer = trace !== undefined && serves(trace) ? readAnswer(line) : undefined;
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function keepLine(path: string, line: Buffer, oldestMs: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: PRIVATE.folder });
  const lines = Array.from(linesForwards(path), (found) => found.line);
  const kept = lines.filter((found) => readStoredAtMs(found) >= oldestMs).slice(1 - MOST_ANSWERS);
  const isWhole = wholeBytes(path) === (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  if (kept.length === lines.length && isWhole) appendLine(path, line);
  else writeFileAtomically(path, Buffer.concat([...kept, line].map(ended)), PRIVATE.file);
}

/** One write of a whole line: other processes append to the same file. */
function appendLine(path: string, line: Buffer): void {
  const file = openSync(path, 'a', PRIVATE.file);
  try {
    writeWhole(file, ended(line));
  } finally {
    closeSync(file);
  }
}

function ended(line: Buffer): Buffer {
  return Buffer.concat([line, Buffer.from('\n')]);
}
