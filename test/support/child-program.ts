import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('typescript-loader.mjs', import.meta.url));

/** A TypeScript program in a process of its own, spoken to line by line. */
export interface ChildProgram {
  readonly pid: number;
  say(line: string): void;
  /** The next line that it prints; rejects with its error output when it ends first. */
  hear(): Promise<string>;
  /** SIGKILL, and wait for the end. */
  kill(): Promise<void>;
  /** Waits for the end by itself. */
  ended(): Promise<number | null>;
}

/** Starts a TypeScript file of the tests with arguments. */
export function startProgram(file: URL, args: readonly string[]): ChildProgram {
  const child = spawn(process.execPath, ['--import', loader, fileURLToPath(file), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const end = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: pidOf(child),
    say: (line) => void child.stdin.write(`${line}\n`),
    hear: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`the program ended with code ${await end}: ${errors}`);
      return next.value;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await end;
    },
    ended: () => end,
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the program could not be started');
  return child.pid;
}
