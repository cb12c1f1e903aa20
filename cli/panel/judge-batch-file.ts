import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chooseItems } from '../../activities/panel/choose-items.ts';
import type { PanelBatchResult, PanelBatchRun } from '../../activities/panel-contract.ts';
import { readTextLines } from '../../adapters/text-lines.ts';
import { openWorkStore, type WorkStore } from '../../adapters/work-store.ts';
import { capOf } from '../../domain/cost/index.ts';
import type { PanelBatch } from '../../schemas/panel-batch.ts';
import { estimatePanelUsd, panelFrame } from '../../worker/inputs/panel-setup.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { WorkWords } from '../follow-work.ts';
import { glossaryBelow } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import type { ShownProgress } from '../progress.ts';
import { startWork } from '../start-work.ts';
import { PANEL_COMMAND, panelChoices, USUAL_CAP_USD, type PanelOptions } from './panel-options.ts';
import { panelFigures } from './tell-agreement.ts';
import { tellForecast } from './tell-forecast.ts';
import { tellPanelBatch } from './tell-panel-batch.ts';
import { writePanelReport } from './write-panel-report.ts';

const USUAL_LIMIT = 10;
const USUAL_CONCURRENT = 3;

const WORDS: WorkWords = {
  stopping: 'stopping when the judges that are asked have answered; interrupt again to end at once …',
  terminated: '',
  remedy: 'What judges have answered is kept: run the same command again to go on.',
};

/** Has every answer of a file judged, as a workflow: killed and run again it goes on, and pays for nothing twice. */
export async function judgeBatchFile(io: Io, given: string, options: PanelOptions): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config } = loadConfig(io, workspaceDir, options);
  const frame = panelFrame(config, io.env, panelChoices(options, 1));
  const path = resolve(io.cwd, given);
  const calibration = options.calibration === undefined ? null : { path: resolve(io.cwd, options.calibration), sha256: null };
  const limit = options.limit ?? USUAL_LIMIT;
  const chosen = await chooseItems({ readLines: readTextLines }, { batch: { path, sha256: null }, limit, calibration });
  const labelled = chosen.items.filter(({ label }) => label !== null).length;
  const calls = (chosen.items.length - labelled) * frame.cycles + labelled;
  const usd = estimatePanelUsd(frame, config.cost, calls);
  const capUsd = capOf(config.cost, PANEL_COMMAND, { flagUsd: options.maxUsd, defaultUsd: USUAL_CAP_USD });
  io.err(tellForecast(frame.judges, { calls: calls * frame.judges.length, usd, capUsd }));
  const estimate = { what: 'the batch', usd, capUsd };
  if ((await askToSpend(io, { estimates: [estimate], isYes: options.yes === true })) === 'refused') return EXIT.impossible;
  const asked = {
    ...frame,
    batch: { path, sha256: chosen.batch_sha256 },
    limit,
    concurrent: options.concurrent ?? USUAL_CONCURRENT,
    calibration: calibration === null ? null : { ...calibration, sha256: chosen.calibration_sha256 },
    output: resolve(io.cwd, options.output ?? `cross-modal-batch-${chosen.batch_sha256.slice(0, 8)}.json`),
  };
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, async (session) => {
    const store = openWorkStore(session.workspace.root, 'panel');
    const result = await startWork<PanelBatchResult>(io, session, {
      workflow: 'panelBatch',
      prefixes: { workflow: 'panel', run: 'panel' },
      decidedBy: { ...asked, cost: config.cost, capUsd },
      giveUpAfterMs: config.engine.give_up_after_s * 1000,
      inputOf: (begun) => {
        const frame = { run_id: begun.run_id, command: PANEL_COMMAND, cap_usd: capUsd };
        const run: PanelBatchRun = {
          ...asked,
          ...begun,
          budget: { cost: config.cost, frame, estimated_usd: usd },
          heartbeat_timeout_ms: config.engine.heartbeat_timeout_s * 1000,
        };
        return { run };
      },
      progress: (id) => progressOf(store, id, calls * frame.judges.length),
      words: WORDS,
    });
    if (result === null) return EXIT.interrupted;
    await showBatch(io, store.read<PanelBatch>(result.run_id, 'report'), { options, capUsd, output: asked.output });
    return result.exit_code;
  });
}

/** Calls that have ended, of all. */
function progressOf(store: WorkStore, runId: string, total: number): ShownProgress | undefined {
  if (!store.has(runId, 'plan')) return undefined;
  const folders = ['calls', 'failed'].map((name) => join(store.folder(runId), name)).filter((folder) => existsSync(folder));
  const done = folders.reduce((sum, folder) => sum + readdirSync(folder).filter((name) => name.endsWith('.json')).length, 0);
  return { run_id: runId, stage: 'judges', done: Math.min(done, total), total, rows: 0, paused: null };
}

async function showBatch(
  io: Io,
  summary: PanelBatch,
  { options, capUsd, output }: { readonly options: PanelOptions; readonly capUsd: number | null; readonly output: string },
): Promise<void> {
  if (options.report !== undefined) await writePanelReport(io, options.report, summary);
  io.err(`summary ${plain(output)}`);
  io.out(
    options.json === true
      ? JSON.stringify(summary, null, 2)
      : tellPanelBatch(summary, capUsd) + glossaryBelow(options, panelFigures(summary.calibration !== undefined)),
  );
}
