import { asString, asText, type JsonObject } from '../../domain/shared/json.ts';
import { cut, isBlank } from '../../domain/shared/text.ts';
import type { Message, Usage } from '../../schemas/evidence.ts';
import { otelGenaiOptionsSchema, type OtelGenaiOptions } from '../../schemas/trace-options.ts';
import { draftOf, refuse } from './drafts.ts';
import { answerCalls, conversationsOf, mainConversation, type ModelCall, type ToolResult } from './model-calls.ts';
import { contentOf, numberUnder, toolOutputOf, type SpanContent } from './otel-genai-calls.ts';
import { detectOtelGenai } from './otel-genai-detect.ts';
import { scoresOf } from './otel-genai-scores.ts';
import { tracesIn, type Trace } from './otel-genai-traces.ts';
import { isGenAi, treeOf, type TreeSpan } from './otel-genai-tree.ts';
import type { Span } from './otlp-spans.ts';
import type { Draft, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';
import { optionsReader } from './trace-options.ts';
import { truthOfScores } from './trace-scores.ts';

/**
 * Traces of generative AI as OpenTelemetry writes them: OTLP/JSON with the `gen_ai.*` attributes and events of the semantic conventions 1.41 (and the
 * events of those up to 1.36), or with those of OpenInference. A trace is an attempt; its evaluations are opinions of judges unless a person gave them.
 */
export const otelGenai: SourceAdapter = { name: 'otel-genai', version: 1, detect: detectOtelGenai, normalize };

const optionsOf = optionsReader<OtelGenaiOptions>('otel-genai', otelGenaiOptionsSchema);

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const options = optionsOf(context);
  const { traces, refused } = tracesIn(record);
  const drafts: Draft[] = [...refused];
  for (const trace of traces) {
    if (trace.spans.some(isGenAi)) drafts.push(draftOfTrace(trace, record, options));
    else if (options.other_traces === 'refuse') drafts.push(refuse(trace.place, 'missing_field', NO_MODEL));
  }
  if (drafts.length === 0 && traces.length === 0) return [refuse(record, 'missing_field', 'trace: expected spans, found none')];
  return drafts;
}

const NO_MODEL =
  'trace: expected a span with attributes of the gen_ai conventions or of OpenInference, found none (the option other_traces: "skip" passes over such traces)';

/** A call of a model together with the span that tells of it. */
interface SpanCall extends ModelCall {
  readonly span: Span;
  readonly content: SpanContent;
}

function draftOfTrace(trace: Trace, record: RawRecord, options: OtelGenaiOptions): Draft {
  const tree = treeOf(trace.spans);
  const attempt = tree.filter(({ isEvaluation }) => !isEvaluation);
  const calls = callsAmong(attempt, 'model');
  if (typeof calls === 'string') return refuse(trace.place, 'missing_field', calls);
  const speaking = calls.filter(({ input, output }) => input.length + output.length > 0);
  // Where the models' own words were not recorded, the agent's or the chain's input and output are all there is.
  const around = callsAmong(attempt, 'around');
  if (typeof around === 'string') return refuse(trace.place, 'missing_field', around);
  const [outermost] = around.filter(({ input, output }) => input.length + output.length > 0);
  const conversations = conversationsOf(speaking.length > 0 ? speaking : outermost === undefined ? [] : [outermost]);
  const main = mainConversation(conversations, outermost?.output.at(-1)?.content);
  const messages = answerCalls(main?.messages ?? [], toolResults(attempt));
  const root = (attempt.find(({ isRoot }) => isRoot) ?? attempt[0] ?? tree[0])?.span;
  const told = main?.calls ?? [];
  const named = told.length > 0 ? told : calls;
  const lastCall = named.at(-1);
  const { outcome, signals } = truthOfScores(scoresOf(trace.spans, trace.looseEvents), options.scores);
  const error = root?.error ?? lastCall?.span.error;
  const tools = told.findLast(({ content }) => content.tools !== undefined)?.content.tools;
  return draftOf(
    { ...record, ...trace.place },
    {
      signed: [...trace.signed],
      task: taskOf(trace, messages, options),
      messages,
      ...(tools !== undefined && { tools: [...tools] }),
      outcome,
      signals: {
        ...signals,
        ...(error !== undefined && { error: cut(error, MAX_ERROR_CHARS) }),
        cancelled: [root, lastCall?.span].some((span) => CANCELLED.test(asString(span?.attributes['error.type']) ?? '')),
        truncated: (lastCall?.content.finishReasons ?? []).some((reason) => CUT_SHORT.test(reason)),
        proxies: { ...signals.proxies, ...positive(countsOf(attempt, told, conversations.length)) },
      },
      recordedAt: timeOf(root?.startNs),
      model: firstText(named.toReversed(), MODEL_NAMES),
      provider: firstText(named.toReversed(), PROVIDER_NAMES),
      usage: usageOf(calls.length > 0 ? calls.map(({ span }) => span) : root === undefined ? [] : [root], root),
      parent_id: textAmong(trace.spans, SESSION_NAMES),
    },
  );
}

const MAX_ERROR_CHARS = 200;
const CANCELLED = /cancel/i;
const CUT_SHORT = /^(?:length|max_tokens|max_output_tokens)$/i;
const MODEL_NAMES = ['gen_ai.response.model', 'llm.response.model_name', 'llm.model_name', 'gen_ai.request.model'] as const;
const PROVIDER_NAMES = ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system'] as const;
const SESSION_NAMES = ['gen_ai.conversation.id', 'session.id'] as const;

/** The calls of models, or of what stands around them, with what their spans say; or what is wrong with the first that cannot be read. */
function callsAmong(tree: readonly TreeSpan[], wanted: 'model' | 'around'): SpanCall[] | string {
  const calls: SpanCall[] = [];
  for (const { span, kind, depth, isRoot } of tree) {
    if (wanted === 'model' ? kind !== 'model' : kind !== 'agent' && kind !== 'chain' && !(isRoot && kind === 'other')) continue;
    const content = contentOf(span);
    if (typeof content === 'string') return content;
    calls.push({ input: content.input, output: content.output, depth, span, content });
  }
  return calls;
}

function toolResults(tree: readonly TreeSpan[]): ToolResult[] {
  return tree.flatMap(({ span, kind }) => {
    const text = kind === 'tool' ? toolOutputOf(span) : undefined;
    if (text === undefined) return [];
    const { attributes } = span;
    const callId = asText(attributes['gen_ai.tool.call.id']) ?? asText(attributes['tool.id']) ?? asText(attributes['tool_call.id']);
    const name = asText(attributes['gen_ai.tool.name']) ?? asText(attributes['tool.name']) ?? asText(attributes['traceloop.entity.name']);
    return [{ callId, name: name ?? span.name, text }];
  });
}

/** A trace in which nothing was recorded is no attempt at the same task as another such trace. */
function taskOf(trace: Trace, messages: readonly Message[], options: OtelGenaiOptions): { id: string | null; text: string } {
  const text = messages.find(({ role, content }) => role === 'user' && !isBlank(content))?.content ?? '';
  const id = options.task_id_attribute === undefined ? null : textAmong(trace.spans, [options.task_id_attribute]);
  return { id: id ?? (text === '' ? trace.id : null), text };
}

function textAmong(spans: readonly Span[], names: readonly string[]): string | null {
  for (const { attributes } of spans) {
    for (const name of names) {
      const text = asText(attributes[name]);
      if (text !== undefined && text !== '') return text;
    }
  }
  return null;
}

function firstText(calls: readonly SpanCall[], names: readonly string[]): string | null {
  return textAmong(
    calls.map(({ span }) => span),
    names,
  );
}

/** Sums over the calls of all models of the trace; a sum that nobody stated stays away. */
function usageOf(spans: readonly Span[], root: Span | undefined): Usage {
  const sumOf = (names: readonly string[]): number | undefined => {
    const found = spans.flatMap(({ attributes }: { attributes: JsonObject }) => numberUnder(attributes, names) ?? []);
    return found.length === 0 ? undefined : found.reduce((sum, value) => sum + value, 0);
  };
  const prompt = sumOf(['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt']);
  const completion = sumOf(['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.token_count.completion']);
  const costUsd = sumOf(['llm.cost.total', 'gen_ai.usage.cost']);
  const latencyMs = root?.startNs === undefined || root.endNs === undefined ? undefined : Number(root.endNs - root.startNs) / 1e6;
  return {
    ...(prompt !== undefined && Number.isSafeInteger(prompt) && { prompt_tokens: prompt }),
    ...(completion !== undefined && Number.isSafeInteger(completion) && { completion_tokens: completion }),
    ...(costUsd !== undefined && Number.isFinite(costUsd) && { cost_usd: costUsd }),
    ...(latencyMs !== undefined && latencyMs >= 0 && { latency_ms: latencyMs }),
  };
}

function countsOf(attempt: readonly TreeSpan[], told: readonly SpanCall[], conversations: number): Record<string, number> {
  return {
    reasoning_parts: told.reduce((sum, { content }) => sum + content.reasoningParts, 0),
    other_choices: told.reduce((sum, { content }) => sum + content.otherChoices, 0),
    side_conversations: conversations - 1,
    errored_spans: attempt.filter(({ span }) => span.error !== undefined).length,
  };
}

function positive(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function timeOf(startNs: bigint | undefined): string | null {
  return startNs === undefined ? null : parseTimestamp(Number(startNs / 1_000_000n));
}
