import type { CallErrorKind } from '../../schemas/vocabulary.ts';

const RETRYABLE: ReadonlySet<CallErrorKind> = new Set(['timeout', 'connection', 'http_429', 'http_5xx']);

/** True when the same call may go well a little later. A refused request (4xx) and a reply outside the protocol will come again as they are. */
export function isWorthRetrying(kind: CallErrorKind): boolean {
  return RETRYABLE.has(kind);
}
