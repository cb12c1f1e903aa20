import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openSlot } from '../../../adapters/bench/slot.ts';

/**
 * Does with a slot what each line says, and answers with a line of JSON: `take OWNER`, `enter OWNER MS`, `leave`, and `visit N`, which enters and leaves so
 * often and counts how often it was in, was refused, and was in while the file was there that says that somebody is alone.
 */
const [workspace = '', url = '', aloneFile = ''] = process.argv.slice(2);
const slot = openSlot(workspace, url);
let leave: () => void = () => undefined;

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, first = '', second = '0'] = line.split(' ');
  if (verb === 'take') say(await slot.take(first));
  if (verb === 'enter') {
    const entry = await slot.enter({ owner: first, mostMs: Number(second) });
    if (entry.isIn) leave = entry.leave;
    say({ isIn: entry.isIn });
  }
  if (verb === 'leave') {
    leave();
    say('left');
  }
  if (verb === 'visit') say(await visit(Number(first)));
}

async function visit(times: number): Promise<{ inside: number; refused: number; disturbed: number }> {
  const count = { inside: 0, refused: 0, disturbed: 0 };
  for (let time = 0; time < times; time += 1) {
    const entry = await slot.enter({ owner: `replay-${process.pid}`, mostMs: 60_000 });
    if (!entry.isIn) {
      count.refused += 1;
      continue;
    }
    const isAtFirst = existsSync(aloneFile);
    await new Promise((resolve) => setImmediate(resolve));
    if (isAtFirst || existsSync(aloneFile)) count.disturbed += 1;
    count.inside += 1;
    entry.leave();
  }
  return count;
}

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
