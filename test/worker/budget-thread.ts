import { parentPort, workerData } from 'node:worker_threads';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { openBudget } from '../../worker/open-budget.ts';

// Spends until there is nothing left and tells how many calls it made.
const { root, capUsd } = workerData as { root: string; capUsd: number };
const settings = costSettingsSchema.parse({ prices: { pilot: { input_per_million: 1, output_per_million: 4 } } });
const budget = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd, settings });

let calls = 0;
for (;;) {
  const outcome = await budget.reserve({ lane: 'reader', model: 'pilot', mostInputTokens: 1_000, mostOutputTokens: 750 });
  if ('refused' in outcome) break;
  calls += 1;
  await outcome.settle({ inputTokens: 1_000, outputTokens: 750 });
}
parentPort!.postMessage(calls);
