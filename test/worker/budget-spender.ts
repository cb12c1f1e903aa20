import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { openBudget } from '../../worker/open-budget.ts';

// Spends until there is nothing left, `lanes` calls at a time. What the provider charges stands in bills.log as soon as it is charged, whatever becomes
// of this process. With `kills` it is killed in the middle of that call, and nothing else that it was doing ends either.
const [root = '', capUsd = '0', lanes = '1', kills = 'never'] = process.argv.slice(2);
const settings = costSettingsSchema.parse({ prices: { pilot: { input_per_million: 1, output_per_million: 4 } } });
const budget = openBudget({ root, runId: 'tide-1', command: 'eval longmemeval', capUsd: Number(capUsd), settings });
const CALL = { lane: 'reader', model: 'pilot', mostInputTokens: 1_000, mostOutputTokens: 750 } as const;

let calls = 0;

process.stdout.write('ready\n');
process.stdin.once('data', () => void Promise.all(Array.from({ length: Number(lanes) }, spend)).then(() => process.exit(0)));

async function spend(_: unknown, lane: number): Promise<void> {
  for (let call = lane; ; call += 1) {
    const outcome = await budget.reserve(CALL);
    if ('refused' in outcome) return;
    // More than anybody would estimate, and never more than the most.
    const usage = { inputTokens: 900 + (call % 101), outputTokens: 600 + (call % 151) };
    appendFileSync(join(root, 'bills.log'), `${usage.inputTokens * 1_000 + usage.outputTokens * 4_000}\n`);
    calls += 1;
    if (calls === Number(kills)) process.kill(process.pid, 'SIGKILL');
    await outcome.settle(usage);
  }
}
