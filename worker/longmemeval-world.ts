import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LongMemEvalWorld } from '../activities/longmemeval/world.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { now, nowMs } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { appendHypotheses, readHypotheses, writeHypotheses } from '../adapters/longmemeval/hypothesis-file.ts';
import { openLongMemEvalStore, UNPACKED_NAME } from '../adapters/longmemeval/run-store.ts';
import { readQuestion, scanDataset } from '../adapters/longmemeval/scan-dataset.ts';
import { stageDataset } from '../adapters/longmemeval/stage-dataset.ts';
import { createModelClient } from '../adapters/model/model-client.ts';
import { openRetriever } from './open-retriever.ts';

/** Where the work is done. */
export interface LongMemEvalPlace {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The world as the activities of LongMemEval see it, for one workspace. */
export function createLongMemEvalWorld({ workspace, env }: LongMemEvalPlace): LongMemEvalWorld {
  const { folder, ...store } = openLongMemEvalStore(workspace);
  return {
    clock: { now, nowMs },
    sha256,
    files: {
      ...store,
      stageDataset: ({ run_id, dataset }) => stageDataset(dataset.path, join(folder(run_id), UNPACKED_NAME)),
      scanDataset,
      readQuestion,
      readHypotheses,
      writeHypotheses,
      appendHypotheses,
    },
    retriever: ({ base, settings: { retrieval } }) =>
      openRetriever({ workspace, settings: retrieval.search, base, env, tell: () => undefined }, retrieval.retriever),
    // Only models on this machine are asked: no price is known for any other.
    chatModel: ({ base_url: baseUrl, api_key_env: variable }) =>
      createModelClient({ baseUrl, apiKey: readApiKey(env, variable ?? undefined), rules: { allowRemote: false, allowedHosts: [] } }),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  };
}
