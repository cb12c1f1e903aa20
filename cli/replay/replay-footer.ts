import { basename } from 'node:path';
import { makeFooter } from '../../domain/reproducibility/index.ts';
import { createRedactor } from '../../domain/redaction/index.ts';
import type { Config } from '../../schemas/config.ts';
import type { ReplayAb } from '../../schemas/replay-ab.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import type { ReplayStudy } from '../../schemas/replay-study.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';
import { codeCommit } from '../code-commit.ts';
import type { Io } from '../io.ts';
import { commandLineOf } from '../reproducibility/command-line-of.ts';
import { VERSION } from '../version.ts';

type Started = Pick<Io, 'args' | 'env'>;

/** How the report of one replay ends. */
export async function replayFooter(io: Started, run: ReplayRun, { replay, cost }: Config): Promise<Reproducibility> {
  const { run_id, recorded_at, corpus = null, task_hash, escalation_path: path, usage } = run;
  return makeFooter({
    ...(await common(io)),
    datasets: [
      { suite: 'task', name: 'its normalized text', sha256: task_hash },
      ...(corpus === null ? [] : [{ suite: 'playbooks', name: corpus.run_id, sha256: corpus.sha256 }]),
    ],
    question_set_hash: task_hash,
    corpus_hash: corpus?.sha256 ?? null,
    prompt_hashes: Object.fromEntries(path.map(({ model, request_digest }) => [model, request_digest ?? null])),
    models: path.map(({ model }) => ({ lane: 'replay', model: servedName(replay, model), snapshot: null })),
    seed: 'none',
    resamples: 0,
    run_ids: [run_id],
    finished_at: recorded_at,
    cost: { estimated_usd: null, settled_usd: usage.cost_usd ?? null },
    price_table: cost.version,
    errored: path.filter(({ failure }) => failure !== undefined).length,
  });
}

/** How the report of compared queues ends. */
export async function armsFooter(io: Started, report: ReplayAb | ReplayStudy): Promise<Reproducibility> {
  const { run_id, started_at, finished_at, model, escalate_to, corpus, tasks, seed, resamples, estimated_usd, cost_usd } = report;
  return makeFooter({
    ...(await common(io)),
    datasets: [{ suite: 'tasks', name: basename(tasks.path), sha256: tasks.sha256 }],
    question_set_hash: tasks.sha256,
    corpus_hash: corpus.sha256,
    models: [model, ...(escalate_to === null ? [] : [escalate_to])].map((name) => ({ lane: 'replay', model: name, snapshot: null })),
    seed,
    resamples,
    run_ids: [run_id],
    started_at,
    finished_at,
    cost: { estimated_usd, settled_usd: cost_usd },
  });
}

/** A task stands on the command line, so what is secret there goes. */
async function common(io: Started): Promise<Pick<Reproducibility, 'commit' | 'lauter_version' | 'commands'>> {
  return {
    commit: await codeCommit(io.env),
    lauter_version: VERSION,
    commands: [createRedactor().redact(commandLineOf(io))],
  };
}

/** What an endpoint calls the model, where it is one of the config. */
function servedName({ models }: Config['replay'], name: string): string {
  return Object.hasOwn(models, name) ? `${name} (${models[name]!.model})` : name;
}
