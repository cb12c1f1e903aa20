import { deserializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { EnginePlace } from './engine.ts';
import { startLineProcess, type LineProcess } from './line-process.ts';
import { programEnvironment } from './program-environment.ts';

/** The stdio transport of the protocol, over a program. */
export interface ProgramTransport extends Transport {
  /** How the program ended, in words that follow "found"; undefined while it runs. */
  found(): string | undefined;
}

const MAX_STRANGE_LINES = 20;

/**
 * Speaks to an MCP server over its standard streams. The program is ours and not that of the SDK's own transport, which ends the one process that it started:
 * a server that runs behind a launcher would stay.
 */
export function createProgramTransport(
  name: string,
  settings: { readonly command: readonly string[]; readonly pass_env: readonly string[] },
  place: EnginePlace,
): ProgramTransport {
  let program: LineProcess | undefined;
  let how: string | undefined;
  let strange = 0;
  const tell = (line: string): void => place.tell(`${name}: ${line}`);
  const transport: ProgramTransport = {
    found: () => how,
    async start() {
      program = await startLineProcess({
        command: settings.command,
        cwd: place.base,
        env: programEnvironment(place.env, settings.pass_env),
        onLine: take,
        onEnd: (found) => {
          how = found;
          transport.onclose?.();
        },
        tell,
      });
    },
    send: (message) => Promise.resolve(program?.say(JSON.stringify(message))),
    close: async () => program?.close(),
  };

  function take(line: string): void {
    try {
      transport.onmessage?.(deserializeMessage(line));
    } catch {
      // Servers print a greeting now and then; the protocol's own client passes over it, too.
      if ((strange += 1) <= MAX_STRANGE_LINES) tell('(a line on standard output that is no message)');
    }
  }
  return transport;
}
