import { asNumber, asString, isObject, type JsonObject } from '../../domain/shared/json.ts';
import type { ScoreRole } from '../../schemas/trace-options.ts';
import { unflattened } from './otlp-json.ts';
import type { Span, SpanEvent } from './otlp-spans.ts';
import type { TraceScore } from './trace-scores.ts';

/**
 * The evaluations of a trace: `gen_ai.evaluation.result` events, the same attributes on a span, and OpenInference's annotations and evaluations of spans
 * and traces. A judge's word, unless the annotator was a person. Those of a whole session are not about one attempt.
 */
export function scoresOf(spans: readonly Span[], looseEvents: readonly SpanEvent[]): TraceScore[] {
  const events = [...spans.flatMap((span) => span.events), ...looseEvents].filter(({ name }) => name === 'gen_ai.evaluation.result');
  const found = [
    ...events.map(({ attributes, body }) => genAiScore({ ...(isObject(body) ? body : {}), ...attributes })),
    ...spans.map(({ attributes }) => genAiScore(attributes)),
    ...spans.flatMap(({ attributes }) => LISTS.flatMap(([list, entry]) => listedScores(attributes, list, entry))),
  ];
  return distinct(found.filter((score) => score !== undefined));
}

const LISTS = [
  ['annotations', 'annotation'],
  ['evaluations', 'evaluation'],
  ['trace.annotations', 'annotation'],
  ['trace.evaluations', 'evaluation'],
] as const;

function genAiScore(attributes: JsonObject): TraceScore | undefined {
  const name = asString(attributes['gen_ai.evaluation.name']);
  if (name === undefined) return undefined;
  return {
    name,
    from: 'judge',
    value: asNumber(attributes['gen_ai.evaluation.score.value']),
    label: asString(attributes['gen_ai.evaluation.score.label']),
  };
}

function listedScores(attributes: JsonObject, list: string, entry: string): (TraceScore | undefined)[] {
  return (unflattened(attributes, list) ?? []).map((item) => {
    const given = isObject(item) ? item[entry] : undefined;
    const name = isObject(given) ? asString(given.name) : undefined;
    if (!isObject(given) || name === undefined) return undefined;
    const from: ScoreRole = given.annotator_kind === 'HUMAN' ? 'human' : 'judge';
    return { name, from, value: asNumber(given.score), label: asString(given.label) };
  });
}

/** One result may be told twice, as an event and as attributes. */
function distinct(scores: readonly TraceScore[]): TraceScore[] {
  const keyOf = ({ name, value, label }: TraceScore): string => JSON.stringify([name, value ?? null, label ?? null]);
  return [...new Map(scores.map((score) => [keyOf(score), score])).values()];
}
