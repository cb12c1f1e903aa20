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

/** The log from a byte on, for messages: at most the last lines that fit into `maxChars`. */
export function readLogTail(path: string, fromByte: number, maxChars = 1500): string {
  if (!existsSync(path)) return '';
  return readFileSync(path).subarray(fromByte).toString('utf8').trim().slice(-maxChars);
}

/** Where the log ends now, in bytes. */
export function logEnd(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
