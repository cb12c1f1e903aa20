import { enrichmentPromptHash, judgePromptHash, qaContentHash, tuningHash, type Tuning } from '../../domain/bench/index.ts';
import { type ModelPlan } from '../../domain/bench-steps/index.ts';
import { comparabilityKey } from '../../domain/shared/comparability-key.ts';
import { CANDIDATE_POOL, RRF_K } from '../../domain/search/index.ts';
import type { RunManifest } from '../../schemas/bench-run-file.ts';
import { JUDGE_DIMENSIONS } from '../../schemas/vocabulary.ts';
import type { BenchActivities, BenchRunInput } from '../bench-contract.ts';
import type { OpenCorpus } from './open-corpus.ts';
import { noteInterruption } from './note-call.ts';
import { notePausedTime, pausedTimes } from './paused-time.ts';
import { plannedCalls } from './planned-calls.ts';
import { RESULTS } from './score-retrieval.ts';
import { scoreableQuestions } from './scoreable-questions.ts';
import type { BenchWorld } from './world.ts';

type Opening = Parameters<BenchActivities['openBenchRun']>[0];

export const MANIFEST = 'manifest';

/** Writes down what the run is. A run that goes on after it was cut off stays what it was; only its lease, its slot and its preflight are of now. */
export async function openBenchRun(world: BenchWorld, { run, checks, lease, slot_token }: Opening): Promise<ModelPlan> {
  const { runs, clock } = world;
  if (run.sweep === null && !runs.has(run.run_id, 'input')) runs.write(run.run_id, 'input', run);
  const isKnown = runs.has(run.run_id, MANIFEST);
  // Before preflight is through there may be no corpus to speak of.
  const isAborted = checks.some(({ status }) => status === 'abort');
  const corpus = isAborted ? undefined : await world.corpus(run.settings.corpus_version);
  const manifest = isKnown ? runs.read<RunManifest>(run.run_id, MANIFEST) : await newManifest(world, run, corpus);
  // Each part takes the slot once; a run without a production has no lease to tell them apart by.
  const isNewPart = isKnown && slot_token !== null && manifest.slot_token !== null && manifest.slot_token !== slot_token;
  if (isNewPart) {
    noteInterruption(runs, run.run_id, { at_iso: clock.now(), kind: 'resumed' });
    runs.markReused(run.run_id);
    if (manifest.lease !== null) notePauseThatWasCutOff(world, run, manifest.lease);
  }
  runs.write(run.run_id, MANIFEST, {
    ...manifest,
    preflight_checks: [...checks],
    lease: lease ?? manifest.lease,
    slot_token: slot_token ?? manifest.slot_token,
  } satisfies RunManifest);
  const plan = await planOf(world, run, corpus);
  runs.write(run.run_id, PLAN, plan);
  return plan;
}

/** A part that was terminated could not tell for how long it had kept production paused; when its lease was ended is known. */
function notePauseThatWasCutOff({ runs, lastResume }: BenchWorld, run: BenchRunInput, lease: NonNullable<RunManifest['lease']>): void {
  const resumed = lastResume();
  if (resumed?.token !== lease.token || pausedTimes(runs, run.run_id)[lease.token] !== undefined) return;
  const startMs = Date.parse(lease.deadline_iso) - run.settings.max_pause_s * 1000;
  notePausedTime(runs, run.run_id, lease.token, Math.max(0, Date.parse(resumed.at) - startMs) / 1000);
}

export const PLAN = 'plan';

async function planOf(world: BenchWorld, run: BenchRunInput, corpus: OpenCorpus | undefined): Promise<ModelPlan> {
  const calls = (purpose: Parameters<typeof plannedCalls>[2]): number =>
    corpus === undefined ? 0 : plannedCalls(run, corpus, purpose, world.sha256).length;
  return {
    main_calls: calls('main'),
    self_consistency_calls: calls('self_consistency'),
    warmup_calls: calls('warmup'),
    has_embeddings: run.settings.embedding_model !== null,
    has_questions: corpus !== undefined && run.settings.qa !== null && (await scoreableQuestions(world, run)).length > 0,
  };
}

async function newManifest(world: BenchWorld, run: BenchRunInput, corpus: OpenCorpus | undefined): Promise<RunManifest> {
  const { sha256 } = world;
  const { settings } = run;
  const questions = settings.qa === null || corpus === undefined ? null : await world.questions(settings.qa);
  const scoreable = questions === null ? null : (await scoreableQuestions(world, run)).length;
  const tuning = tuningOf(run);
  const prompt_hash = enrichmentPromptHash(sha256);
  const qa_content_hash = questions === null ? null : qaContentHash(questions.rows, sha256);
  const corpus_content_hash = corpus?.contentHash ?? 'not read';
  const overlay_hash = corpus?.overlayHash ?? null;
  const compared = { corpus_content_hash, overlay_hash, qa_content_hash, embedding_model: settings.embedding_model, prompt_hash };
  const [load1, load5] = world.loadAverages();
  const production = settings.production_url === null ? null : await world.health(settings.production_url);
  const health = production?.kind === 'answered' ? production.body : null;
  return {
    record_type: 'run_manifest',
    schema: 'lauter.run/1',
    run_id: run.run_id,
    started_at_iso: run.started_at,
    finished_at_iso: null,
    bench_version: run.code.version,
    host: world.host(),
    preflight_checks: [],
    candidate_models: [...run.models],
    corpus_version: settings.corpus_version,
    corpus_content_hash,
    corpus_schema_version: corpus?.schemaVersion ?? 'not read',
    eval_qa_version: settings.qa === null ? null : labelOf(settings.qa),
    embedding_model: settings.embedding_model,
    gate_thresholds: settings.gate_thresholds,
    self_consistency_spec: { ...settings.self_consistency, temperature: settings.temperature, seed: settings.seeds.self_consistency },
    inference_backend_version: null,
    host_baseline: { load_avg_1m_at_start: load1, load_avg_5m_at_start: load5 },
    prod_state_at_start: {
      brain_pid: health?.pid ?? null,
      brain_paused: health?.paused ?? null,
      daemon_pid: null,
      daemon_running: null,
    },
    sweep_id: run.sweep?.id ?? null,
    sweep_index: run.sweep?.index ?? null,
    overlay_hash,
    qa_content_hash,
    qa_total: questions?.rows.length ?? null,
    qa_scoreable: scoreable,
    qa_filtered_count: questions === null || scoreable === null ? null : questions.rows.length - scoreable,
    prompt_hash,
    tuning: tuning as RunManifest['tuning'],
    tuning_hash: tuningHash(tuning, sha256),
    comparability_key: comparabilityKey({ ...compared, tuning_hash: tuningHash(tuning, sha256) }, sha256),
    temperature: settings.temperature,
    top_p: settings.top_p,
    max_tokens: settings.max_tokens,
    sampling_seed_mode: 'none',
    seeds: settings.seeds,
    inference_url: settings.base_url,
    judge:
      settings.judge === null
        ? null
        : {
            model: settings.judge.model,
            prompt_hash: judgePromptHash(sha256),
            sample_size: settings.judge.sample_size,
            dimensions: [...JUDGE_DIMENSIONS],
          },
    git_commit: run.code.commit,
    git_dirty: run.code.is_dirty,
    lease: null,
    slot_token: null,
  };
}

/** A fixture that was named by its path goes by its file name: no path of a machine stands in a run file. */
function labelOf(qa: string): string {
  return qa.replace(/^.*[/\\]/, '').replace(/\.jsonl$/, '');
}

/** Everything that decides which results come back: raise `metric_version` when a formula changes. */
function tuningOf({ settings }: BenchRunInput): Tuning {
  return {
    mode: settings.mode,
    k: RESULTS,
    candidate_pools: { lexical: CANDIDATE_POOL, semantic: CANDIDATE_POOL },
    fusion_constant: RRF_K,
    fusion_weights: { lexical: 1, semantic: 1 },
    recency: false,
    diversity_factor: null,
    metric_version: 'retrieval/1',
  };
}
