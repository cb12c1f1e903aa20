import { readFileSync } from 'node:fs';
import type { RunSummary } from '../../schemas/run-summary.ts';
import type { ExportSet, Stage } from '../../schemas/vocabulary.ts';
import { distillInput, sourceRequests } from '../../worker/inputs/distill-input.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { followRun } from '../follow-run.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { readReceiptChain } from '../receipts/read-chain.ts';
import { tellStages } from '../receipts/tell-chain.ts';
import { tellSummary } from '../tell-summary.ts';

export interface RunAllOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly skipUnknown?: boolean;
  readonly includePartial?: boolean;
  readonly format?: string[];
  readonly as?: string[];
  readonly requireLicense?: boolean;
  readonly keepServer?: boolean;
  /** The set whose files are shown after `export`; all unless stated. */
  readonly set?: ExportSet;
}

/** `lauter distill run-all`, and its shorter forms that stop after an earlier stage. */
export async function distillRunAll(io: Io, paths: readonly string[], options: RunAllOptions, until: Stage = 'audit'): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config: stored, base } = loadConfig(io, workspaceDir, options);
  const config = {
    ...stored,
    distill: {
      ...stored.distill,
      ...(options.includePartial === true ? { include_partial: true } : {}),
      ...(options.format === undefined ? {} : { formats: options.format as typeof stored.distill.formats }),
      ...(options.as === undefined ? {} : { as: options.as as typeof stored.distill.as }),
      ...(options.requireLicense === true ? { require_license: true } : {}),
    },
  };
  // Told at once, before a workspace is made and a server started.
  const requests = sourceRequests({ config, configBase: base, paths, cwd: io.cwd });
  // A whole run says so in its summary; a shorter one has no verdict to say it in.
  const bare = requests.filter((request) => request.license === undefined).map((request) => request.name ?? request.paths.join(', '));
  if (config.distill.require_license && until !== 'audit' && bare.length > 0) {
    io.err(`refused: no license is stated for ${bare.map(plain).join(', ')}. Name it as \`license\` of the source in lauter.config.json.`);
    return EXIT.refused;
  }
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, async (session) => {
    const input = distillInput({
      config,
      configBase: base,
      paths,
      cwd: io.cwd,
      skipUnknown: options.skipUnknown ?? false,
      until,
      workspaceId: session.workspace.id,
      now: new Date(),
    });
    if (session.workspace.swept.length > 0)
      io.err(`removed ${session.workspace.swept.length} temporary files that an earlier process left behind`);
    const followed = await followRun(io, session, input, { giveUpAfterMs: config.engine.give_up_after_s * 1000 });
    if (followed.ended === 'cancelled') {
      io.err(`run ${followed.runId} was cancelled. Finished shards are kept; the same command starts a new run that reuses them.`);
      return EXIT.interrupted;
    }
    if (followed.ended === 'interrupted') {
      io.err(
        followed.isOurs
          ? `run ${followed.runId} is stopped; nothing is lost. Run the same command to go on, or \`lauter runs cancel ${followed.runId}\` to give it up.`
          : `detached; run ${followed.runId} goes on. \`lauter runs watch ${followed.runId}\` shows it.`,
      );
      return EXIT.interrupted;
    }
    if (followed.result.verdict === 'unfinished') {
      const chain = readReceiptChain(workspaceDir, followed.result.run_id);
      io.out(options.json === true ? JSON.stringify(chain, null, 2) : tellStages(chain, options.set));
      return EXIT.accepted;
    }
    const summary = JSON.parse(readFileSync(followed.result.summary_path, 'utf8')) as RunSummary;
    io.out(options.json === true ? JSON.stringify(summary, null, 2) : tellSummary(summary, io));
    return summary.verdict === 'accepted' ? EXIT.accepted : EXIT.refused;
  });
}
