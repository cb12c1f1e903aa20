import type { Io } from '../../cli/io.ts';
import { runProgram } from '../../cli/program.ts';
import type { ExitCode } from '../../cli/exit-codes.ts';

/** What a command line did, as a test sees it. */
export interface CliOutcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process with streams that are only looked at. */
export async function runCli(args: readonly string[], cwd: string, more: Partial<Io> = {}): Promise<CliOutcome> {
  let [out, err] = ['', ''];
  const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
  const io: Io = {
    env: {},
    cwd,
    out: (text) => void (out += ended(text)),
    err: (text) => void (err += ended(text)),
    isTerminal: false,
    hasColour: false,
    onInterrupt: () => () => undefined,
    ...more,
  };
  const code = await runProgram(args, io);
  return { code, out, err };
}
