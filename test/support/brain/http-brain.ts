import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the brain got it. */
export interface BrainRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** What the brain answers: a value as JSON, or whatever the function does with the response. */
export type BrainAnswer = (request: BrainRequest, response: ServerResponse) => unknown;

export interface HttpBrain {
  readonly url: string;
  readonly seen: readonly BrainRequest[];
  /** The next request that comes in. */
  next(): Promise<BrainRequest>;
}

/** Sent instead of a value, this leaves the response to the function that answers. */
export const HANDLED = Symbol('handled');

/** Starts a search engine of somebody's own on a free port of this machine, until the test ends. */
export async function startHttpBrain(answer: BrainAnswer): Promise<HttpBrain> {
  const seen: BrainRequest[] = [];
  const arrivals = new EventEmitter();
  const server = createServer((incoming, response) => {
    void readAll(incoming).then((text) => {
      const request = { method: incoming.method ?? '', url: new URL(incoming.url ?? '/', 'http://brain'), headers: incoming.headers, text };
      seen.push(request);
      arrivals.emit('request', request);
      const value = answer(request, response);
      if (value !== HANDLED) response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    next: async () => ((await once(arrivals, 'request')) as [BrainRequest])[0],
  };
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
