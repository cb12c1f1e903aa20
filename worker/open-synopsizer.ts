import { setTimeout as sleep } from 'node:timers/promises';
import type { PayForCall } from '../activities/budget-ports.ts';
import type { SynopsisCall, Synopsizer } from '../activities/search-ports.ts';
import { readApiKey } from '../adapters/api-key.ts';
import { sha256 } from '../adapters/digest.ts';
import { createModelClient } from '../adapters/model/model-client.ts';
import { openSynopsisCache } from '../adapters/search/synopsis-cache.ts';
import { SYNOPSIS_RULES, synopsizerId } from '../domain/search/index.ts';
import type { SearchSettings } from '../schemas/search-settings.ts';

/** Where synopses are made and kept. */
export interface SynopsizerPlace {
  /** Root folder of the workspace. */
  readonly workspace: string;
  readonly settings: Pick<SearchSettings, 'synopsis_model' | 'allowed_hosts'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pay: PayForCall;
}

const CALL_TIMEOUT_MS = 60_000;

/** Opens the model that says what pages are about; null where none is configured. ConfigError when a key that the config names is missing. */
export function openSynopsizer({ workspace, settings, env, pay }: SynopsizerPlace): Synopsizer | null {
  const { synopsis_model: served, allowed_hosts: allowedHosts } = settings;
  const id = synopsizerId(settings);
  if (served === undefined || id === null) return null;
  const { model } = served;
  const client = createModelClient({
    baseUrl: served.base_url,
    apiKey: readApiKey(env, served.api_key_env),
    rules: { allowRemote: false, allowedHosts },
    words: {
      server: 'the server for writing synopses',
      addressSetting: 'search.synopsis_model.base_url',
      hostsSetting: 'search.allowed_hosts',
    },
  });
  return {
    id,
    model,
    cache: openSynopsisCache(workspace, id, SYNOPSIS_RULES),
    pay,
    async ask(messages, mostTokens): Promise<SynopsisCall> {
      const call = await client.chat({ model, messages, temperature: 0, max_tokens: mostTokens }, { timeoutMs: CALL_TIMEOUT_MS });
      if (call.state === 'failed') return call;
      const { text, finishReason, usage } = call.value;
      return { state: 'answered', text, finishReason, usage };
    },
    sha256,
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  };
}
