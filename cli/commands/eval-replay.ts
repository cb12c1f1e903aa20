import { resolve } from 'node:path';
import { now } from '../../adapters/clock.ts';
import { readRows, readTextFile } from '../../adapters/gate/read-rows.ts';
import { replayRows } from '../../activities/gate/replay.ts';
import { summarizeReplay, worstRows } from '../../domain/gate/index.ts';
import { REPLAY_METRICS } from '../../domain/glossary/index.ts';
import { renderReplay } from '../../reports/replay/render-replay.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { ReplayReport, ReplayResult } from '../../schemas/replay-report.ts';
import { tellReport } from '../bench/tell-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { attestRows } from '../gate/attest-rows.ts';
import { interruptible } from '../gate/interruptible.ts';
import { replayMeta } from '../gate/report-meta.ts';
import { openScene, type OpenRetriever, type SearchSceneOptions } from '../gate/search-scene.ts';
import { tellReplay } from '../gate/tell-replay.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { VERSION } from '../version.ts';

export interface EvalReplayOptions extends SearchSceneOptions, GlossaryChoice {
  readonly against: string;
  readonly limit?: number;
  readonly topRegressions: number;
  readonly compareLimit?: number;
  readonly verbose?: boolean;
  readonly explain?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

/** `lauter eval replay`: puts captured searches again and measures how far they answer as they did; 2 when none of them could be replayed. */
export async function evalReplay(io: Io, options: EvalReplayOptions, open?: OpenRetriever): Promise<ExitCode> {
  const startedAt = now();
  const source = readTextFile(resolve(io.cwd, options.against), options.against);
  const rows = readRows(source).slice(0, options.limit);
  const attestation = attestRows(source);
  const scene = openScene(io, 'eval replay', options, open);
  const { collection, retriever } = scene;
  return interruptible(io, async (signal) => {
    try {
      io.err(`replaying ${formatAmount(rows.length, 'row')} on ${plain(collection)}`);
      const { mode, compareLimit, set: knobs } = options;
      const plan = { collection, mode, compareLimit, knobs, signal };
      const replayed = await replayRows(await scene.openForReplay(), rows, plan);
      const summary = summarizeReplay(replayed);
      const all = replayed.map(({ result }) => result);
      const _meta = await replayMeta(io, scene, options.against, summary, {
        queries: all.map(({ query }) => query),
        degraded: replayed.flatMap(({ meta }) => (meta === null ? [] : [meta.degraded])),
        startedAt,
      });
      const report: ReplayReport = { schema_version: 1, summary, ...resultsFor(options, all), ...attestation, _meta };
      if (options.report !== undefined) {
        const facts = { file: options.against, collection, retriever, lauterVersion: VERSION };
        tellReport(io, options.report, renderReplay({ ...report, results: all }, worstRows(all, all.length), facts));
      }
      const isExplained = options.explain === true;
      const told = (): string => tellReplay(report, all, options.topRegressions, isExplained) + glossaryBelow(options, REPLAY_METRICS);
      io.out(options.json === true ? JSON.stringify(report, null, 2) : told());
      return summary.rows_replayed > 0 ? EXIT.accepted : EXIT.impossible;
    } finally {
      await scene.close();
    }
  });
}

/** Rows are shown when asked for, and where each page went when that is asked for. */
function resultsFor({ verbose, explain }: EvalReplayOptions, all: readonly ReplayResult[]): Pick<ReplayReport, 'results'> {
  if (explain === true) return { results: [...all] };
  return verbose === true ? { results: all.map(withoutMovement) } : {};
}

function withoutMovement(result: ReplayResult): ReplayResult {
  const { movement: _, ...rest } = result;
  return rest;
}
