import { readFileSync } from 'node:fs';
import type { RunSummary } from '../../schemas/run-summary.ts';
import type { ExportSet, Stage } from '../../schemas/vocabulary.ts';
import { distillInput, sourceRequests } from '../distill-input.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { followRun } from '../follow-run.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { readReceiptChain } from '../receipts/read-chain.ts';
import { tellStages } from '../receipts/tell-chain.ts';
import { tellSummary } from '../tell-summary.ts';

export interface RunAllOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly skipUnknown?: boolean;
  readonly includePartial?: boolean;
  readonly format?: string[];
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
    },
  };
  // Told at once, before a workspace is made and a server started.
  sourceRequests({ config, configBase: base, paths, cwd: io.cwd });
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
