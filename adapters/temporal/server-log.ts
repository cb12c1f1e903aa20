import { copyFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs';

const LIMIT_BYTES = 10_000_000;

/**
 * Keeps the server's log below 10 MB, with the part before in `<log>.1`. Copies and empties instead of renaming, because a running server
 * goes on writing into the file that it has open; lines written in between are lost.
 */
export function rotateLog(path: string, limitBytes = LIMIT_BYTES): void {
  if (!existsSync(path) || statSync(path).size <= limitBytes) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}

const MAX_READ_BYTES = 1 << 20;

/** What was logged from a byte on, at most the first megabyte of it. */
export function readLogSince(path: string, fromByte: number): string {
  if (!existsSync(path)) return '';
  return readFileSync(path)
    .subarray(fromByte, fromByte + MAX_READ_BYTES)
    .toString('utf8')
    .trim();
}

/** The part of a log that says why the server ended: a panic comes before its stack, everything else last. */
export function essenceOf(log: string, maxChars = 1500): string {
  const panic = log.search(/^panic:/m);
  return panic === -1 ? log.slice(-maxChars) : log.slice(panic, panic + maxChars);
}

/** Where the log ends now, in bytes. */
export function logEnd(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
