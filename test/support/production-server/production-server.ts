import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProductionState } from './production-state.ts';

export type Call = 'pause' | 'resume' | 'health';

/**
 * What a call does in place of what the contract says: an HTTP status; `hang`: no answer; `reset`: a broken connection; `garbage`: 200 with something
 * else; `ignored`: the promised answer, and nothing done; `unheard`: done, but no answer comes back.
 */
export type Fault = number | 'hang' | 'reset' | 'garbage' | 'ignored' | 'unheard';

/** The reference production system of the contract, with fault switches. */
export interface ProductionServer {
  readonly url: string;
  readonly state: ProductionState;
  /** Set a call's fault to change what it does; delete it to mend it. */
  readonly faults: Partial<Record<Call, Fault>>;
  /** Every call so far, in order. */
  readonly calls: readonly Call[];
  count(call: Call): number;
  /** Resolves as soon as this holds, looked at after every call. */
  until(holds: (server: ProductionServer) => boolean): Promise<void>;
  /** Nobody listens any more, as when the process is gone. */
  goDown(): Promise<void>;
  /** Listens again at the same place, after a restart. */
  comeUp(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the server on a free port of the loopback. */
export async function startProduction(): Promise<ProductionServer> {
  const state = new ProductionState();
  const faults: Partial<Record<Call, Fault>> = {};
  const calls: Call[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const call = callOf(request);
    if (call === null) {
      response.writeHead(404).end();
      return;
    }
    answer(call, state, faults[call], response);
    calls.push(call);
    for (const look of waiting) look();
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const goDown = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const production: ProductionServer = {
    url: `http://127.0.0.1:${port}`,
    state,
    faults,
    calls,
    count: (call) => calls.filter((made) => made === call).length,
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds(production)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    goDown,
    comeUp: async () => {
      state.restart();
      await listen(port);
    },
    close: goDown,
  };
  return production;
}

function callOf({ method, url }: IncomingMessage): Call | null {
  if (method === 'POST' && url === '/control/pause') return 'pause';
  if (method === 'POST' && url === '/control/resume') return 'resume';
  return method === 'GET' && url === '/health' ? 'health' : null;
}

function answer(call: Call, state: ProductionState, fault: Fault | undefined, response: ServerResponse): void {
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.destroy();
    return;
  }
  if (typeof fault === 'number') {
    response.writeHead(fault, fault === 302 ? { location: '/health' } : {}).end();
    return;
  }
  if (fault === 'garbage') {
    response.end('all quiet on the quay');
    return;
  }
  const before = state.pausedAt;
  const body = state[call]();
  if (fault === 'ignored') state.pausedAt = before;
  if (fault !== 'unheard') response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}
