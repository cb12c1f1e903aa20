import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Message, Usage } from '../../schemas/evidence.ts';
import { chatMessages } from './chat-messages.ts';
import type { EvidenceDraft } from './source-adapter.ts';

/** One call of a provider: what was asked, what came back, and what it cost. */
export interface ProviderCall extends Pick<EvidenceDraft, 'model' | 'provider' | 'usage' | 'artifacts'> {
  readonly asked: readonly Message[];
  readonly answered: readonly Message[];
}

/** The call behind a promptfoo result, whose rendered prompt is given. */
export function callOf(result: JsonObject, prompt: string): ProviderCall {
  const response = isObject(result.response) ? result.response : {};
  return {
    asked: prompt === STRIPPED_PROMPT ? [] : askedIn(prompt),
    answered: answeredIn(response.output),
    artifacts: [],
    ...modelOf(result.provider),
    usage: usageOf(result, response),
  };
}

/** The answer as text, and '' where there is none: the words of a string, the canonical JSON of anything else. */
export function outputText(output: JsonValue | undefined): string {
  if (output === null || output === undefined || output === STRIPPED_OUTPUT) return '';
  return asString(output) ?? canonicalJson(output);
}

/** What promptfoo writes in place of texts that it was told to leave out. */
const STRIPPED_PROMPT = '[prompt stripped]';
const STRIPPED_OUTPUT = '[output stripped]';

/** A chat prompt is written as the JSON of its messages; any other is one request. */
function askedIn(prompt: string): Message[] {
  const turns = /^\s*\[/.test(prompt) ? parsed(prompt) : undefined;
  const messages = turns === undefined ? undefined : chatMessages(turns, 'prompt');
  return Array.isArray(messages) && messages.length > 0 ? messages : [{ role: 'user', content: prompt }];
}

/** Tool calls stand in the output as the array, or in the message, that the API returned. */
function answeredIn(output: JsonValue | undefined): Message[] {
  const turn = isObject(output) && Array.isArray(output.tool_calls) ? output : { content: null, tool_calls: output ?? null };
  const messages = Array.isArray(turn.tool_calls) ? chatMessages([{ ...turn, role: 'assistant' }], 'output') : [];
  if (Array.isArray(messages) && messages.some(({ tool_calls: calls }) => calls !== undefined)) return messages;
  const text = outputText(output);
  return isBlank(text) ? [] : [{ role: 'assistant', content: text }];
}

/** A provider is named `vendor:model` or `vendor:api:model`; a file or a script is a provider without a vendor. */
function modelOf(given: JsonValue | undefined): Pick<EvidenceDraft, 'model' | 'provider'> {
  const id = isObject(given) ? (asString(given.id) ?? asString(given.label)) : asString(given);
  if (id === undefined) return { model: null, provider: null };
  const parts = /^([\w.-]+):(?:(?:chat|completion|messages|responses|generate):)?([^/].*)$/.exec(id);
  return parts === null ? { model: id, provider: null } : { model: parts[2] ?? id, provider: parts[1] ?? null };
}

/** promptfoo writes 0 for what it did not measure. The time of a cached answer is that of the cache. */
function usageOf(result: JsonObject, response: JsonObject): Usage {
  const tokens = [response.tokenUsage, result.tokenUsage].find(isObject) ?? {};
  const usage: Usage = {};
  const prompt = asNumber(tokens.prompt) ?? 0;
  const completion = asNumber(tokens.completion) ?? 0;
  const costUsd = asNumber(result.cost) ?? asNumber(response.cost) ?? 0;
  const latencyMs = asNumber(result.latencyMs) ?? 0;
  if (prompt > 0 && Number.isSafeInteger(prompt)) usage.prompt_tokens = prompt;
  if (completion > 0 && Number.isSafeInteger(completion)) usage.completion_tokens = completion;
  if (costUsd > 0) usage.cost_usd = costUsd;
  if (latencyMs > 0 && response.cached !== true) usage.latency_ms = latencyMs;
  return usage;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
