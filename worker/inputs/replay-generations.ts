import type { Corpus } from '../../activities/replay/replay-world.ts';
import { openTraceLake } from '../../adapters/lake/trace-lake.ts';

/** How many times model output was fed back on the way to rows of an export, as the evidence of its run says. A named file has no run to ask. */
export async function generationsOf(
  workspace: string,
  { runId }: Pick<Corpus, 'runId'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const generations = new Map<string, number>();
  if (runId === null) return generations;
  const lake = await openTraceLake(workspace, runId);
  try {
    for (const id of ids) {
      const generation = (await lake.evidence<{ readonly generation: number }>(id))?.row.generation;
      if (generation !== undefined) generations.set(id, generation);
    }
    return generations;
  } finally {
    lake.close();
  }
}
