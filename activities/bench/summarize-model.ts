import {
  countCallErrors,
  countItems,
  DRAIN_START,
  followDrain,
  hasTooManyFailed,
  isMostlyInfrastructure,
  isSameCard,
  judgeModel,
  measureGates,
  measureSelfConsistency,
  measureSources,
  summarizeJudge,
  type EventVectors,
  type GateThresholds,
  type ItemCounts,
  type ModelFault,
  type ModeMeans,
} from '../../domain/bench/index.ts';
import { type ModelPlan } from '../../domain/bench-steps/index.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { ModelCard, ModelSummary } from '../../schemas/bench-model-summary.ts';
import type { RunManifest } from '../../schemas/bench-run-file.ts';
import type { ModelVerdict } from '../../schemas/vocabulary.ts';
import type { BenchRunInput, ModelOutcome } from '../bench-contract.ts';
import { cardName, type StoredCard } from './read-card.ts';
import { readVectors, repeatName, repeatsName } from './embed.ts';
import { judgingSoFar } from './judge-batch.ts';
import { repeatedCalls } from './note-call.ts';
import { MANIFEST, PLAN } from './open-run.ts';
import { retrievalName, type StoredRetrieval } from './score-retrieval.ts';
import type { BenchWorld } from './world.ts';

/** Makes the summary of a model from what its run has kept: gates, retrieval, repeats, judge, cards, and the verdict on all of it. */
export async function summarizeModel(
  world: BenchWorld,
  { run, outcome }: { readonly run: BenchRunInput; readonly outcome: ModelOutcome },
): Promise<{ readonly verdict: ModelVerdict }> {
  const { runs } = world;
  const { model } = outcome;
  const plan = runs.read<ModelPlan>(run.run_id, PLAN);
  const manifest = runs.read<RunManifest>(run.run_id, MANIFEST);
  const attempts = runs.readAttempts(run.run_id, model);
  const repeats = repeatVectors(world, run.run_id, model, attempts);
  const consistency = measureSelfConsistency(repeats);
  const retrieval = readOptional<StoredRetrieval>(world, run.run_id, retrievalName(world, model));
  const cards = readOptional<StoredCard>(world, run.run_id, cardName(world, model));
  const queue = queueOf(attempts, plan);
  const judge =
    run.settings.judge === null || outcome.errors.length > 0
      ? null
      : await judgingSoFar(world, { run, model }).then(({ sample, canaries }) => summarizeJudge(sample, canaries));
  const errors = [...outcome.errors, ...consistency.errors, ...(retrieval?.errors ?? [])];
  const gates = measureGates(attempts, consistency);
  const faults: ModelFault[] = [
    ...(errors.length > 0 ? (['model_errors'] as const) : []),
    ...(hasTooManyFailed(queue.counts, run.settings.max_failed_share) ? (['queue_failed_items'] as const) : []),
    ...(queue.isDrained ? [] : (['queue_drain_timeout'] as const)),
    ...(outcome.prod_restart === null ? [] : (['prod_restart'] as const)),
    ...(outcome.is_lease_lost ? (['lease_lost'] as const) : []),
    ...(isChanged(cards) ? (['model_card_changed'] as const) : []),
  ];
  const bySource = new Map((retrieval?.by_source ?? []) as readonly (readonly [string, ModeMeans])[]);
  const adversarial = attempts.filter(({ stratum }) => stratum === 'adversarial');
  const stateOf = await world.trust().catch(() => undefined);
  const card = cards?.before ?? null;
  const summary: ModelSummary = {
    record_type: 'model_summary',
    run_id: run.run_id,
    model: { id: model },
    events_attempted: new Set(attempts.filter(({ purpose }) => purpose === 'main').map(({ event }) => event.event_id)).size,
    attempts_total: attempts.length,
    gates,
    system_peak: peakOf(attempts),
    cooldown_timeout: false,
    process_ready_ms: cards?.ready_ms ?? null,
    queue_drain_wall_clock_sec: drainSeconds(attempts),
    downstream_proxy: retrieval?.proxy ?? {},
    prod_brain_restarted_during_bench: outcome.prod_restart !== null,
    timeout_during_drain: !queue.isDrained,
    errors,
    ...judgeModel({
      gates,
      thresholds: run.settings.gate_thresholds as GateThresholds,
      faults,
      isInfrastructure: isMostlyInfrastructure(attempts),
    }),
    // The judge's canaries are of no source of the corpus.
    per_source: measureSources(
      attempts.filter(({ purpose }) => purpose !== 'judge'),
      repeats,
      bySource,
    ),
    adversarial:
      adversarial.length === 0
        ? {}
        : { gates: measureGates(attempts, { mean: null, min: null }, 'adversarial'), modes: {}, n: adversarial.length },
    judge,
    call_errors: countCallErrors(attempts),
    queue: queue.counts,
    model_card_before: card,
    model_card_after: cards?.after ?? null,
    repeated_calls: repeatedCalls(world, run.run_id, model),
    bt29_state:
      stateOf?.({
        modelId: model,
        cardDigest: card === null ? null : (card.digest ?? card.raw_sha256),
        comparabilityKey: manifest.comparability_key,
        mode: run.settings.mode,
      }).text ?? 'BT-29 deferred',
  };
  runs.write(run.run_id, summaryName(world, model), summary);
  return { verdict: summary.verdict };
}

export function summaryName({ runs }: BenchWorld, model: string): string {
  return `summary-${runs.slug(model)}`;
}

function readOptional<Value>({ runs }: BenchWorld, runId: string, name: string): Value | undefined {
  return runs.has(runId, name) ? runs.read<Value>(runId, name) : undefined;
}

/** The card that a resumed run found must be the one it began with, too. */
function isChanged(cards: StoredCard | undefined): boolean {
  if (cards === undefined) return false;
  const seen = [cards.before, ...cards.resumed, ...(cards.after === null ? [] : [cards.after])];
  return seen.some((card: ModelCard) => !isSameCard(cards.before, card));
}

function repeatVectors(world: BenchWorld, runId: string, model: string, attempts: readonly BenchAttempt[]): EventVectors[] {
  const vectors = readVectors(world, runId, repeatsName(world, model));
  const events = new Map<string, { event_id: string; source: string; vectors: (readonly number[])[] }>();
  for (const attempt of attempts) {
    const vector = attempt.purpose === 'self_consistency' ? vectors[repeatName(attempt)] : undefined;
    if (vector === undefined) continue;
    const { event_id, source } = attempt.event;
    const event = events.get(event_id) ?? { event_id, source, vectors: [] };
    event.vectors.push(vector);
    events.set(event_id, event);
  }
  return [...events.values()];
}

/** The work of the main pass, as a queue: one item an event. It stands still by now, so a second look at it sees what the first one saw. */
function queueOf(attempts: readonly BenchAttempt[], plan: ModelPlan): { readonly counts: ItemCounts; readonly isDrained: boolean } {
  const main = attempts.filter(({ purpose }) => purpose === 'main');
  const failed = main.filter(({ call_error_kind: kind }) => kind !== null).length;
  const pending = Math.max(0, plan.main_calls - main.length);
  const queues = [{ name: 'main', active: true, pending, processing: 0, done: main.length - failed, failed, skipped: 0 }];
  const drain = followDrain(followDrain(DRAIN_START, queues), queues);
  return { counts: countItems(queues), isDrained: drain.state === 'drained' };
}

/** From the first call of the main pass to the end of the last. */
function drainSeconds(attempts: readonly BenchAttempt[]): number | null {
  const times = attempts.filter(({ purpose }) => purpose === 'main').map(({ timestamps }) => timestamps);
  if (times.length === 0) return null;
  const begin = Math.min(...times.map(({ start_ts_ms: start }) => start));
  const end = Math.max(...times.map(({ start_ts_ms: start, total_ms: total }) => start + (total ?? 0)));
  return (end - begin) / 1000;
}

function peakOf(attempts: readonly BenchAttempt[]): ModelSummary['system_peak'] {
  const loads = attempts.map(({ system_snapshot: load }) => load).filter((load) => 'load_avg_1m' in load);
  if (loads.length === 0) return {};
  const extreme = (name: keyof (typeof loads)[number], pick: (...values: number[]) => number): number | null => {
    const known = loads.map((load) => load[name]).filter((value) => value !== null);
    return known.length === 0 ? null : pick(...known);
  };
  return {
    inference_rss_mb: extreme('inference_rss_mb', Math.max),
    inference_cpu_pct: extreme('inference_cpu_pct', Math.max),
    load_avg_1m: extreme('load_avg_1m', Math.max),
    mem_free_mb: extreme('mem_free_mb', Math.min),
  };
}
