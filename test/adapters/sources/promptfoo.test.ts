import { describe, expect, it } from 'vitest';
import { promptfoo } from '../../../adapters/sources/promptfoo.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter, isEvidence } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

// The fixtures follow the published types of promptfoo/promptfoo: src/types/index.ts at commit 0011eb02da99d740eed49f71fb74611157fe6564,
// src/models/evalResult.ts at 013bf397854358335b4c79b3d145b8902505a1ef, src/assertions/assertionsResult.ts at 0279b12d600a6dd9cce733ba1b0b06fb22e06d69.
const desk = fixture('promptfoo', 'tide-desk.json');
const lamps = fixture('promptfoo', 'older-lamps.json');
const berths = fixture('promptfoo', 'berths.jsonl');
const listed = fixture('promptfoo', 'berths-array.json');

describeAdapter(promptfoo, { samples: [desk, lamps, berths, listed], foreign: foreignTo('promptfoo') });

const evidence = evidenceIn(promptfoo, desk);
const [toldTwice, noon, early, highWater, depth, plenty, kind, unkind, gulls, unreachable, red, rules, gale, lock] = evidence;
const categoryOf = (draft: (typeof evidence)[number] | undefined): string => scoreEvidence(draft!, { partialMin: 0.5 }).category;

describe('promptfoo, a summary of version 3', () => {
  it('makes an attempt at one task of every combination of prompt and provider', () => {
    const combinations = [toldTwice, noon, early, highWater];
    expect(new Set(combinations.map((draft) => draft?.task.key)).size).toBe(1);
    expect(combinations.map((draft) => [draft?.provider, draft?.model])).toEqual([
      ['openai', 'tide-small'],
      ['ollama', 'tide-large:8b'],
      ['openai', 'tide-small'],
      ['ollama', 'tide-large:8b'],
    ]);
    expect(new Set(evidence.map((draft) => draft.task.key)).size).toBe(9);
    expect(toldTwice?.locator.pointer).toBe('/results/results/0');
    expect(lock?.locator.pointer).toBe('/results/results/13');
  });

  it('takes what deterministic assertions say as tests, and their reason in `error` as no error', () => {
    expect([toldTwice, noon, early, highWater].map((draft) => draft?.signals.tests?.passed)).toEqual([true, false, true, false]);
    expect(noon?.signals.tests?.detail).toBe('failed: contains');
    expect(highWater?.signals.tests?.detail).toBe('failed: not-contains');
    expect(noon?.signals.error).toBeUndefined();
    expect([toldTwice, noon, early, highWater].map(categoryOf)).toEqual(['accepted', 'rejected', 'accepted', 'rejected']);
  });

  it('states both where tests and graders took part; a test that failed by its grader alone is for a human', () => {
    expect(depth?.signals).toMatchObject({ tests: { passed: true }, judges: [{ by: 'llm-rubric', verdict: 'yes', value: 0.9 }] });
    expect(plenty?.signals).toMatchObject({ tests: { passed: true }, judges: [{ by: 'llm-rubric', verdict: 'no', value: 0.2 }] });
    expect(plenty?.outcome).toEqual({ state: 'failure', value: 0, from: 'tests' });
    expect([categoryOf(depth), categoryOf(plenty)]).toEqual(['accepted', 'needs_human_review']);
  });

  it('counts one grader that was asked twice as one judge', () => {
    expect(kind?.signals.judges).toEqual([{ by: 'llm-rubric', verdict: 'yes' }]);
    expect(unkind?.signals.judges).toEqual([{ by: 'llm-rubric', verdict: 'no' }]);
    expect([categoryOf(kind), categoryOf(unkind)]).toEqual(['partially_accepted', 'rejected']);
  });

  it('knows of no quality where there is no assertion, or nothing but a measure of the call', () => {
    expect([gulls, lock].map((draft) => draft?.outcome.state)).toEqual(['unknown', 'unknown']);
    expect(gulls?.signals.proxies).toEqual({ success: true });
    expect(lock?.signals.proxies).toEqual({ latency: true, success: true });
    expect([categoryOf(gulls), categoryOf(lock)]).toEqual(['needs_human_review', 'needs_human_review']);
  });

  it('takes a provider that did not answer as an error, and nothing else', () => {
    expect(unreachable?.signals).toMatchObject({ error: 'API error: 503 Service Unavailable', judges: [], proxies: { success: false } });
    expect(unreachable?.signals.tests).toBeUndefined();
    expect(unreachable?.messages.map(({ role }) => role)).toEqual(['user']);
    expect(unreachable?.usage).toEqual({});
  });

  it('marks an answer that is what an assertion expected, with its variables filled in', () => {
    expect(red?.signals.proxies).toEqual({ cached: true, equals_reference: true });
    expect(toldTwice?.signals.proxies).toEqual({});
  });

  it('lets a test ask for less than all of its assertions', () => {
    expect(rules?.signals.tests).toEqual({ passed: true, detail: 'failed: contains' });
    expect(categoryOf(rules)).toBe('accepted');
  });

  it('takes a rating by hand as a human word, which the tests may contradict', () => {
    expect(gale?.signals).toMatchObject({ human: [{ by: 'human', verdict: 'no' }], tests: { passed: true } });
    expect(gale?.outcome).toEqual({ state: 'failure', value: 0, from: 'human' });
    expect(categoryOf(gale)).toBe('needs_human_review');
  });

  it('carries time, cost and tokens; a cached answer took no time of the model', () => {
    expect(toldTwice).toMatchObject({ recordedAt: '2025-03-02T06:40:00.000Z', parent_id: 'eval-tide-2025-03-02T06:40:00' });
    expect(toldTwice?.usage).toEqual({ prompt_tokens: 40, completion_tokens: 21, cost_usd: 0.0004, latency_ms: 820 });
    expect(red?.usage).toEqual({ prompt_tokens: 40, completion_tokens: 21 });
  });
});

describe('promptfoo, a summary of version 2', () => {
  const [keeper, nobody, broken] = evidenceIn(promptfoo, lamps);

  it('reads results that do not tell their test', () => {
    expect(keeper).toMatchObject({ provider: 'anthropic', model: 'lamp-1', recordedAt: '2024-05-01T19:00:00.000Z' });
    expect(nobody).toMatchObject({ provider: null, model: 'lamp-2' });
    expect(broken).toMatchObject({ provider: null, model: 'file://lamp_provider.py', signals: { error: 'Error: the lamp oil ran out' } });
    expect(new Set([keeper, nobody, broken].map((draft) => draft?.task.key)).size).toBe(1);
    expect([categoryOf(keeper), categoryOf(nobody), categoryOf(broken)]).toEqual(['accepted', 'rejected', 'rejected']);
  });
});

describe('promptfoo, results one a line', () => {
  const [booked, heron, wren, tern, swan, teal, coot] = evidenceIn(promptfoo, berths);

  it('reads chat prompts and tool calls as what they are', () => {
    expect(booked?.messages).toEqual([
      { role: 'system', content: 'You book berths.' },
      { role: 'user', content: 'A berth for tonight, please.' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_1', name: 'book_berth', arguments: '{"night":"tonight"}' }] },
    ]);
    expect(booked?.task.text).toBe('A berth for tonight, please.');
    expect(booked?.recordedAt).toBeNull();
  });

  it('looks through a set to its members, and lets the set say whether they are enough', () => {
    expect(heron?.signals.tests).toEqual({ passed: true, detail: 'failed: javascript' });
  });

  it('takes graders of different kinds as several judges', () => {
    expect(wren?.signals.judges).toEqual([
      { by: 'factuality', verdict: 'yes', value: 1 },
      { by: 'similar (openai:embedding:e-1)', verdict: 'no', value: 0.6 },
    ]);
    expect(wren?.outcome).toEqual({ state: 'partial', value: 0.5, from: 'judge' });
    expect(wren?.signals.proxies).toEqual({ equals_reference: true });
    expect(categoryOf(wren)).toBe('needs_human_review');
  });

  it('has no verdict of a grader that broke', () => {
    expect(tern?.signals).toMatchObject({ judges: [], proxies: { grader_errors: 1, success: false } });
    expect(categoryOf(tern)).toBe('needs_human_review');
  });

  it('lets success decide for assertions of one kind where the grading was left out', () => {
    expect(swan?.signals.tests).toEqual({ passed: true });
    expect(teal?.signals.tests).toBeUndefined();
    expect(teal?.signals.judges).toEqual([]);
  });

  it('takes texts that were left out for none', () => {
    expect(teal?.messages.map(({ role }) => role)).toEqual(['user']);
    expect(coot?.messages).toEqual([{ role: 'assistant', content: 'The Coot is at sea.' }]);
  });

  it('signs a result alike wherever it stands', () => {
    expect(evidenceIn(promptfoo, listed).map(({ signed }) => signed)).toEqual([heron?.signed, wren?.signed]);
  });
});

describe('promptfoo, detection and refusal', () => {
  it('knows a file by its beginning', () => {
    const long = JSON.stringify({ ...(JSON.parse(desk.text) as object), note: 'low water '.repeat(40_000) });
    const sample = { ...sampleOf(long, 'desk.json'), document: undefined, complete: false };
    expect(promptfoo.detect(sample)).toMatchObject({ layout: 'document' });
  });

  it('leaves a summary without results of its kind alone', () => {
    expect(promptfoo.detect(sampleOf('{"results":{"version":3,"results":[{"boat":"Heron"}]}}', 'boats.json'))).toBeUndefined();
  });

  it.each<[string, string, string, JsonValue]>([
    ['an evaluation without results', 'missing_field', 'results.results', { results: { version: 3, results: [] } }],
    ['a result that is no object', 'not_an_object', 'result', { results: { results: ['red'] } }],
    ['a result without a prompt', 'missing_field', 'prompt.raw', { success: true, prompt: { label: 'tide' } }],
    ['a success in words', 'missing_field', 'success', { success: 'yes', prompt: { raw: 'Low water?' } }],
  ])('refuses %s', (_name, reason, where, value) => {
    const drafts = promptfoo.normalize({ value, locator: { pointer: '' }, line: 0 }, { path: 'desk.json', options: {} });
    expect(drafts).toMatchObject([{ refused: reason, detail: expect.stringContaining(where) as string }]);
    expect(drafts.some(isEvidence)).toBe(false);
  });
});
