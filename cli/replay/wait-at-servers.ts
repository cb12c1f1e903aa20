import { enterServerInTime, untilServerIsFree, type ServerCall, type Waiting } from '../../worker/inputs/enter-server.ts';
import type { Io } from '../io.ts';

/** How a command waits for benches that have the servers it calls: it says so, and an interrupt ends it there. */
export interface ServerWaits {
  /** Lets a call in once no bench has its server; what is returned is called when it has ended. */
  readonly enter: (call: ServerCall) => Promise<() => void>;
  /** Does work once no bench has the server; null when that was interrupted while it waited, which is told. */
  readonly whenFree: <Result>(url: string | undefined, work: () => Promise<Result>) => Promise<Result | null>;
}

/** Waits for the benches of a workspace. Interrupts are heard only meanwhile. */
export function waitAtServers(io: Pick<Io, 'err' | 'onInterrupt'>, workspace: string): ServerWaits {
  const stop = new AbortController();
  const onWaiting: Waiting['onWaiting'] = ({ owner, url }) => io.err(`waiting for ${owner}, which has ${url}; interrupt to give up …`);
  async function interruptible<Result>(wait: (waiting: Waiting) => Promise<Result>): Promise<Result> {
    const endListening = io.onInterrupt(() => stop.abort());
    try {
      return await wait({ signal: stop.signal, onWaiting });
    } finally {
      endListening();
    }
  }
  return {
    enter: (call) => interruptible((waiting) => enterServerInTime(workspace, call, waiting)),
    whenFree: async (url, work) => {
      try {
        if (url !== undefined) await interruptible((waiting) => untilServerIsFree(workspace, url, waiting));
        return await work();
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        io.err('interrupted; nothing was logged');
        return null;
      }
    },
  };
}
