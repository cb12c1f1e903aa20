import { join } from 'node:path';
import type { Retriever } from '../../../activities/search-ports.ts';
import { evalGate, type EvalGateOptions } from '../../../cli/commands/eval-gate.ts';
import { evalReplay, type EvalReplayOptions } from '../../../cli/commands/eval-replay.ts';
import { gateReportSchema, type GateReport } from '../../../schemas/gate-report.ts';
import { replayReportSchema, type ReplayReport } from '../../../schemas/replay-report.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A workspace whose searches a hand-made engine answers. */
export interface GateDesk {
  readonly root: string;
  /** `lauter eval gate --json` with that engine. */
  gate(options: Partial<EvalGateOptions>): Promise<{ readonly code: number; readonly report: GateReport; readonly said: string }>;
  /** `lauter eval replay --json` with that engine. */
  replay(options: Partial<EvalReplayOptions>): Promise<{ readonly code: number; readonly report: ReplayReport }>;
  /** The same for people. */
  tell(
    command: 'gate' | 'replay',
    options: Partial<EvalGateOptions & EvalReplayOptions>,
  ): Promise<{ readonly code: number; readonly printed: string }>;
  /** `lauter eval …` of the program itself. */
  eval(...args: readonly string[]): Promise<CliOutcome>;
}

/** A desk with these files in its folder, which is also the workspace. */
export function gateDesk(engine: Retriever, files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): GateDesk {
  const root = temporaryFolder({ 'lauter.config.json': '{ "search": { "collection": "harbour" } }', ...files });
  const open = (): Promise<Retriever> => Promise.resolve(engine);
  const run = async (command: 'gate' | 'replay', options: object): Promise<{ code: number; printed: string; said: string }> => {
    const io = recordingIo({ cwd: root, env });
    const code =
      command === 'gate'
        ? await evalGate(io, { k: 10, retriever: 'builtin', ...options }, open)
        : await evalReplay(io, { topRegressions: 5, retriever: 'builtin', against: 'rows.ndjson', ...options }, open);
    return { code, printed: io.printed(), said: io.said() };
  };
  return {
    root,
    gate: async (options) => {
      const { code, printed, said } = await run('gate', { ...options, json: true });
      return { code, said, report: gateReportSchema.parse(JSON.parse(printed)) };
    },
    replay: async (options) => {
      const { code, printed } = await run('replay', { ...options, json: true });
      return { code, report: replayReportSchema.parse(JSON.parse(printed)) };
    },
    tell: (command, options) => run(command, options),
    eval: (...args) => runCli(['eval', ...args], root, { env: { LAUTER_AUDIT_DIR: join(root, 'audit'), ...env } }),
  };
}
