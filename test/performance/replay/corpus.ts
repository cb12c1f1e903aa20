import { readPlaybooks } from '../../../adapters/files/playbook-file.ts';
import { compareCodePoints } from '../../../domain/shared/code-point-order.ts';
import { createRandom, deriveSeed } from '../../../domain/shared/random.ts';
import type { RagRow } from '../../../schemas/export-rows.ts';

const SEED = 20_260_302;
const MOST_LINES = 8;
const TASKS = 60;

/** Playbooks of a file, by id: as many as wanted, those that are missing put together from lines of the real ones; and tasks for them. */
export async function readCorpus(path: string, size: number): Promise<{ readonly rows: RagRow[]; readonly tasks: string[] }> {
  const real = (await readPlaybooks(path)).rows.toSorted((left, right) => compareCodePoints(left.id, right.id));
  const lines = real.flatMap(({ content }) => content.split(/(?<=[.!?])\s+|\n+/)).filter((line) => line.length > 20);
  const random = createRandom(deriveSeed(SEED, 'rows'));
  const pick = (): string => lines[random.int(lines.length)]!;
  const rows = real.slice(0, size);
  for (let number = rows.length; number < size; number += 1) {
    const like = real[random.int(real.length)]!;
    const content = [like.title, ...Array.from({ length: 1 + random.int(MOST_LINES) }, pick), `Berth ${number}.`].join('\n');
    rows.push({ ...like, id: `made-${String(number).padStart(7, '0')}`, content });
  }
  const chosen = createRandom(deriveSeed(SEED, 'tasks'));
  const tasks = Array.from({ length: TASKS }, () => `${real[chosen.int(real.length)]!.title} ${lines[chosen.int(lines.length)]!}`);
  return { rows, tasks };
}
