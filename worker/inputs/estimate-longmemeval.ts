import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseQuestions, type ChosenRun } from '../../activities/longmemeval/plan.ts';
import type { Attempt } from '../../activities/ports.ts';
import { sha256 } from '../../adapters/digest.ts';
import { readHypotheses } from '../../adapters/longmemeval/hypothesis-file.ts';
import { readQuestion, scanDataset } from '../../adapters/longmemeval/scan-dataset.ts';
import { stageDataset } from '../../adapters/longmemeval/stage-dataset.ts';
import { temporaryName } from '../../adapters/scratch.ts';
import { priceCall, sumUsd, usdOf } from '../../domain/cost/index.ts';
import { expectCalls, type WorkAhead } from '../../domain/longmemeval/index.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';
import type { BudgetLane } from '../../schemas/vocabulary.ts';

/** What a run is expected to cost. */
export interface SpendingForecast {
  readonly questions: number;
  readonly lanes: readonly { readonly lane: BudgetLane; readonly model: string; readonly usd: number }[];
  readonly usd: number;
}

/** What the questions that are left to do are expected to cost, lane by lane; null where nothing that costs money is called. ConfigError for a model without a price. */
export async function estimateSpending(run: ChosenRun, cost: CostSettings): Promise<SpendingForecast | null> {
  // A dataset is not read for what is free.
  if (price(run, cost, { questions: 1, characters: 1_000 }).every(({ usd }) => usd === 0)) return null;
  const ahead = await workAhead(run);
  const lanes = price(run, cost, ahead);
  return { questions: ahead.questions, lanes, usd: sumUsd(lanes.map(({ usd }) => usd)) };
}

function price({ settings }: ChosenRun, cost: CostSettings, ahead: WorkAhead): SpendingForecast['lanes'] {
  return expectCalls(settings, ahead).map(({ lane, ...call }) => ({ lane, model: call.model, usd: usdOf(priceCall(cost, call)) }));
}

async function workAhead(run: ChosenRun): Promise<WorkAhead> {
  const scratch = join(tmpdir(), temporaryName());
  const world = { sha256, files: { scanDataset, readQuestion, readHypotheses } };
  try {
    const { pending } = await chooseQuestions(world, run, () => stageDataset(run.dataset.path, join(scratch, 'dataset')), UNDISTURBED);
    return { questions: pending.length, characters: pending.reduce((sum, { start, end }) => sum + end - start, 0) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const UNDISTURBED: Attempt = { throwIfStopped: () => undefined, report: () => undefined };
