import { describe, expect, it } from 'vitest';
import { otelGenai } from '../../../adapters/sources/otel-genai.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo, type FixtureFile } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const ferry = fixture('otel-genai', 'ferry-desk.jsonl');
const fog = fixture('otel-genai', 'fog-horn.jsonl');
const lost = fixture('otel-genai', 'lost-property.json');
const office = fixture('otel-genai', 'harbour-office.jsonl');
const weather = fixture('otel-genai', 'weather-watch.jsonl');

describeAdapter(otelGenai, { samples: [ferry, fog, lost, office, weather], foreign: foreignTo('otel-genai') });

/** The attempts of a file by what was asked. */
function byTask(file: FixtureFile) {
  return Object.fromEntries(evidenceIn(otelGenai, file, { skipRefused: true }).map((draft) => [draft.task.text, draft]));
}

describe('otel-genai, a trace of an agent over several lines', () => {
  const attempt = byTask(ferry)['When does the last ferry leave Northquay on Sunday?'];

  it('says every turn once, although the last call repeats them all', () => {
    expect(attempt?.messages).toEqual([
      { role: 'system', content: 'You answer for the ferry office.' },
      { role: 'user', content: 'When does the last ferry leave Northquay on Sunday?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'call_tides', name: 'read_timetable', arguments: '{"day":"Sunday","harbour":"Northquay"}' }],
      },
      { role: 'tool', content: '{"last_ferry":"18:40"}', tool_call_id: 'call_tides' },
      { role: 'assistant', content: 'The last ferry leaves Northquay at 18:40.' },
    ]);
    expect(attempt?.tools).toEqual([{ type: 'function', function: { name: 'read_timetable', parameters: { type: 'object' } } }]);
  });

  it('signs its spans in order of time, and stands where the first of them stands', () => {
    const names = (attempt!.signed as JsonObject[]).map(({ name }) => name);
    expect(names).toEqual(['invoke_agent ferry desk', 'chat harbour-large', 'execute_tool read_timetable', 'chat harbour-large']);
    expect([attempt?.locator, attempt?.line, attempt?.branch]).toEqual([{ line: 0 }, 0, '']);
  });

  it('counts the tokens of the calls, and not those of the agent again', () => {
    expect(attempt?.usage).toEqual({ prompt_tokens: 60 + 90, completion_tokens: 12 + 19, latency_ms: 2600 });
  });

  it('takes the evaluation as the opinion of a judge', () => {
    expect(attempt?.signals.judges).toEqual([{ by: 'Correctness', verdict: 'yes', value: 1 }]);
    expect(attempt?.outcome).toEqual({ state: 'success', value: 1, from: 'judge' });
    expect(attempt?.signals.proxies).toEqual({ reasoning_parts: 1 });
  });

  it('names model, provider, time and conversation', () => {
    expect(attempt).toMatchObject({
      model: 'harbour-large-2026-03',
      provider: 'openai',
      recordedAt: '2026-04-06T08:00:00.000Z',
      parent_id: 'desk-17',
    });
  });

  it('is the same however its spans were batched, and however often they were delivered', () => {
    const lines = ferry.text.trimEnd().split('\n');
    const [turned] = evidenceIn(otelGenai, { path: ferry.path, text: [...lines.toReversed(), ...lines].join('\n') })
      .filter(({ task }) => task.text === attempt?.task.text)
      .map(({ locator: _locator, line: _line, ...content }) => content);
    const { locator: _locator, line: _line, ...content } = attempt!;
    expect(turned).toEqual(content);
  });
});

describe('otel-genai, how an attempt ended', () => {
  it('knows an answer that was cut short', () => {
    expect(byTask(ferry)['List every ferry of the summer.']?.signals).toMatchObject({ truncated: true, judges: [], human: [] });
  });

  it('knows a call that failed', () => {
    const failed = byTask(ferry)['Is the night ferry running?'];
    expect(failed?.signals).toMatchObject({ error: 'the model did not answer within 30 s', cancelled: false });
    expect(failed?.messages).toEqual([{ role: 'user', content: 'Is the night ferry running?' }]);
    expect(failed?.outcome.state).toBe('unknown');
  });

  it('does not take an error that was made good for the end', () => {
    const [draft] = evidence(
      span({ id: 'a1', name: 'invoke_agent clerk', attributes: { 'gen_ai.operation.name': 'invoke_agent' } }),
      span({
        id: 'a2',
        parent: 'a1',
        start: 2,
        name: 'execute_tool bell',
        attributes: { 'gen_ai.operation.name': 'execute_tool' },
        error: 'no rope',
      }),
      chat({ id: 'a3', parent: 'a1', start: 3 }, 'Ring the bell.', 'It rang.'),
    );
    expect(draft?.signals).not.toHaveProperty('error');
    expect(draft?.signals.proxies).toEqual({ errored_spans: 1 });
  });

  it('knows a cancelled one', () => {
    const [draft] = evidence(chat({ id: 'a1', attributes: { 'error.type': 'CancelledError' }, error: '' }, 'Ring the bell.', ''));
    expect(draft?.signals).toMatchObject({ cancelled: true, error: 'CancelledError' });
  });
});

describe('otel-genai, messages in other places', () => {
  it('reads the events of a span', () => {
    expect(byTask(fog)['Did the horn of pier 2 sound tonight?']?.messages).toEqual([
      { role: 'system', content: 'You watch the fog horn.' },
      { role: 'user', content: 'Did the horn of pier 2 sound tonight?' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_fog', name: 'read_horn', arguments: '{"pier":2}' }] },
      { role: 'tool', content: 'silent since 21:00', tool_call_id: 'call_fog' },
      { role: 'assistant', content: 'No, it has been silent since 21:00.' },
    ]);
  });

  it('reads log records that belong to a span', () => {
    const attempts = byTask(fog);
    expect(attempts['Who painted the beacon?']?.messages.at(-1)?.content).toBe('The log does not say.');
    expect(attempts['What hangs in the lamp room?\n[image]']?.messages.at(-1)?.content).toBe('A brass bell.');
    expect(attempts['Who painted the beacon?']?.signed).toHaveLength(3);
  });

  it('reads indexed attributes of prompts and completions', () => {
    const [draft] = evidence(
      span({
        id: 'a1',
        name: 'openai.chat',
        attributes: {
          'llm.request.type': 'chat',
          'gen_ai.prompt.0.role': 'user',
          'gen_ai.prompt.0.content': 'Which buoy is red?',
          'gen_ai.completion.0.role': 'assistant',
          'gen_ai.completion.0.finish_reason': 'length',
          'gen_ai.completion.0.content': 'The one to',
        },
      }),
    );
    expect(draft?.messages.map(({ content }) => content)).toEqual(['Which buoy is red?', 'The one to']);
    expect(draft?.signals.truncated).toBe(true);
  });

  it('reads spans as the SDK for Python prints them', () => {
    const [draft, ...more] = evidenceIn(otelGenai, weather);
    expect(more).toEqual([]);
    expect(draft).toMatchObject({
      messages: [{ content: 'Is there wind at the quay?' }, { content: 'Force 4.' }],
      signals: { error: 'the answer came after the ferry left' },
      recordedAt: '2026-04-06T08:00:00.007Z',
      usage: { prompt_tokens: 14, completion_tokens: 3, latency_ms: 400 },
    });
  });

  it('falls back on what went into the agent and came out', () => {
    const [draft] = evidence(
      span({
        id: 'a1',
        name: 'clerk',
        attributes: { 'openinference.span.kind': 'AGENT', 'input.value': 'Who keeps the key?', 'output.value': 'The harbour master.' },
      }),
    );
    expect(draft?.messages).toEqual([
      { role: 'user', content: 'Who keeps the key?' },
      { role: 'assistant', content: 'The harbour master.' },
    ]);
  });

  it('keeps a trace without content apart from others of its kind', () => {
    const [draft] = evidenceIn(otelGenai, office, { skipRefused: true });
    expect(draft).toMatchObject({ messages: [], model: 'beacon-1', task: { id: '7bf92f3577b34da6a3ce929d0e0e4702', text: '' } });
  });
});

describe('otel-genai, OpenInference', () => {
  const [draft, ...more] = evidenceIn(otelGenai, lost);

  it('reads turns and ties results without an id to their calls', () => {
    expect(more).toEqual([]);
    expect(draft?.messages).toEqual([
      { role: 'system', content: 'You look after lost property.' },
      { role: 'user', content: 'Was a red umbrella handed in?' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'unnamed_1', name: 'search_shelf', arguments: '{"what": "umbrella"}' }] },
      { role: 'tool', content: 'red umbrella, desk 3', tool_call_id: 'unnamed_1' },
      { role: 'assistant', content: 'Yes, it hangs behind desk 3.' },
    ]);
    expect(draft?.usage).toEqual({ prompt_tokens: 31 + 52, completion_tokens: 8 + 9, cost_usd: 0.005, latency_ms: 3000 });
    expect(draft).toMatchObject({ model: 'harbour-large', provider: 'azure', parent_id: 'lost-and-found' });
  });

  it('follows the link of an evaluation that came later, and knows that a person gave it', () => {
    expect(draft?.signals.human).toEqual([{ by: 'correctness', verdict: 'yes', value: 1 }]);
    expect(draft?.outcome).toEqual({ state: 'success', value: 1, from: 'human' });
  });

  it('names the place in the document', () => {
    expect(draft?.locator).toEqual({ pointer: '/resourceSpans/0/scopeSpans/0/spans/0' });
  });

  it('leaves out what models say to evaluate', () => {
    expect(JSON.stringify(draft?.messages)).not.toContain('polite');
    expect(draft?.signals.proxies).toEqual({});
  });
});

describe('otel-genai, more than one conversation in a trace', () => {
  it('tells the one that ends in the answer of the trace, and counts the others', () => {
    const [draft, ...more] = evidence(
      span({
        id: 'a1',
        name: 'desk',
        attributes: { 'openinference.span.kind': 'CHAIN', 'input.value': 'Sail or stay?', 'output.value': 'Stay.' },
      }),
      chat({ id: 'a2', parent: 'a1', start: 2 }, 'Sail or stay?', 'Stay.'),
      chat({ id: 'a3', parent: 'a1', start: 3 }, 'Find a title for this talk.', 'Sailing'),
    );
    expect(more).toEqual([]);
    expect(draft?.messages.map(({ content }) => content)).toEqual(['Sail or stay?', 'Stay.']);
    expect(draft?.signals.proxies).toEqual({ side_conversations: 1 });
  });

  it('looks past those of sub-agents, however long', () => {
    const agent = { 'gen_ai.operation.name': 'invoke_agent' };
    const [draft] = evidence(
      span({ id: 'a1', name: 'desk', attributes: agent }),
      chat({ id: 'a2', parent: 'a1', start: 2 }, 'Is it safe to sail?', 'Ask the pilot.'),
      span({ id: 'b1', parent: 'a1', start: 3, name: 'pilot', attributes: agent }),
      chat({ id: 'b2', parent: 'b1', start: 4 }, 'How is the tide?', 'Low.'),
      chat({ id: 'b3', parent: 'b1', start: 5 }, ['How is the tide?', 'Low.', 'And the wind?'], 'North.'),
    );
    expect(draft?.messages.map(({ content }) => content)).toEqual(['Is it safe to sail?', 'Ask the pilot.']);
  });

  it('takes the result of a tool from its own span where the messages lack it', () => {
    const call = [{ role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'ring', arguments: {} }] }];
    const [draft] = evidence(
      chat({ id: 'a1' }, 'Ring the bell.', JSON.stringify(call)),
      span({
        id: 'a2',
        start: 2,
        name: 'execute_tool ring',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'ring',
          'gen_ai.tool.call.id': 'c1',
          'gen_ai.tool.call.result': 'dong',
        },
      }),
    );
    expect(draft?.messages.at(-1)).toEqual({ role: 'tool', content: 'dong', tool_call_id: 'c1' });
  });
});

describe('otel-genai, options', () => {
  it('may say whose word an evaluation is, and what its values mean', () => {
    const scored = (options: JsonObject) => evidenceIn(otelGenai, { ...ferry, options }).find(({ parent_id: id }) => id === 'desk-17');
    expect(scored({ scores: { Correctness: 'tests' } })?.signals).toMatchObject({ tests: { passed: true }, judges: [] });
    expect(scored({ scores: { Correctness: 'reward' } })?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(scored({ scores: { Correctness: 'ignore' } })?.signals.proxies).toMatchObject({ 'score.Correctness': 1 });
    expect(scored({ scores: { Correctness: { labels: { pass: 'partial' } } } })?.signals.judges).toMatchObject([{ verdict: 'partial' }]);
  });

  it('may name the attribute with the id of the task', () => {
    const [draft] = evidenceIn(otelGenai, { ...ferry, options: { task_id_attribute: 'ferry.ticket' } }).filter(
      ({ task }) => task.id !== null,
    );
    expect(draft?.task).toEqual({ id: 'T-204', text: 'When does the last ferry leave Northquay on Sunday?' });
  });

  it('may pass over traces without a model', () => {
    expect(evidenceIn(otelGenai, { ...office, options: { other_traces: 'skip' } })).toHaveLength(1);
    expect(() => evidenceIn(otelGenai, office)).toThrow('expected a span with attributes of the gen_ai conventions');
  });

  it('that it does not know are an error of the config', () => {
    expect(() => evidenceIn(otelGenai, { ...office, options: { other_trace: 'skip' } })).toThrow(ConfigError);
  });
});

describe('otel-genai refuses', () => {
  it('messages that were cut off by a limit on attributes', () => {
    const broken = chat({ id: 'a1' }, '[{"role":"user","parts":[{"type":"te', 'Half of what?');
    expect(normalized(broken)).toEqual([
      {
        refused: 'missing_field',
        detail:
          'span a1, gen_ai.input.messages: expected a list of messages, found "[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"te"',
        locator: { line: 10 },
        line: 10,
      },
    ]);
  });

  it('spans without id or time, and lines that are none, and reads the others', () => {
    const drafts = normalized(
      { traceId: 'f00d', spanId: 'a1', name: 'when?' },
      42,
      { resourceSpans: [{ scopeSpans: [{ spans: ['torn page'] }] }] },
      chat({ id: 'a1' }, 'Ring the bell.', 'Dong.'),
    );
    expect(drafts).toMatchObject([
      { refused: 'missing_field', detail: 'span a1: expected a start time in nanoseconds, found none', line: 10 },
      { refused: 'not_an_object', detail: 'span: expected an object, found 42', line: 20 },
      { refused: 'not_an_object', detail: 'span: expected an object, found "torn page"', line: 30 },
      { task: { text: 'Ring the bell.' }, line: 40 },
    ]);
  });
});

describe('otel-genai detects', () => {
  const { text } = ferry;

  it('an array of requests, a document, and the beginning of a long line', () => {
    const requests = `[${text.trimEnd().split('\n').join(',')}]`;
    expect(otelGenai.detect(sampleOf(requests, 'x.json'))).toMatchObject({ layout: 'traces', confidence: 0.95 });
    expect(otelGenai.detect(sampleOf(lost.text, 'x.json'))).toMatchObject({ layout: 'document' });
    const long = `{"resourceSpans":[{"pad":"${'.'.repeat(300_000)}`;
    expect(otelGenai.detect(sampleOf(long, 'x.jsonl'))).toMatchObject({ layout: 'traces', confidence: 0.5 });
  });

  it('spans that say nothing of models too, but is less sure of them', () => {
    const [web = ''] = office.text.split('\n');
    expect(otelGenai.detect(sampleOf(web, 'x.jsonl'))).toMatchObject({ layout: 'traces', confidence: 0.5 });
  });
});

interface SpanParts {
  readonly id: string;
  readonly parent?: string;
  readonly name?: string;
  readonly start?: number;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly error?: string;
}

/** A span of the one trace of a test; `start` in seconds. */
function span({ id, parent, name = 'span', start = 1, attributes = {}, error }: SpanParts): JsonObject {
  return {
    traceId: 'f00d',
    spanId: id,
    ...(parent !== undefined && { parentSpanId: parent }),
    name,
    startTimeUnixNano: `${1_775_462_400 + start}000000000`,
    endTimeUnixNano: `${1_775_462_401 + start}000000000`,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })),
    ...(error !== undefined && { status: { code: 2, message: error } }),
  };
}

/** A call of a model: turns of user and assistant by turns, or JSON text as it is. */
function chat(parts: SpanParts, asked: string | readonly string[], said: string): JsonObject {
  const turns = (typeof asked === 'string' ? [asked] : asked).map((content, index) =>
    turn(index % 2 === 0 ? 'user' : 'assistant', content),
  );
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': typeof asked === 'string' && asked.startsWith('[{') ? asked : JSON.stringify(turns),
    'gen_ai.output.messages': said.startsWith('[{') ? said : JSON.stringify([turn('assistant', said)]),
    ...parts.attributes,
  };
  return span({ name: 'chat', ...parts, attributes });
}

function turn(role: string, content: string): JsonValue {
  return { role, parts: [{ type: 'text', content }] };
}

/** What lines, standing on lines 10, 20, 30 … of their file, come to. */
function normalized(...lines: JsonValue[]): readonly unknown[] {
  const record = { value: lines, locator: { line: 10 }, line: 10, lines: lines.map((_line, at) => (at + 1) * 10) };
  return otelGenai.normalize(record, { path: 'harbour.jsonl', options: {} });
}

function evidence(...lines: JsonValue[]) {
  return evidenceIn(otelGenai, { path: 'harbour.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') });
}
