import { escapeTerminal } from '../reports/shared/escape.ts';

/** The world a command speaks to; handed in, so that a test can look at it. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Data. */
  out(text: string): void;
  /** Talk. */
  err(text: string): void;
  /** True when talk goes to a terminal that can redraw lines. */
  readonly isTerminal: boolean;
  readonly hasColour: boolean;
  /** Words of the command line, as they were given. */
  readonly args?: readonly string[];
  /** Called at the first and every further interrupt. The newest listener hears it alone. Returns a function that ends it. */
  onInterrupt(listener: InterruptListener): () => void;
}

/** `SIGINT` comes from a person, `SIGTERM` from whoever looks after processes. */
export type InterruptSignal = 'SIGINT' | 'SIGTERM';
export type InterruptListener = (signal: InterruptSignal) => void;

/** The process's own streams. Text from traces must be passed through {@link plain} before it is shown. */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  return {
    env,
    cwd: process.cwd(),
    out: (text) => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => void stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    isTerminal: stderr.isTTY === true && env.TERM !== 'dumb',
    hasColour: stdout.isTTY === true && env.NO_COLOR === undefined,
    onInterrupt: hearInterrupts(),
  };
}

function hearInterrupts(): Io['onInterrupt'] {
  const listeners: InterruptListener[] = [];
  const hear = (signal: NodeJS.Signals): void => listeners.at(-1)?.(signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
  return (listener) => {
    if (listeners.length === 0) for (const signal of SIGNALS) process.on(signal, hear);
    listeners.push(listener);
    return () => {
      const at = listeners.indexOf(listener);
      if (at < 0) return;
      listeners.splice(at, 1);
      // Nobody listens any more: the system's own way with signals counts again.
      if (listeners.length === 0) for (const signal of SIGNALS) process.off(signal, hear);
    };
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Text that cannot move the cursor or change colours. */
export function plain(text: string): string {
  return escapeTerminal(text);
}
