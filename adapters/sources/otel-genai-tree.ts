import { asString, isObject } from '../../domain/shared/json.ts';
import type { Span } from './otlp-spans.ts';

/** What a span stands for: a call of a model, of a tool, an agent or chain around them, an evaluation of the answer, or anything else. */
export type SpanKind = 'model' | 'tool' | 'agent' | 'chain' | 'evaluation' | 'other';

/** A span at its place in the tree of its trace. */
export interface TreeSpan {
  readonly span: Span;
  readonly kind: SpanKind;
  /** Number of agents above it. */
  readonly depth: number;
  readonly isRoot: boolean;
  /** True below an evaluation: what models say there is no part of the attempt. */
  readonly isEvaluation: boolean;
}

/** The spans in order of time, each with its place; a span whose parent is not in the file is a root. */
export function treeOf(spans: readonly Span[]): TreeSpan[] {
  const byId = new Map(spans.map((span) => [span.id, span]));
  return spans.map((span) => {
    const above = ancestorsOf(span, byId);
    return {
      span,
      kind: kindOf(span),
      depth: above.filter((ancestor) => kindOf(ancestor) === 'agent').length,
      isRoot: above.length === 0,
      isEvaluation: [span, ...above].some((each) => kindOf(each) === 'evaluation'),
    };
  });
}

/** True when the span or one of its events speaks of generative AI in a way we know. */
export function isGenAi({ attributes, events }: Span): boolean {
  return Object.keys(attributes).some((name) => KNOWN_NAMES.test(name)) || events.some(({ name }) => name.startsWith('gen_ai.'));
}

const KNOWN_NAMES = /^(?:gen_ai|openinference|llm|traceloop)\./;

function ancestorsOf(span: Span, byId: ReadonlyMap<string, Span>): Span[] {
  const above: Span[] = [];
  const seen = new Set([span.id]);
  for (let at = byId.get(span.parent ?? ''); at !== undefined && !seen.has(at.id); at = byId.get(at.parent ?? '')) {
    seen.add(at.id);
    above.push(at);
  }
  return above;
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  // gen_ai.operation.name
  ['chat', 'model'],
  ['generate_content', 'model'],
  ['text_completion', 'model'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'other'],
  ['invoke_workflow', 'chain'],
  ['embeddings', 'other'],
  ['retrieval', 'other'],
  // openinference.span.kind
  ['LLM', 'model'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['CHAIN', 'chain'],
  ['EVALUATOR', 'evaluation'],
  ['GUARDRAIL', 'evaluation'],
  ['EMBEDDING', 'other'],
  ['RETRIEVER', 'other'],
  ['RERANKER', 'other'],
  ['PROMPT', 'other'],
  // traceloop.span.kind
  ['workflow', 'chain'],
  ['task', 'chain'],
  ['agent', 'agent'],
  ['tool', 'tool'],
  // llm.request.type
  ['completion', 'model'],
]);

const KIND_ATTRIBUTES = ['openinference.span.kind', 'gen_ai.operation.name', 'traceloop.span.kind', 'llm.request.type'] as const;

function kindOf({ attributes, events }: Span): SpanKind {
  for (const name of KIND_ATTRIBUTES) {
    const kind = KINDS.get(asString(attributes[name]) ?? '');
    if (kind !== undefined) return kind;
  }
  if (asString(attributes['gen_ai.tool.name']) !== undefined) return 'tool';
  const speaks =
    'gen_ai.request.model' in attributes ||
    'gen_ai.output.messages' in attributes ||
    events.some(({ name, body }) => name === 'gen_ai.choice' || (name.startsWith('gen_ai.client.') && !isObject(body)));
  return speaks ? 'model' : 'other';
}
