import { tmpdir } from 'node:os';
import type { InterruptListener, InterruptSignal, Io } from '../../cli/io.ts';

/** An Io that keeps what is said, and can be interrupted. */
export interface RecordingIo extends Io {
  said(): string;
  printed(): string;
  /** Lets the newest listener hear a signal. */
  interrupt(signal?: InterruptSignal): void;
}

/** A terminal-less world with an empty environment, so that nothing of the machine leads a command to another server or workspace. */
export function recordingIo(given: Partial<Pick<Io, 'env' | 'cwd' | 'isTerminal' | 'args'>> = {}): RecordingIo {
  const out: string[] = [];
  const err: string[] = [];
  const listeners: InterruptListener[] = [];
  return {
    env: {},
    cwd: tmpdir(),
    isTerminal: false,
    hasColour: false,
    ...given,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    onInterrupt: (listener) => {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
    said: () => err.join('\n'),
    printed: () => out.join('\n'),
    interrupt: (signal = 'SIGINT') => listeners.at(-1)?.(signal),
  };
}
