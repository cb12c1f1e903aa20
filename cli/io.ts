import { createInterface } from 'node:readline/promises';
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
  /** Columns of the terminal that data goes to; undefined when it goes elsewhere. */
  readonly width?: number | undefined;
  /** Data in pieces, at the pace of whoever reads it. False once nobody does. */
  readonly feed?: (piece: string) => Promise<boolean>;
  /** Puts a question to the person at the terminal; undefined when there is none. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined;
  /** Lets the person at the terminal take one of some words, or the usual one by saying nothing; undefined when there is none. */
  readonly choose?: ((question: string, words: readonly string[], usual: string) => Promise<string>) | undefined;
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
  const isAtTerminal = process.stdin.isTTY === true && stderr.isTTY === true;
  return {
    env,
    cwd: process.cwd(),
    out: (text) => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => void stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    isTerminal: stderr.isTTY === true && env.TERM !== 'dumb',
    hasColour: stdout.isTTY === true && env.NO_COLOR === undefined,
    width: stdout.isTTY === true ? stdout.columns : undefined,
    feed: feedTo(stdout),
    ask: isAtTerminal ? askAtTerminal : undefined,
    choose: isAtTerminal ? chooseAtTerminal : undefined,
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

function feedTo(stream: NodeJS.WriteStream): NonNullable<Io['feed']> {
  let isGone = false;
  for (const end of ['error', 'close']) stream.once(end, () => (isGone = true));
  return async (piece) => {
    if (!isGone && !stream.write(piece)) await firstOf(stream, ['drain', 'error', 'close']);
    return !isGone;
  };
}

function firstOf(stream: NodeJS.WriteStream, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const happened = (): void => {
      for (const event of events) stream.off(event, happened);
      resolve();
    };
    for (const event of events) stream.on(event, happened);
  });
}

async function askAtTerminal(question: string): Promise<boolean> {
  return /^(?:y|yes)?$/i.test(await answerAtTerminal(`${question} [Y/n] `));
}

async function chooseAtTerminal(question: string, words: readonly string[], usual: string): Promise<string> {
  for (;;) {
    const chosen = readChoice(await answerAtTerminal(`${question} ${words.join(', ')} [${usual}] `), words, usual);
    if (chosen !== undefined) return chosen;
  }
}

/** A word, or the beginning of one alone, in either case; undefined for anything else. */
export function readChoice(answer: string, words: readonly string[], usual: string): string | undefined {
  if (answer === '') return usual;
  const meant = words.filter((word) => word.toLowerCase().startsWith(answer.toLowerCase()));
  return meant.length === 1 ? meant[0] : undefined;
}

async function answerAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Text that cannot move the cursor or change colours. */
export function plain(text: string): string {
  return escapeTerminal(text);
}
