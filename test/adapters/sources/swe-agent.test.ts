import { describe, expect, it } from 'vitest';
import { sweAgent } from '../../../adapters/sources/swe-agent.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const older = fixture('swe-agent', 'older/brass__clock-13.traj');
const newer = fixture('swe-agent', 'newer/9b1c.traj');
const drawer = fixture('swe-agent', 'demonstrations/locked_drawer.traj');

describeAdapter(sweAgent, { samples: [older, newer, drawer], foreign: foreignTo('swe-agent') });

describe('swe-agent', () => {
  const [oldRun] = evidenceIn(sweAgent, older);
  const [newRun] = evidenceIn(sweAgent, newer);
  const [flagHunt] = evidenceIn(sweAgent, drawer);
  const issue = 'The tower clock strikes thirteen\nAt midnight the bell rings once too often.';

  it('reads the turns of the older generation without the demonstration and the other agent', () => {
    expect(oldRun?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant']);
    expect(oldRun?.messages.at(-1)).toEqual({ role: 'assistant', content: 'Fixed.\n```\nsubmit\n```' });
    expect(JSON.stringify(oldRun?.messages)).not.toMatch(/sundial|A note for the record/);
  });

  it('reads calls and results of the newer generation', () => {
    expect(newRun?.messages.slice(2, 4)).toEqual([
      { role: 'assistant', content: 'Let me see.', tool_calls: [{ id: 'call_a', name: 'open', arguments: '{"path": "strike.py"}' }] },
      { role: 'tool', content: 'return hour + 1', tool_call_id: 'call_a' },
    ]);
    expect(newRun?.messages[0]?.content).toBe('SETTING: you mend clocks in a terminal.');
  });

  it('finds the same task in both: by the name of the file, and by the settings', () => {
    expect(oldRun?.task).toEqual({ id: 'brass__clock-13', text: issue });
    expect(newRun?.task).toEqual({ id: 'brass__clock-13', text: issue });
    expect(flagHunt?.task).toEqual({ id: null, text: 'Find the flag in the drawer.' });
  });

  it('keeps the submitted patch', () => {
    expect(oldRun?.artifacts).toMatchObject([{ kind: 'patch' }]);
    expect(oldRun?.artifacts[0]?.text).toContain('+return hour\n');
    expect(flagHunt?.artifacts).toEqual([]);
  });

  it('takes no exit status for truth', () => {
    for (const run of [oldRun, newRun, flagHunt]) expect(run?.outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(oldRun?.signals).toMatchObject({ exit_status: 'submitted (exit_cost)', truncated: true, proxies: { submitted: true } });
    expect(newRun?.signals).toMatchObject({ exit_status: 'submitted', truncated: false, proxies: { submitted: true } });
    expect(flagHunt?.signals).toEqual({ human: [], judges: [], cancelled: false, truncated: false, proxies: {} });
  });

  it('reads usage and model', () => {
    expect(oldRun?.usage).toEqual({ prompt_tokens: 5200, completion_tokens: 330, cost_usd: 0.25 });
    expect([oldRun?.model, newRun?.model]).toEqual([null, 'brass-1']);
  });
});

describe('swe-agent', () => {
  const turn = { role: 'user', content: 'Find the flag.', agent: 'main' };

  it('takes a submission that is no diff as an answer', () => {
    expect(normalized({ history: [turn], info: { submission: 'flag{under_the_paper}\n' } })).toMatchObject([
      { artifacts: [{ kind: 'answer', text: 'flag{under_the_paper}\n' }] },
    ]);
    expect(normalized({ history: [turn], info: { submission: ' \n' } })).toMatchObject([{ artifacts: [] }]);
  });

  it('names an exit by error as an error', () => {
    expect(normalized({ history: [turn], info: { exit_status: 'exit_format' } })).toMatchObject([
      { signals: { error: 'exit_format', proxies: { submitted: false } } },
    ]);
  });

  it('gives each call that one observation answers its own result', () => {
    const observation = { role: 'tool', content: 'both done', agent: 'main', tool_call_ids: ['call_a', 'call_b'] };
    expect(normalized({ history: [turn, observation] })).toMatchObject([
      { messages: [{}, { content: 'both done', tool_call_id: 'call_a' }, { content: 'both done', tool_call_id: 'call_b' }] },
    ]);
  });

  it.each<[string, JsonValue, string]>([
    ['a run without a history', { trajectory: [] }, 'history: expected an array of turns, found nothing'],
    ['a turn of an unknown role', { history: [turn, { role: 'bystander', content: '' }] }, 'history[1].role: expected system'],
  ])('refuses %s', (_name, value, detail) => {
    expect(normalized(value)).toMatchObject([{ refused: 'missing_field', detail: expect.stringContaining(detail) as string }]);
  });

  it('recognises a trajectory longer than the sample', () => {
    const step = { action: 'ls', observation: 'drawer', response: 'Let me see.' };
    const run = { trajectory: Array.from({ length: 6000 }, () => step), history: [turn], info: {} };
    const sample = sampleOf(JSON.stringify(run, null, 2), 'drawer.traj');
    expect(sample.complete).toBe(false);
    expect(sweAgent.detect(sample)?.layout).toBe('document');
  });
});

function normalized(value: JsonValue): readonly unknown[] {
  return sweAgent.normalize({ value, locator: {}, line: 0 }, { path: 'drawer.traj', options: {} });
}
