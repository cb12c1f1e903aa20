import { join } from 'node:path';
import type { Ports } from '../activities/ports.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256, sha256Of, startSha256 } from '../adapters/digest.ts';
import { openOutputFolder } from '../adapters/files/output-folder.ts';
import { openRunFolder } from '../adapters/files/run-folder.ts';
import { openVerdicts } from '../adapters/files/verdicts.ts';
import { openLake } from '../adapters/lake/lake.ts';
import { readEvaluationSet } from '../adapters/sources/evaluation-sets.ts';
import { planSources } from '../adapters/sources/plan-sources.ts';
import { readPart } from '../adapters/sources/read-part.ts';
import { SOURCE_ADAPTERS } from '../adapters/sources/registry.ts';

/** Limits of one DuckDB; there is one for each activity at work. */
export interface LakeLimits {
  readonly threads: number;
  readonly memoryMb: number;
}

/** The world as activities see it, for one workspace. */
export function createPorts(workspace: string, limits: LakeLimits): Ports {
  const lakeRoot = join(workspace, 'lake');
  return {
    clock: { now, nowMs },
    digests: { sha256, sha256Of, startSha256 },
    sources: {
      plan: planSources,
      read: readPart,
      normalize: (adapter, record, context) => SOURCE_ADAPTERS[adapter].normalize(record, context),
    },
    lake: openLake(lakeRoot, limits),
    evaluationSets: { read: readEvaluationSet },
    verdicts: openVerdicts(workspace),
    runs: openRunFolder(lakeRoot),
    output: openOutputFolder(workspace),
    // Loaded when a set is asked for in this format.
    arrow: {
      writeStream: async (set, lines, path) => (await import('../adapters/arrow/write-stream.ts')).writeArrowStream(set, lines, path),
    },
    // Loaded when the first run ends: the charting library would cost every thread 150 ms and 40 MB before its first row.
    renderRun: async (report) => (await import('../reports/distill/render-run.ts')).renderRun(report),
    renderCard: async (facts) => (await import('../reports/distill/dataset-card.ts')).writeDatasetCard(facts),
  };
}
