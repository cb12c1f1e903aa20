import { checkGuard, checkNotPaused, checkReachable } from '../../domain/pause/index.ts';
import { failureText } from './failure-text.ts';
import { validateQa } from '../../domain/bench/index.ts';
import { type PreflightName } from '../../domain/bench-steps/index.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { BenchRunInput, PreflightCheck } from '../bench-contract.ts';
import { plannedCalls } from './planned-calls.ts';
import type { BenchWorld } from './world.ts';

/** Looks at one thing before anything is paused. What cannot be looked at is as bad as what is wrong. */
export async function preflightCheck(
  world: BenchWorld,
  { run, check }: { readonly run: BenchRunInput; readonly check: string },
): Promise<PreflightCheck> {
  try {
    const { status, detail } = await LOOKS[check as PreflightName](world, run);
    return { check, status, detail };
  } catch (error) {
    return { check, status: 'abort', detail: failureText(error) };
  }
}

type Look = (world: BenchWorld, run: BenchRunInput) => Promise<Pick<PreflightCheck, 'status' | 'detail'>>;

const LOOK_TIMEOUT_MS = 15_000;
const LEAST_DISK_BYTES = 2 * 1024 ** 3;

const pass = (detail: string): Pick<PreflightCheck, 'status' | 'detail'> => ({ status: 'pass', detail });
const warn = (detail: string): Pick<PreflightCheck, 'status' | 'detail'> => ({ status: 'warn', detail });
const abort = (detail: string): Pick<PreflightCheck, 'status' | 'detail'> => ({ status: 'abort', detail });

const LOOKS: Readonly<Record<PreflightName, Look>> = {
  prod_reachable: async (world, run) => checkReachable(await healthOf(world, run), whoAsks(run)),
  prod_not_paused: async (world, run) => checkNotPaused(await healthOf(world, run), world.pauseMarker()),
  guard_alive: async (world, { settings }) =>
    settings.production_url === null ? pass('there is nothing to guard') : checkGuard(await world.guardProblem(settings.production_url)),

  slot_free: async (world, { settings, owner }) => {
    const slot = world.slot(settings.base_url);
    const holder = slot.holder();
    if (holder !== undefined && holder.owner !== owner)
      return abort(`expected a free slot, found it held by ${holder.owner ?? 'nobody'}, last seen ${holder.renewed_at}`);
    const guests = slot.guests().map((guest) => guest.owner);
    return guests.length === 0 ? pass('the slot is free') : warn(`the slot is free, but these still call the server: ${guests.join(', ')}`);
  },

  corpus_present: async (world, { settings }) => {
    const [first, ...more] = await world.corpusMismatches(settings.corpus_version);
    if (first !== undefined) return abort(`${first}${more.length === 0 ? '' : `, and ${more.length} more`}`);
    const { rows, overlay, contentHash } = await world.corpus(settings.corpus_version);
    return pass(`${rows.length} events, ${overlay.length} adversarial, ${contentHash}`);
  },

  qa_scoreable: async (world, run) => {
    const found = await validation(world, run);
    if (found === null) {
      const told = run.settings.qa === null ? 'no questions are named' : `there is no fixture ${run.settings.qa}`;
      return isSweep(run) ? abort(`expected questions, found that ${told}`) : warn(`${told}: retrieval is not measured`);
    }
    const { scoreable, min_scoreable, total } = found;
    if (scoreable < min_scoreable) return abort(`expected at least ${min_scoreable} scoreable questions, found ${scoreable} of ${total}`);
    return pass(`${scoreable} of ${total} questions can be scored`);
  },

  qa_provenance: async (world, run) => {
    const found = await validation(world, run);
    if (found === null) return pass('there are no questions');
    const { state, differences, allowed } = found.provenance;
    if (state === 'matches') return pass('the hashes match');
    const told =
      state === 'missing'
        ? 'no provenance'
        : differences.map(({ field, expected, found: has }) => `${field}: expected ${expected}, found ${has}`).join('; ');
    return allowed !== null && !isSweep(run) ? warn(`${told} (allowed: ${allowed})`) : abort(told);
  },

  inference_reachable: async (world, { settings }) => {
    const models = await world.inference(settings, 'candidate').listModels({ timeoutMs: LOOK_TIMEOUT_MS });
    return models.state === 'answered' ? pass(`${models.value.length} models listed`) : abort(`${models.kind}: ${models.detail}`);
  },

  model_served: async (world, { settings, models }) => {
    const server = world.inference(settings, 'candidate');
    const listed = await server.listModels({ timeoutMs: LOOK_TIMEOUT_MS });
    if (listed.state === 'failed') return abort(`${listed.kind}: ${listed.detail}`);
    const wanted = [...models, ...(settings.embedding_model === null ? [] : [settings.embedding_model])];
    const missing = wanted.filter((name) => !listed.value.some(({ id }) => id === name));
    if (missing.length > 0)
      return abort(`expected ${missing.join(', ')} listed, found ${listed.value.map(({ id }) => id).join(', ') || 'nothing'}`);
    const cards = await Promise.all(models.map((model) => server.readCard(model, { timeoutMs: LOOK_TIMEOUT_MS })));
    const unread = cards.find((card) => card.state === 'failed');
    if (unread?.state === 'failed') return abort(`a card cannot be read: ${unread.detail}`);
    const hasDigests = cards.every((card) => card.state === 'answered' && card.value.digest !== null);
    return hasDigests ? pass('listed, with cards') : warn('a card has no digest: the hash of the whole card stands in for it');
  },

  judge_served: async (world, { settings, models }) => {
    if (settings.judge === null) return warn('no judge: a verdict is about retrieval only');
    if (models.includes(settings.judge.model)) return abort('expected a judge other than the model under test, found the same');
    const listed = await world.inference(settings, 'judge').listModels({ timeoutMs: LOOK_TIMEOUT_MS });
    if (listed.state === 'failed') return abort(`${listed.kind}: ${listed.detail}`);
    const { model } = settings.judge;
    return listed.value.some(({ id }) => id === model) ? pass('listed') : abort(`expected ${model} listed, found it missing`);
  },

  url_safe: async (world, { settings }) => {
    const urls = [settings.base_url, ...(settings.judge === null ? [] : [settings.judge.base_url])];
    const verdicts = await Promise.all(urls.map((url) => world.judgeUrl(settings, url)));
    const refused = verdicts.find((verdict) => 'refused' in verdict);
    if (refused !== undefined && 'refused' in refused) return abort(refused.refused);
    return verdicts.every((verdict) => 'where' in verdict && verdict.where === 'loopback')
      ? pass('loopback')
      : warn('another host, as allowed');
  },

  disk_free: async (world) => {
    const free = world.freeDiskBytes();
    const told = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
    return free >= LEAST_DISK_BYTES ? pass(told) : abort(`expected 2 GiB free, found ${told}`);
  },

  time_budget: async (world, run) => {
    const estimateS = await estimateSeconds(world, run);
    if (estimateS === null) return warn('no earlier run of these models to estimate from');
    const { max_pause_s: limitS } = run.settings;
    const told = `about ${Math.ceil(estimateS)} s of ${limitS} s`;
    return estimateS < limitS ? pass(told) : abort(`expected less than --max-pause, found ${told}`);
  },

  ledger_ok: async (world, run) => {
    try {
      await world.trust();
      return pass('the chain holds');
    } catch (error) {
      return isSweep(run) ? abort(failureText(error)) : warn(failureText(error));
    }
  },
};

function isSweep({ sweep }: BenchRunInput): boolean {
  return sweep !== null;
}

function whoAsks(run: BenchRunInput): Parameters<typeof checkReachable>[1] {
  return { command: isSweep(run) ? 'sweep' : 'run', hasNoProduction: run.settings.production_url === null };
}

async function healthOf(world: BenchWorld, { settings }: BenchRunInput): Promise<Awaited<ReturnType<BenchWorld['health']>> | null> {
  return settings.production_url === null ? null : world.health(settings.production_url);
}

/** Null when there are no questions. */
async function validation(world: BenchWorld, { settings }: BenchRunInput): Promise<ReturnType<typeof validateQa> | null> {
  if (settings.qa === null) return null;
  const qa = await world.questions(settings.qa);
  if (qa === null) return null;
  const corpus = await world.corpus(settings.corpus_version);
  return validateQa(
    {
      fixture: qa.name,
      rows: qa.rows,
      provenance: qa.provenance,
      corpus,
      minScoreable: settings.min_scoreable,
      allowMismatch: settings.allow_hash_mismatch ?? undefined,
    },
    world.sha256,
  );
}

/** The calls of a run, each as long as those of the newest earlier run of the same model were on average. */
async function estimateSeconds(world: BenchWorld, run: BenchRunInput): Promise<number | null> {
  const corpus = await world.corpus(run.settings.corpus_version);
  const calls = (['main', 'warmup', 'self_consistency'] as const).reduce(
    (sum, purpose) => sum + plannedCalls(run, corpus, purpose, world.sha256).length,
    0,
  );
  let total = 0;
  for (const model of run.models) {
    const meanMs = meanCallMs(world, run.run_id, model);
    if (meanMs === null) return null;
    total += (calls * meanMs) / 1000;
  }
  return total;
}

const RUNS_LOOKED_AT = 10;

function meanCallMs({ runs }: BenchWorld, ownId: string, model: string): number | null {
  for (const id of runs
    .list()
    .filter((known) => known !== ownId)
    .slice(0, RUNS_LOOKED_AT)) {
    const times = runs
      .readAttempts(id, model)
      .flatMap(({ purpose, timestamps }: BenchAttempt) =>
        purpose === 'main' && timestamps.total_ms !== null ? [timestamps.total_ms] : [],
      );
    if (times.length > 0) return times.reduce((sum, ms) => sum + ms, 0) / times.length;
  }
  return null;
}
