import type { Expander } from '../../activities/search-ports.ts';
import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import { mostTokens } from '../../domain/shared/most-tokens.ts';
import type { ServedModelSettings } from '../../schemas/served-model.ts';
import type { EmbedderPlace } from './embedder-place.ts';
import { openSearchServer } from './search-server.ts';

const CALL_LIMIT_MS = 15_000;
const LONGEST_REPLY_TOKENS = 200;

/** Words queries anew by an OpenAI-compatible chat model. Calls are not repeated: a search goes on without other wordings. */
export function openHttpExpander(settings: ServedModelSettings, { env, rules, pay }: Omit<EmbedderPlace, 'base'>): Expander {
  const post = openSearchServer({
    doing: 'wording a query anew',
    setting: 'search.expansion_model.base_url',
    baseUrl: settings.base_url,
    apiKeyVariable: settings.api_key_env,
    env,
    rules,
    timeoutMs: CALL_LIMIT_MS,
    retries: 0,
    pay,
  });
  return {
    id: `http:${settings.model}`,
    ask: async (messages, signal) => {
      const { model } = settings;
      const call = {
        lane: 'expansion',
        model,
        mostInputTokens: mostTokens(messages.map(({ content }) => content)),
        mostOutputTokens: LONGEST_REPLY_TOKENS,
      } as const;
      const body = JSON.stringify({ model, messages, temperature: 0, max_tokens: LONGEST_REPLY_TOKENS });
      const { text } = await post({ path: 'chat/completions', body, call }, (reply) => ({ text: readText(reply) }), signal);
      return text;
    },
  };
}

/** The text of the first choice; empty where the reply has none, which is no list of wordings. */
function readText(reply: JsonValue | undefined): string {
  const [choice] = isObject(reply) && Array.isArray(reply.choices) ? reply.choices : [];
  const message = isObject(choice) ? choice.message : undefined;
  return isObject(message) && typeof message.content === 'string' ? message.content : '';
}
