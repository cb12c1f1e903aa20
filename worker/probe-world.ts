import { dirname, join } from 'node:path';
import type { LoadedConfig, ProbeWorld } from '../activities/probe/world.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { auditFolderOf } from '../adapters/audit-folder.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { digestFile } from '../adapters/file-digest.ts';
import { readConfig } from '../adapters/files/config-file.ts';
import { openProbeAudit } from '../adapters/files/probe-audit.ts';
import { openRunFolder } from '../adapters/files/run-folder.ts';
import { openLongMemEvalStore } from '../adapters/longmemeval/run-store.ts';
import { openWorkStore } from '../adapters/work-store.ts';
import { createRedactor, SECRET_FAMILIES } from '../domain/redaction/index.ts';
import { ConfigError } from '../domain/shared/errors.ts';
import type { DriftReport } from '../schemas/drift-report.ts';
import type { LongMemEvalReport } from '../schemas/longmemeval-report.ts';
import { PROBE_COMMAND, qualityWork, type ProbePlace } from './inputs/probe-quality.ts';
import { determinismWork, distillWork } from './inputs/probe-watches.ts';
import { replayWork } from './inputs/probe-replays.ts';
import { openBudget } from './open-budget.ts';
import { openNotices } from './open-notices.ts';

/** Where probes are done, and which config says how. */
export interface ProbeWorldPlace extends ProbePlace {
  readonly configPath: string;
}

/** The world as the activities of the nightly probe see it, for one workspace. */
export function createProbeWorld(place: ProbeWorldPlace): ProbeWorld {
  const { workspace, env, configPath } = place;
  const longMemEval = openLongMemEvalStore(workspace);
  return {
    clock: { now, nowMs },
    files: openWorkStore(workspace, 'probe'),
    audit: openProbeAudit(auditFolderOf(workspace, env, workspace)),
    config: () => ({ config: readConfig(configPath, createRedactor(SECRET_FAMILIES)), base: dirname(configPath) }),
    isEmbedderMissing: (loaded) => isEmbedderMissing(loaded, env),
    qualityWork: async (loaded, night) => {
      const work = await qualityWork(place, loaded, night);
      // Where whoever asks for the run by its id finds what it was told.
      longMemEval.write(work.run.run_id, 'input', work.run);
      return work;
    },
    distillWork: (loaded) => distillWork(place, loaded),
    determinismWork: (loaded) => determinismWork(place, loaded),
    replayWork: (loaded, night) => replayWork(place, loaded, night),
    longMemEvalReport: (runId) => longMemEval.read<LongMemEvalReport>(runId, 'report'),
    drift: (runId) => openRunFolder(join(workspace, 'lake')).read<DriftReport>(runId, 'drift'),
    hashFile: (path) => digestFile(path).sha256,
    spentUsd: ({ config }, { run_id: runId }) =>
      openBudget({
        root: workspace,
        runId,
        command: PROBE_COMMAND,
        capUsd: config.probe.nightly.max_usd,
        settings: config.cost,
      }).spentUsd(),
    notices: ({ config, base }) => openNotices({ workspace, workspaceId: place.workspaceId, base, notify: config.probe.notify, env }),
  };
}

function isEmbedderMissing({ config: { search } }: LoadedConfig, env: ProbePlace['env']): boolean {
  const embedder = search.embedders[search.embedder];
  if (search.embedder === 'none') return true;
  if (embedder?.kind !== 'openai') return false;
  try {
    readApiKey(env, embedder.api_key_env);
    return false;
  } catch (error) {
    if (error instanceof ConfigError) return true;
    throw error;
  }
}
