import type { BenchSweepInput } from '../../activities/bench-contract.ts';
import type { DistillInput } from '../../activities/contract.ts';
import type { LoadedConfig } from '../../activities/probe/world.ts';
import { DEFAULT_BUDGETS, RUNS_OF_BT29 } from '../../domain/determinism/index.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import { sweepInput } from './bench-input.ts';
import { runSettings } from './bench-settings.ts';
import { distillInput } from './distill-input.ts';
import type { ProbePlace } from './probe-quality.ts';
import { USUAL_MEASURES } from './usual-measures.ts';

/** A whole refinery run over the sources of the config, to be compared with the one before it. UsageError where there are none. */
export function distillWork({ workspaceId }: ProbePlace, { config, base }: LoadedConfig): DistillInput {
  const now = new Date();
  return distillInput({ config, configBase: base, paths: [], cwd: base, skipUnknown: false, until: 'audit', workspaceId, now });
}

/** Three runs of the configured bench and their verdict. ConfigError where none is configured, UsageError where it cannot be measured. */
export function determinismWork(place: ProbePlace, { config, base }: LoadedConfig): Promise<BenchSweepInput> {
  const { determinism } = config.probe.nightly;
  if (determinism === undefined) {
    throw new ConfigError(
      'looking for the bench of the nightly probe: expected probe.nightly.determinism in the config, found none.',
      'Name corpus_version, qa and model there.',
    );
  }
  const { corpus_version: corpusVersion, qa, model, mode, min_scoreable: minScoreable, temperature } = determinism;
  // Whoever named a system to pause and a bench for the night has said yes to both.
  const isPaused = config.bench.production_url !== undefined;
  const settings = runSettings(
    { ...USUAL_MEASURES, corpusVersion, qa, mode, minScoreable, temperature, ...(isPaused ? {} : { production: false }) },
    config,
  );
  const request = {
    io: { cwd: base, env: place.env },
    workspace: { root: place.workspace, id: place.workspaceId },
    settings,
    models: [model],
    heartbeatTimeoutMs: config.engine.heartbeat_timeout_s * 1000,
    now: new Date(),
  };
  return sweepInput(request, { runs: RUNS_OF_BT29, budgets: DEFAULT_BUDGETS, out: undefined });
}
