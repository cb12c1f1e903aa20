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
  /** Called at the first and every further interrupt. Returns a function that ends it. */
  onInterrupt(listener: () => void): () => void;
}

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
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

/** Text that cannot move the cursor or change colours. */
export function plain(text: string): string {
  return escapeTerminal(text);
}
