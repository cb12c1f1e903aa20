import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { LIKED, NO, trap, UNKNOWN, type LaidFile, type Stream } from '../telling.ts';

/** Traces of the reservation service as OpenTelemetry writes them: spans out of order and over several lines, now and then with a judge's evaluation. */
export function tellSpans(leaks: Leaks): Stream {
  const agent = span('01', 'a1', 'invoke_agent desk', 10, { 'gen_ai.operation.name': 'invoke_agent' });
  const call = chat('01', 'a2', 20, 'a1', 'Is the herbal in?', 'Yes, on shelf F2.');
  const liked = chat(
    '02',
    'b1',
    30,
    undefined,
    `Tell me when it is back. ${leaks.say('phone', 'message of a span')}`,
    'I will. Check your card first.',
    evaluation('correctness', 1, 'pass'),
  );
  const disliked = chat(
    '03',
    'c1',
    40,
    undefined,
    'Is the tower open?',
    'The tower is a tower.',
    evaluation('correctness', 0, 'fail'),
    evaluation('tone', 0.2, `as ${leaks.mint('email', 'label of an evaluation')} said`),
  );
  // The call of the first trace comes before the agent that made it, on another line.
  const lines = [request(call, disliked), request(liked), request(agent)];
  const file: LaidFile = {
    path: 'spans/desk.jsonl',
    bytes: utf8ToBytes(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
    attempts: [
      { line: 0, ...trap(UNKNOWN, 'over_several_lines', 'out_of_order'), model: 'desk-large', parts: [at(2, 0), at(0, 0)] },
      { line: 0, ...NO, truth: 'opinion', model: 'desk-small', parts: [at(0, 1)] },
      { line: 1, ...trap(LIKED, 'leak'), parts: [at(1, 0)] },
    ],
    refused: [],
  };
  return { name: 'spans', adapter: 'otel-genai', isLabelled: true, paths: ['spans/*'], files: [file] };
}

function at(line: number, nth: number) {
  return { line, pointer: `/resourceSpans/0/scopeSpans/0/spans/${nth}` };
}

function request(...spans: JsonObject[]): JsonObject {
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'northmoor-desk' }, spans }] }] };
}

function chat(
  trace: string,
  id: string,
  second: number,
  parent: string | undefined,
  ask: string,
  answer: string,
  ...events: JsonObject[]
): JsonObject {
  const part = (role: string, content: string): string => JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
  const model = trace === '03' ? 'desk-small' : 'desk-large';
  return {
    ...span(trace, id, `chat ${model}`, second, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'fen',
      'gen_ai.request.model': model,
      'gen_ai.input.messages': part('user', ask),
      'gen_ai.output.messages': part('assistant', answer),
    }),
    ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
    events,
  };
}

function span(trace: string, id: string, name: string, second: number, attributes: Readonly<Record<string, string>>): JsonObject {
  const startNs = `17779${String(second).padStart(5, '0')}000000000`;
  return {
    traceId: `4bf92f3577b34da6a3ce929d0e0e47${trace}`,
    spanId: spanId(id),
    name,
    kind: 3,
    startTimeUnixNano: startNs,
    endTimeUnixNano: startNs,
    attributes: listed(attributes),
    events: [],
    status: { code: 0 },
    links: [],
  };
}

function evaluation(name: string, value: number, label: string): JsonObject {
  const attributes = [
    ...listed({ 'gen_ai.evaluation.name': name, 'gen_ai.evaluation.score.label': label }),
    { key: 'gen_ai.evaluation.score.value', value: { doubleValue: value } },
  ];
  return { name: 'gen_ai.evaluation.result', timeUnixNano: '1777900050000000000', attributes };
}

function spanId(id: string): string {
  return `aaaaaaaaaaaaaa${id}`;
}

function listed(attributes: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(attributes).map(([key, text]) => ({ key, value: { stringValue: text } }));
}
