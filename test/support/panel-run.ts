import { join } from 'node:path';
import { askPanel } from '../../domain/panel/index.ts';
import { SharedCap } from '../../domain/budget/index.ts';
import { createPanelWork } from '../../activities/panel/work.ts';
import type { PanelWorld } from '../../activities/panel/world.ts';
import type { PanelBatchResult, PanelBatchRun } from '../../activities/panel-contract.ts';
import type { Attempt } from '../../activities/ports.ts';
import { configSchema } from '../../schemas/config.ts';
import { panelBatchSchema, type PanelBatch } from '../../schemas/panel-batch.ts';
import { panelFrame, type PanelChoices } from '../../worker/inputs/panel-setup.ts';
import { createPanelWorld } from '../../worker/panel-world.ts';
import type { ServedJudges } from './panel-judges.ts';

/** How a batch in this process ended. */
export interface EndedBatch {
  readonly result: PanelBatchResult;
  readonly summary: PanelBatch;
  readonly run: PanelBatchRun;
}

/** What a batch is done with, where a test does not say otherwise. */
export interface BatchWish extends Partial<PanelChoices> {
  readonly run?: Partial<PanelBatchRun>;
  readonly capUsd?: number | null;
  readonly price?: Parameters<ServedJudges['config']>[0];
  readonly world?: Partial<PanelWorld>;
}

const UNDISTURBED: Attempt = { throwIfStopped: () => undefined, report: () => undefined };
let runs = 0;

/** The input of a batch over judges that are served. */
export function batchRun(judges: ServedJudges, path: string, wish: BatchWish = {}): PanelBatchRun {
  const config = configSchema.parse(judges.config(wish.price));
  const { run: more, capUsd = null, price: _price, world: _world, ...choices } = wish;
  runs += 1;
  const run_id = `panel-${String(runs).padStart(4, '0')}`;
  return {
    ...panelFrame(config, {}, { dimensions: ['correctness', 'completeness'], cycles: 1, maxTokens: 400, isBlind: false, ...choices }),
    run_id,
    started_at: '2026-03-02T08:00:00.000Z',
    batch: { path, sha256: null },
    limit: null,
    concurrent: 2,
    calibration: null,
    output: null,
    budget: { cost: config.cost, frame: { run_id, command: 'eval cross-modal', cap_usd: capUsd }, estimated_usd: null },
    ...more,
  };
}

/** Does a batch as its workflow does, one item after the other, with waits between attempts left out. */
export async function judgeRows(folder: string, judges: ServedJudges, path: string, wish: BatchWish = {}): Promise<EndedBatch> {
  const run = batchRun(judges, path, wish);
  const world = {
    ...createPanelWorld({ workspace: join(folder, 'workspace'), env: {} }),
    wait: () => Promise.resolve(),
    ...wish.world,
  };
  const work = createPanelWork(world);
  const { items, labelled } = await work.planPanel(run, UNDISTURBED);
  const cap = new SharedCap();
  for (let item = 0; item < items; item += 1) {
    const round = {
      item,
      cycles: item < labelled ? 1 : run.cycles,
      judges: run.judges.map(({ id }) => id),
      positions: ['scores'] as const,
    };
    const ask = (call: Parameters<Parameters<typeof askPanel>[1]>[0]) =>
      cap.ask(() => work.askJudge({ run_id: run.run_id, call }, UNDISTURBED));
    if ((await askPanel(round, ask)) === 'over_budget') break;
  }
  const result = await work.endPanelBatch(run, UNDISTURBED);
  return { result, summary: panelBatchSchema.parse(world.files.read(run.run_id, 'report')), run };
}
