import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tauBench } from '../../../adapters/sources/tau-bench.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn, outputText } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';

const library = fixture('tau-bench', 'library-desk.json');
const museum = fixture('tau-bench', 'museum-desk.json');

describeAdapter(tauBench, { samples: [library, museum], foreign: foreignTo('tau-bench') });

describe('tau-bench', () => {
  const [renewed, boasted, halfDone, broken] = evidenceIn(tauBench, library);

  it('takes the truth from the reward and the trial from the run', () => {
    expect(renewed?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(renewed?.signals.reward).toBe(1);
    expect([renewed?.trial, boasted?.trial]).toEqual([0, 1]);
    expect(halfDone?.outcome).toEqual({ state: 'partial', value: 0.5, from: 'reward' });
  });

  it('does not believe a fluent failure', () => {
    expect(boasted?.messages.at(-2)?.content).toBe('With pleasure! I have renewed it for you; enjoy your reading.');
    expect(boasted?.outcome).toEqual({ state: 'failure', value: 0, from: 'reward' });
  });

  it('keeps tool calls with their arguments as text, and the answers by call id', () => {
    expect(renewed?.messages[2]).toEqual({
      role: 'assistant',
      content: '',
      tool_calls: [{ id: 'call_1', name: 'find_loan', arguments: '{"reader":"reader_204"}' }],
    });
    expect(renewed?.messages[3]).toEqual({
      role: 'tool',
      content: '{"loan_id":"L-77","waiting":0}',
      tool_call_id: 'call_1',
      name: 'find_loan',
    });
    expect(renewed?.messages[6]?.content).toBe('Renewing it now.');
    expect(renewed?.messages[8]).toEqual({ role: 'assistant', content: 'Done: it is due on 14 April.' });
    expect(halfDone?.messages[1]?.content).toBe('Two to return,\none to reserve.');
  });

  it('names the task by id and instruction, so that the domains do not collide', () => {
    const instruction = 'You are reader_204. You want to keep "The Lighthouse Keepers" for two more weeks.';
    const hash = createHash('sha256').update(instruction).digest('hex').slice(0, 8);
    expect(renewed?.task).toEqual({ id: '0', key: `tau-bench/0/${hash}`, text: instruction });
    expect(boasted?.task).toEqual(renewed?.task);
    const [visit] = evidenceIn(tauBench, museum);
    expect(visit?.task.id).toBe('0');
    expect(visit?.task.key).not.toBe(renewed?.task.key);
  });

  it('lets neither the gold actions nor the bill of the simulated customer out', () => {
    for (const draft of evidenceIn(tauBench, library)) {
      expect(outputText(draft)).not.toContain('gold');
      expect(draft.usage).toEqual({});
      expect(draft.model).toBeNull();
    }
  });

  it('carries the error of a run that broke down', () => {
    expect(broken?.signals.error).toBe('the catalogue did not answer');
    expect(broken?.messages).toEqual([]);
    expect(broken?.task).toEqual({ id: '2', key: 'tau-bench/2', text: '' });
  });

  it.each([
    ['a run that is no object', 'not_an_object', 'run', []],
    ['a reward in words', 'missing_field', 'reward', { task_id: 0, reward: 'full marks', traj: [] }],
    ['a run without a conversation', 'missing_field', 'traj', { task_id: 0, reward: 1 }],
    ['an unknown role', 'missing_field', 'traj[0].role', { task_id: 0, reward: 1, traj: [{ role: 'narrator', content: 'Once' }] }],
    [
      'a call without a name',
      'missing_field',
      'traj[0].tool_calls',
      { task_id: 0, reward: 1, traj: [{ role: 'assistant', tool_calls: [{}] }] },
    ],
  ])('refuses %s', (_name, reason, where, value) => {
    const drafts = tauBench.normalize({ value, locator: { pointer: '/7' }, line: 90 }, { path: 'library-desk.json', options: {} });
    expect(drafts).toEqual([{ refused: reason, detail: expect.stringContaining(where), locator: { pointer: '/7' }, line: 90 }]);
  });

  it('keeps a run whose reward is not recorded, as unknown', () => {
    const value = { task_id: 3, reward: null, traj: [{ role: 'user', content: 'Is the reading room open?' }] };
    const [draft] = tauBench.normalize({ value, locator: { pointer: '/0' }, line: 0 }, { path: 'library-desk.json', options: {} });
    expect(draft).toMatchObject({ outcome: { state: 'unknown', value: null, from: 'none' } });
  });
});
