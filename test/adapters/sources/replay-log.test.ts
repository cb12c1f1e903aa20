import { describe, expect, it } from 'vitest';
import { replayLog } from '../../../adapters/sources/replay-log.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import { replayRunSchema } from '../../../schemas/replay-run.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const log = fixture('replay-log', 'replay_runs.jsonl');

describeAdapter(replayLog, { samples: [log], foreign: foreignTo('replay-log') });

const drafts = evidenceIn(replayLog, log);
const [grounded, ungrounded, warned, unlooked, second, silent] = drafts;
const scores = drafts.map((draft) => scoreEvidence(draft, { partialMin: 0.5 }));
const rows = log.text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as JsonObject);

describe('replay-log', () => {
  it('keeps model output apart by origin and generation', () => {
    expect(new Set(drafts.map(({ origin }) => origin))).toEqual(new Set(['replay']));
    // The bundle of the fifth holds a row that was itself made of replay output.
    expect(drafts.map(({ generation }) => generation)).toEqual([1, 1, 1, 1, 2, 1]);
  });

  it('asks with the task and answers with the answer', () => {
    expect(grounded?.task).toEqual({ id: null, text: 'How do I open the lock at dawn?' });
    expect(grounded?.messages).toEqual([
      { role: 'user', content: 'How do I open the lock at dawn?' },
      { role: 'assistant', content: rows[0]!.answer },
    ]);
    expect(silent?.messages).toHaveLength(1);
    expect(grounded).toMatchObject({ model: 'keeper-7b', parent_id: 'replay-1', recordedAt: '2025-04-01T05:00:00.000Z' });
    expect(grounded?.usage).toEqual({ prompt_tokens: 180, completion_tokens: 40, latency_ms: 2100 });
  });

  it('takes the gate for no truth, and is decided by the rule for replays', () => {
    for (const draft of drafts) expect(draft.outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(scores.map(({ rule }) => rule)).toEqual(['replay_gate', 'replay_gate', 'replay_gate', 'unverified', 'replay_gate', 'no_output']);
    expect(scores.map(({ category }) => category)).toEqual([
      'partially_accepted',
      'rejected',
      'rejected',
      'needs_human_review',
      'partially_accepted',
      'rejected',
    ]);
  });

  it('says what was grounded, and that nobody looked', () => {
    expect(grounded?.signals.proxies).toEqual({ gate_passed: true, grounded: true, ungrounded: 0 });
    expect(ungrounded?.signals.proxies).toEqual({ gate_passed: false, grounded: false, ungrounded: 1 });
    expect(warned?.signals.proxies).toEqual({ gate_passed: true, grounded: false, ungrounded: 1 });
    expect(unlooked?.signals.proxies).toEqual({ gate_passed_unchecked: true });
    expect(second?.signals.proxies).toEqual({ gate_passed: true, grounded: true, ungrounded: 0, escalated: true });
  });

  it.each<[string, JsonObject, string]>([
    ['an origin that is not replay', { origin: 'external' }, 'origin'],
    ['a generation that hides where the bundle came from', { generation: 1 }, 'generation'],
    ['a run without a gate', { gate: null }, 'gate'],
    ['another version', { schema: 'replay_run/2' }, 'schema'],
    ['a field nobody knows', { reward: 1 }, 'replay run'],
  ])('refuses %s', (_name, change, where) => {
    const record = { value: { ...rows[4], ...change }, locator: { line: 4 }, line: 4 };
    expect(replayLog.normalize(record, { path: log.path, options: {} })).toEqual([
      { refused: 'missing_field', detail: expect.stringContaining(where) as string, locator: { line: 4 }, line: 4 },
    ]);
  });

  it('refuses a line that is no object', () => {
    const record = { value: 'the lock', locator: { line: 0 }, line: 0 };
    expect(replayLog.normalize(record, { path: log.path, options: {} })).toMatchObject([{ refused: 'not_an_object' }]);
  });

  it('names a log of another version as what it is', () => {
    expect(replayLog.detect(sampleOf(log.text.replaceAll('replay_run/1', 'replay_run/2'), log.path))).toMatchObject({ layout: 'lines' });
  });

  it('is written by the schema it is read by', () => {
    for (const row of rows) expect(replayRunSchema.parse(row)).toEqual(row);
  });
});
