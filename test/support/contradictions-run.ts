import { countBatches } from '../../activities/contradictions/batches.ts';
import { createContradictionsWork } from '../../activities/contradictions/work.ts';
import type { ContradictionsWorld } from '../../activities/contradictions/world.ts';
import type { ContradictionsResult, ContradictionsRun } from '../../activities/contradictions-contract.ts';
import type { Attempt } from '../../activities/ports.ts';
import { sha256 } from '../../adapters/digest.ts';
import type { GoldPair } from '../../domain/contradictions/index.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import { searchSettingsSchema } from '../../schemas/search-settings.ts';
import { createContradictionsWorld } from '../../worker/contradictions-world.ts';

/** What a run in this process is told beside its defaults. */
export interface DeskRun {
  readonly queries: readonly string[];
  readonly gold?: readonly GoldPair[];
  readonly capUsd?: number | null;
  readonly more?: Partial<ContradictionsRun>;
  readonly world?: Partial<ContradictionsWorld>;
}

/** How a run in this process ended. */
export interface EndedContradictions {
  readonly result: ContradictionsResult;
  readonly report: ContradictionReport;
  readonly run: ContradictionsRun;
  readonly pairs: number;
}

/** An attempt that nobody stops. */
const UNDISTURBED: Attempt = { throwIfStopped: () => undefined, report: () => undefined };

/** Pairs that are with the judge at once. */
const WINDOW = 4;

let runs = 0;

/** Does a run over a collection of a workspace without an engine: candidates, pairs several at once, report. */
export async function runContradictions(
  place: { readonly workspace: string; readonly collection: string; readonly judgeUrl: string },
  { queries, gold = [], capUsd = null, more = {}, world: changed = {} }: DeskRun,
): Promise<EndedContradictions> {
  runs += 1;
  const run_id = `contradictions-${String(runs).padStart(4, '0')}`;
  const lines = queries.map((query) => JSON.stringify(query));
  const run: ContradictionsRun = {
    run_id,
    started_at: '2026-03-02T08:00:00.000Z',
    search: {
      collection: place.collection,
      retriever: 'builtin',
      strategy: 'keyword',
      mode: null,
      top_k: 5,
      knobs: {},
      settings: searchSettingsSchema.parse({}),
      base: place.workspace,
      environment: {},
    },
    judge: { base_url: place.judgeUrl, model: 'quay-judge', api_key_env: null },
    sampling: 'deterministic',
    max_pair_chars: 1_500,
    cache: 'on',
    max_entity_pairs: null,
    queries: { name: 'queries.txt', sha256: sha256(lines.join('\n')), count: lines.length, malformed: 0 },
    budget: {
      command: 'eval contradictions',
      cap_usd: capUsd,
      estimated_usd: 0,
      cost: costSettingsSchema.parse({ prices: { 'quay-judge': { input_per_million: 1, output_per_million: 1 } } }),
    },
    code: { version: '1', commit: null, is_dirty: null },
    ...more,
  };
  const world = { ...createContradictionsWorld({ workspace: place.workspace, env: {} }), ...changed };
  world.files.writeLines(run_id, 'queries', lines);
  world.files.writeLines(
    run_id,
    'gold',
    gold.map((pair) => JSON.stringify(pair)),
  );
  world.files.write(run_id, 'run', run);
  const work = createContradictionsWork(world);
  for (let batch = 0; batch < countBatches(lines.length); batch += 1) await work.findCandidates({ run_id, batch }, UNDISTURBED);
  const { pairs } = await work.orderPairs({ run_id }, UNDISTURBED);
  let next = 0;
  const judgeOn = async (): Promise<void> => {
    while (next < pairs) {
      const pair = next;
      next += 1;
      await work.judgePair({ run_id, pair }, UNDISTURBED);
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, judgeOn));
  const result = await work.endContradictions({ run_id }, UNDISTURBED);
  return { result, report: world.files.read<ContradictionReport>(run_id, 'report'), run, pairs };
}
