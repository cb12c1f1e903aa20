import { resolve } from 'node:path';
import type { ProbeNight } from '../../activities/probe-contract.ts';
import type { LoadedConfig } from '../../activities/probe/world.ts';
import type { ReplayQueueRun } from '../../activities/replay-contract.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import { PROBE_COMMAND, type ProbePlace } from './probe-quality.ts';
import { openCorpus } from './replay-corpus.ts';
import { prepareQueue, queueRun } from './replay-queue.ts';

const CONCURRENT = 3;

/** The configured tasks as a queue, out of the budget of the night; no other model is asked when the gate refuses. ConfigError where none are configured, UsageError where there are no playbooks. */
export async function replayWork(
  { workspace, env }: ProbePlace,
  { config, base }: LoadedConfig,
  night: ProbeNight,
): Promise<{ readonly run: ReplayQueueRun; readonly questions: number; readonly fixtureSha256: string }> {
  const { replay_queue: queue, max_usd } = config.probe.nightly;
  if (queue === undefined) {
    throw new ConfigError(
      'looking for the tasks of the nightly probe: expected probe.nightly.replay_queue in the config, found none.',
      'Set them with `lauter config set probe.nightly.replay_queue.tasks FILE`.',
    );
  }
  await openCorpus(base, workspace, {});
  const { retriever, limit, tasks } = queue;
  const { top_k, model } = config.replay;
  const choices = { retriever, top_k, corpus: null, model, escalate_to: null, grounding: 'fail' } as const;
  const prepared = await prepareQueue({ config, base, env, tasksPath: resolve(base, tasks), limit, choices, concurrent: CONCURRENT });
  const frame = { run_id: night.run_id, command: PROBE_COMMAND, cap_usd: max_usd };
  const run = queueRun(prepared, { runId: `queue-${night.run_id}`, startedAt: new Date().toISOString(), cost: config.cost, frame });
  return { run, questions: prepared.count, fixtureSha256: prepared.tasks.sha256 };
}
