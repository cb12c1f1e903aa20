import { createInterface } from 'node:readline';
import { startProduction, type Call, type Fault } from './production-server.ts';

/**
 * The reference production system as a process of its own. It prints its URL, then takes one order a line and answers each with the state as JSON:
 * `fault <call> <fault>`, `mend <call>`, `batch begin`, `batch end`, `restart`, `down`, `up`, `state`.
 */
const production = await startProduction();
process.stdout.write(`${production.url}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const [order, ...words] = line.trim().split(' ');
  await obey(order ?? '', words);
  const { pid, isPaused, batches } = production.state;
  process.stdout.write(`${JSON.stringify({ pid, paused: isPaused, batches, calls: production.calls })}\n`);
}
await production.close();

async function obey(order: string, [first = '', second = '']: readonly string[]): Promise<void> {
  if (order === 'fault') production.faults[first as Call] = /^\d+$/.test(second) ? Number(second) : (second as Fault);
  if (order === 'mend') delete production.faults[first as Call];
  if (order === 'batch') production.state.batches += first === 'begin' ? 1 : -1;
  if (order === 'restart') production.state.restart();
  if (order === 'down') await production.goDown();
  if (order === 'up') await production.comeUp();
}
