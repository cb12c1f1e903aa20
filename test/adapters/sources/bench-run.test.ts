import { describe, expect, it } from 'vitest';
import { benchRun } from '../../../adapters/sources/bench-run.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter, isEvidence } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { recordsOf } from './records-of.ts';
import { sampleOf } from './sample-of.ts';

const tern = fixture('bench-run', 'tern.jsonl');
const unfinished = fixture('bench-run', 'older-unfinished.jsonl');
const dryRun = fixture('bench-run', 'dry-run.jsonl');

describeAdapter(benchRun, { samples: [tern, unfinished, dryRun], foreign: foreignTo('bench-run') });

const drafts = evidenceIn(benchRun, tern);
const [good, plain, echo, entities, timeout, adversarial, unmeasured, repetition] = drafts;
const category = (draft: (typeof drafts)[number] | undefined): string => scoreEvidence(draft!, { partialMin: 0.5 }).category;

/** What the run's file says once some of its lines are changed. */
function changed(change: (line: JsonObject) => JsonValue | undefined): ReturnType<typeof benchRun.normalize> {
  const [record] = recordsOf(tern.text, 'session');
  const value = (record!.value as JsonObject[]).flatMap((line) => change(line) ?? []);
  return benchRun.normalize({ ...record!, value }, { path: tern.path, options: {} });
}

describe('bench-run', () => {
  it('takes main and repeated attempts for attempts at the task; warm-up and judge calls are none', () => {
    // Lines 2 to 9 of twelve: line 1 warms up, line 10 is the judge's.
    expect(drafts.map(({ locator }) => locator.line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(repetition?.task.key).toBe(good?.task.key);
    expect(repetition?.task.id).toBe('shell-1');
    expect(good?.signed).toEqual(JSON.parse(tern.text.split('\n')[2]!));
  });

  it('takes the gates of the main pass as the truth', () => {
    expect(good?.outcome).toEqual({ state: 'success', value: 1, from: 'tests' });
    expect([good, plain, echo, entities].map((draft) => draft?.signals.tests?.passed)).toEqual([true, false, false, false]);
    expect([good, plain, echo, entities].map(category)).toEqual(['accepted', 'rejected', 'rejected', 'rejected']);
  });

  it('holds the echo against the threshold of the manifest, else against that of the bench', () => {
    // 0.45 is above the 0.4 of this manifest and below the 0.5 of the bench.
    const kept = changed((line) => (line.record_type === 'run_manifest' ? undefined : line)).filter(isEvidence);
    expect(kept[2]?.signals.tests?.passed).toBe(true);
  });

  it.each([
    ['a gate that was not measured', unmeasured],
    ['the adversarial stratum', adversarial],
    ['a repetition', repetition],
  ])('has no truth from %s', (_name, draft) => {
    expect(draft?.signals.tests).toBeUndefined();
    expect(draft?.outcome.state).toBe('unknown');
    expect(category(draft)).toBe('needs_human_review');
  });

  it('tells the other purposes and the gates that do not count as proxies', () => {
    expect(repetition?.signals.proxies).toEqual({ gates_passed: true, purpose: 'self_consistency' });
    expect(adversarial?.signals.proxies).toEqual({ gates_passed: true, stratum: 'adversarial' });
    expect(good?.signals.proxies).toEqual({ judge_mean: 4.333333 });
  });

  it('takes a call that failed as an error, and its gates for nothing', () => {
    expect(timeout).toMatchObject({ artifacts: [], usage: {}, signals: { error: 'timeout' } });
    expect(timeout?.signals.tests).toBeUndefined();
    expect(category(timeout)).toBe('rejected');
  });

  it('has the answer without the event, which is not in the file', () => {
    expect(good?.messages).toEqual([]);
    expect(good?.artifacts).toEqual([{ kind: 'answer', text: expect.stringContaining('moored boats') as string }]);
    expect(good?.task.text).toBe('');
  });

  it('carries model, time, trial and usage', () => {
    expect(good).toMatchObject({ model: 'tern-7b', trial: 0, parent_id: 'run-20250302T064000Z-1a2b3c4d-abcdef' });
    expect(good?.recordedAt).toBe('2025-03-02T06:40:00.000Z');
    expect(good?.usage).toEqual({ prompt_tokens: 210, completion_tokens: 48, latency_ms: 950 });
    expect(repetition?.trial).toBe(1);
  });

  it.each(['cancelled', 'deadline', 'lease_lost'])('leaves a run that ended by %s to a human', (reason) => {
    const found = changed((line) => (line.record_type === 'run_end' ? { ...line, reason } : line)).filter(isEvidence);
    expect(found[0]?.signals.cancelled).toBe(true);
    expect(category(found[0])).toBe('needs_human_review');
  });

  it('reads the older form: model_id, start_iso; without an end and with an errored model it is for a human', () => {
    const [old] = evidenceIn(benchRun, unfinished);
    expect(old).toMatchObject({ model: 'gull-3b', recordedAt: '2025-01-01T00:00:05.000Z', usage: {} });
    expect(old?.signals).toMatchObject({ cancelled: true, error: 'model errored: downstream_proxy, ValueError', tests: { passed: true } });
    expect(category(old)).toBe('needs_human_review');
    // The same event as in the other run.
    expect(old?.task.key).toBe(good?.task.key);
  });

  it('lists a run without an attempt as a companion', () => {
    expect(benchRun.detect(sampleOf(dryRun.text, dryRun.path))).toMatchObject({ layout: 'companion' });
  });

  it.each<[string, string, JsonValue]>([
    ['an attempt without an event', 'missing_field', { record_type: 'attempt', purpose: 'main', event: {} }],
    ['an output that is no text', 'missing_field', { record_type: 'attempt', event: { event_id: 'shell-1' }, raw_output: 7 }],
    ['a line that is no object', 'not_an_object', 'attempt'],
  ])('refuses %s', (_name, reason, line) => {
    const record = { value: [line], locator: { line: 4 }, line: 4, lines: [4] };
    expect(benchRun.normalize(record, { path: tern.path, options: {} })).toMatchObject([{ refused: reason, line: 4 }]);
  });

  it('refuses a run in which nothing was attempted', () => {
    expect(changed((line) => (line.record_type === 'attempt' ? undefined : line))).toMatchObject([{ refused: 'missing_field' }]);
  });
});
