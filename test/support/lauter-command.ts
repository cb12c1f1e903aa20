import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { LAUTER } from './run-lauter.ts';

/** How a command ended. A command that a signal ended has the code that a shell reports: 128 and the number of the signal. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command in a process of its own. */
export interface LauterCommand {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  isRunning(): boolean;
  /** What it has said on stderr so far. */
  said(): string;
  /** Waits until it says this on stderr; rejects with all that it said when it ends before. */
  hear(words: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, and wait for the end. */
  kill(): Promise<void>;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the command through this shell text, in which "$@" is the command. */
  readonly shell?: string;
  /** User and group that the command runs as. */
  readonly uid?: number;
}

const running = new Set<LauterCommand>();

/** Starts `lauter` with arguments. */
export function startLauter(args: readonly string[], options: CommandOptions = {}): LauterCommand {
  return startNode([LAUTER, ...args], options);
}

/** Starts `lauter worker` and returns when it is ready for work. */
export async function startWorker(workspace: string, options: CommandOptions = {}): Promise<LauterCommand> {
  const worker = startLauter(['worker', '--workspace', workspace], options);
  await worker.hear(/worker ready/);
  return worker;
}

/** Starts a TypeScript file of the tests. */
export function startTypeScript([file = '', ...args]: readonly string[], options: CommandOptions = {}): LauterCommand {
  return startNode(['--import', fileURLToPath(new URL('typescript-loader.mjs', import.meta.url)), file, ...args], options);
}

/** Starts a Node program. */
function startNode(args: readonly string[], { cwd, env = {}, shell, uid }: CommandOptions = {}): LauterCommand {
  const line = shell === undefined ? [process.execPath, ...args] : ['bash', '-c', shell, 'bash', process.execPath, ...args];
  const child = spawn(line[0]!, line.slice(1), {
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { ...ownEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  let listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    tell();
  });
  let code: number | undefined;
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signalName) => {
      code = exitCode ?? 128 + constants.signals[signalName ?? 'SIGKILL'];
      running.delete(command);
      tell();
      resolve({ code, out, err });
    });
  });
  const command: LauterCommand = {
    pid: child.pid ?? -1,
    ended,
    isRunning: () => code === undefined,
    said: () => err,
    hear: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (words.test(err)) resolve();
          else if (code !== undefined) reject(new Error(`expected to hear ${words}, but the command ended with code ${code}: ${err}`));
          else return;
          listeners = listeners.filter((listener) => listener !== look);
        };
        listeners.push(look);
        look();
      }),
    signal: (name) => void child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  running.add(command);
  return command;
}

/** SIGKILL for every command that still runs; for the end of a test. */
export async function killCommands(): Promise<void> {
  await Promise.all([...running].map((command) => command.kill()));
}

/** This process's environment less what would lead a command to another server or workspace. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const isForeign = (name: string): boolean => /^(?:TEMPORAL_|LAUTER_WORKSPACE$|NODE_OPTIONS$|VITEST|FORCE_COLOR$|GITHUB_)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name)));
}
