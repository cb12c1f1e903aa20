import {
  assembleReport,
  calibrateOnGold,
  settleEntities,
  settleQuery,
  trendRowOf,
  type GoldPair,
  type JudgedPair,
} from '../../domain/contradictions/index.ts';
import { sumUsd } from '../../domain/cost/index.ts';
import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import type { ContradictionsResult, ContradictionsRun } from '../contradictions-contract.ts';
import { countBatches } from './batches.ts';
import {
  foundName,
  outcomeName,
  readList,
  readPairs,
  readRun,
  type FoundBatch,
  type FoundQuery,
  type PairOrder,
  type PlacedPair,
  type SettledPair,
} from './run-files.ts';
import type { ContradictionsWorld } from './world.ts';

/** Writes the report of a run and its row of the trend, and says how it ended. A run ends once. */
export async function endContradictions(world: ContradictionsWorld, runId: string): Promise<ContradictionsResult> {
  const { files } = world;
  if (!files.has(runId, 'report')) files.write(runId, 'report', await reportOf(world, readRun(files, runId)));
  const report = files.read<ContradictionReport>(runId, 'report');
  files.write(runId, 'trend-row', trendRowOf(report));
  const { run_status } = report;
  return { run_id: runId, run_status, exit_code: run_status === 'ok' ? 0 : 2 };
}

/** A pair with what it came to, in the order of judging. */
interface EndedPair extends JudgedPair {
  readonly placed: PlacedPair;
  readonly settled: SettledPair;
}

async function reportOf(world: ContradictionsWorld, run: ContradictionsRun): Promise<ContradictionReport> {
  const { files, clock } = world;
  const { run_id: runId } = run;
  const order = files.read<PairOrder>(runId, 'order');
  const ended = readPairs(files, runId, order.pairs).map((placed, at) => endedPair(placed, files.read(runId, outcomeName(at))));
  const { found, searchUsd } = foundBy(world, run);
  const queries = found.map((query, number) => settleQuery({ ...query, pairs: ended.filter((each) => isOfQuery(each, number)) }));
  const ofEntities = ended.flatMap((each) => {
    const { owner } = each.placed;
    return owner.of === 'entity' ? [{ ...each, entity: owner.entity, attribute: owner.attribute }] : [];
  });
  const gold = readList<GoldPair>(files, runId, 'gold');
  const ofGold = ended.filter(({ placed }) => placed.owner.of === 'gold');
  const finished_at = clock.now();
  return assembleReport({
    run_id: runId,
    judge_model: run.judge.model,
    judge_snapshot: snapshotOf(ended),
    top_k: run.search.top_k,
    sampling: run.sampling,
    maxPairChars: run.max_pair_chars,
    queries,
    entities: order.entities === null ? null : settleEntities(order.entities, ofEntities),
    gold:
      gold.length === 0
        ? null
        : calibrateOnGold(gold.map(({ contradicts }, row) => ({ contradicts, outcome: ofGold[row]?.outcome ?? null }))),
    pairs: ended.filter(({ placed }) => placed.owner.of !== 'gold'),
    isOverBudget: ended.some(({ outcome }) => outcome === null) || found.some(({ state }) => state === 'not_evaluated'),
    cost_usd: await costOf(world, run, searchUsd),
    duration_ms: Math.max(0, Date.parse(finished_at) - Date.parse(run.started_at)),
    malformed_queries: run.queries.malformed,
    usage: usageOf(ended),
    dataset: {
      collection: run.search.collection,
      corpus_hash: order.corpus_hash,
      queries_name: run.queries.name,
      queries_sha256: run.queries.sha256,
    },
    started_at: run.started_at,
    finished_at,
    notices: noticesOf(run, ended),
  });
}

function endedPair(placed: PlacedPair, settled: SettledPair): EndedPair {
  return { placed, settled, pair: placed.pair, outcome: settled.outcome, isCacheHit: settled.source === 'cache' };
}

function isOfQuery({ placed: { owner } }: EndedPair, number: number): boolean {
  return owner.of === 'query' && owner.query === number;
}

function foundBy(
  { files }: ContradictionsWorld,
  { run_id: runId, queries }: ContradictionsRun,
): { found: FoundQuery[]; searchUsd: number } {
  const batches = Array.from({ length: countBatches(queries.count) }, (_, batch) => files.read<FoundBatch>(runId, foundName(batch)));
  return { found: batches.flatMap((batch) => batch.queries), searchUsd: sumUsd(batches.map(({ search_usd }) => search_usd)) };
}

/** Settled by the ledger, so that a reply that nobody got is paid for here, too. */
async function costOf(world: ContradictionsWorld, run: ContradictionsRun, searchUsd: number): Promise<ContradictionReport['cost_usd']> {
  const total = await world.budget(run).spentUsd();
  const embedding = Math.min(total, searchUsd);
  const { estimated_usd: estimated, cap_usd: cap } = run.budget;
  const estimate_note = `estimated ${estimated} at most, cap ${cap ?? 'none'}, US dollars; settled by what the providers report`;
  return { judge: Math.max(0, total - embedding), embedding, total, estimate_note };
}

/** The one model that answered; null where it is not known, or was not one alone. */
function snapshotOf(ended: readonly EndedPair[]): string | null {
  const [only = null, ...others] = new Set(ended.flatMap(({ settled }) => settled.snapshot ?? []));
  return others.length === 0 ? only : null;
}

function usageOf(ended: readonly EndedPair[]): ContradictionReport['usage'] {
  const sum = (field: 'input_tokens' | 'output_tokens' | 'calls'): number => ended.reduce((all, { settled }) => all + settled[field], 0);
  return { input_tokens: sum('input_tokens'), output_tokens: sum('output_tokens'), calls: sum('calls') };
}

function noticesOf({ queries: { malformed, name } }: ContradictionsRun, ended: readonly EndedPair[]): string[] {
  const lost = ended.filter(({ settled }) => !settled.is_kept).length;
  const unjudged = ended.filter(({ outcome }) => outcome === null).length;
  return [
    ...(malformed === 0 ? [] : [`${malformed} lines of ${name ?? 'the queries'} hold no query`]),
    ...(lost === 0 ? [] : [`${lost} verdicts could not be kept for later runs; they count in this one`]),
    ...(unjudged === 0 ? [] : [`${unjudged} pairs were not judged, because the cap was reached`]),
  ];
}
