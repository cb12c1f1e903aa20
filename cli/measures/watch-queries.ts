import { createLogUpdate } from 'log-update';
import type { Io } from '../io.ts';

/** Says how many queries have been asked: on a terminal in one line, elsewhere after every tenth part. */
export function watchQueries(io: Io, total: number, what: string): { tell(done: number): void; stop(): void } {
  const line = io.isTerminal ? createLogUpdate(process.stderr) : undefined;
  let told = 0;
  return {
    tell(done) {
      if (line !== undefined) return line(`${what}: ${done} of ${total} queries`);
      const tenth = Math.floor((done * 10) / total);
      if (tenth > told) io.err(`${what}: ${done} of ${total} queries`);
      told = tenth;
    },
    stop: () => line?.clear(),
  };
}
