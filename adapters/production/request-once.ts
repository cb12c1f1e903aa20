import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface CallLimits {
  /** For a whole call: name, connection, headers and body. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
}

/** The answer to one request, before anybody has read what it says. */
export type RawAnswer =
  | { readonly kind: 'text'; readonly status: number; readonly text: string }
  | { readonly kind: 'malformed'; readonly problem: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'broken'; readonly problem: string };

/** Makes one request on a connection of its own, so that none is reused that a restart has killed. Never throws. */
export function requestOnce(method: 'GET' | 'POST', url: string, { timeoutMs, maxBodyBytes }: CallLimits): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(url, { method, agent: false, headers: { accept: 'application/json', 'content-length': 0 } });
    const settle = (answer: RawAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    // Its own timer and not the socket's, which starts anew with every byte.
    const timer = setTimeout(() => settle({ kind: 'timeout', afterMs: timeoutMs }), timeoutMs);
    request.on('error', (error) => settle(failureOf(error)));
    request.on('response', (response) => readBody(response, maxBodyBytes, settle));
    request.end();
  });
}

function readBody(response: IncomingMessage, maxBytes: number, settle: (answer: RawAnswer) => void): void {
  const pieces: Buffer[] = [];
  let bytes = 0;
  response.on('data', (piece: Buffer) => {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxBytes) settle({ kind: 'malformed', problem: `a body of more than ${maxBytes} bytes` });
  });
  response.on('end', () => settle({ kind: 'text', status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }));
  response.on('error', (error) => settle(failureOf(error)));
}

/** A name may stand for several addresses; nobody is there only when each of them refuses. */
function failureOf(error: NodeJS.ErrnoException): RawAnswer {
  const errors: readonly NodeJS.ErrnoException[] = error instanceof AggregateError ? error.errors : [error];
  if (errors.length > 0 && errors.every(({ code }) => code === 'ECONNREFUSED')) return { kind: 'refused' };
  return { kind: 'broken', problem: error.code ?? errors[0]?.code ?? error.name };
}
