import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeptCalls } from '../../activities/ask-paid.ts';
import type { Budget } from '../../activities/budget-ports.ts';
import { extractiveModel, recordedModel, RECORDED_MODEL } from '../../activities/replay/built-in-models.ts';
import type { ReplayModel } from '../../activities/replay/replay-world.ts';
import { servedModel } from '../../activities/replay/served-model.ts';
import { readApiKey } from '../../adapters/api-key.ts';
import { sha256Of } from '../../adapters/digest.ts';
import { readRecordedAnswers } from '../../adapters/files/recorded-answers.ts';
import { createModelClient } from '../../adapters/model/model-client.ts';
import { EXTRACTIVE_MODEL } from '../../domain/replay/index.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import type { ReplayModelSettings, ReplaySettings } from '../../schemas/replay-settings.ts';
import type { ServerCall } from './enter-server.ts';

/** What models are opened from. */
export interface ModelPlace {
  readonly settings: ReplaySettings;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly budget: Budget;
  /** Of one run and one task of it: the same question asked elsewhere is asked anew. */
  readonly runId: string;
  readonly kept: KeptCalls;
  /** Lets a call in to its server, which a bench may have; what is returned is called when it has ended. */
  readonly enter: (call: ServerCall, signal: AbortSignal) => Promise<() => void>;
}

/** The model of that name: built in, or declared in the config under `replay.models`. ConfigError when it is neither, or lacks what it needs. */
export async function openModel(place: ModelPlace, name: string): Promise<ReplayModel> {
  if (name === EXTRACTIVE_MODEL) return extractiveModel();
  if (name === RECORDED_MODEL) return recordedModel(await readRecordedAnswers(recordedFile(place)));
  const settings = servedModelOf(place.settings, name);
  if (settings === undefined) throw unknownModel(place.settings, name);
  const model = createModelClient({
    baseUrl: settings.base_url,
    apiKey: readApiKey(place.env, settings.api_key_env),
    rules: { allowRemote: false, allowedHosts: place.settings.allowed_hosts },
    words: { server: `the model ${name}`, addressSetting: `replay.models.${name}.base_url`, hostsSetting: 'replay.allowed_hosts' },
  });
  const wait = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal });
  const call = { url: settings.base_url, owner: place.runId };
  const enter = (mostMs: number, signal: AbortSignal): Promise<() => void> => place.enter({ ...call, mostMs }, signal);
  const desk = { kept: place.kept, budget: place.budget, model, wait, enter };
  return servedModel({ name, settings, desk, keyOf: (requestDigest) => sha256Of(place.runId, name, requestDigest) });
}

/** What is declared of a model behind a server; undefined for one that is built in, and for a name that is not declared. */
export function servedModelOf({ models }: Pick<ReplaySettings, 'models'>, name: string): ReplayModelSettings | undefined {
  const isBuiltIn = name === EXTRACTIVE_MODEL || name === RECORDED_MODEL;
  return isBuiltIn || !Object.hasOwn(models, name) ? undefined : models[name];
}

function recordedFile({ settings: { recorded }, base }: ModelPlace): string {
  if (recorded !== undefined) return resolve(base, recorded);
  throw new ConfigError(
    'opening the model recorded: expected a file of recorded answers in the config (replay.recorded), found none.',
    'Add it with `lauter config set replay.recorded FILE`.',
  );
}

function unknownModel({ models }: ReplaySettings, name: string): ConfigError {
  const known = [EXTRACTIVE_MODEL, RECORDED_MODEL, ...Object.keys(models)].join(', ');
  return new ConfigError(
    `opening the model ${name}: expected one of ${known}, found another name.`,
    'Declare it in the config under replay.models, with base_url and model.',
  );
}
