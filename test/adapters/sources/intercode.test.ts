import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { intercode } from '../../../adapters/sources/intercode.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn, outputText } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';

const plain = fixture('intercode', 'ic_bash_multiturn.json');
const react = fixture('intercode', 'ic_bash_react.json');
const human = fixture('intercode', 'ic_sql_human.json');
const wrapped = fixture('intercode', 'ic_sql_plan_solve.json');

describeAdapter(intercode, { samples: [plain, react, human, wrapped], foreign: foreignTo('intercode') });

describe('intercode', () => {
  const [counted, archived, silent] = evidenceIn(intercode, plain);

  it('tells the episode as a conversation that ends with the last action', () => {
    expect(counted?.messages).toEqual([
      { role: 'user', content: 'Count the log files under /harbour' },
      { role: 'assistant', content: 'ls /harbour' },
      { role: 'user', content: 'tides.log\nberths.txt\n' },
      { role: 'assistant', content: 'find /harbour -name "*.log" | wc -l' },
      { role: 'user', content: '1\n' },
      { role: 'assistant', content: 'find /harbour -name "*.txt" | wc -l' },
    ]);
  });

  it('takes the best reward as the truth and its command as the artifact', () => {
    expect(counted?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(counted?.artifacts).toEqual([{ kind: 'command', text: 'find /harbour -name "*.log" | wc -l' }]);
    expect(archived?.outcome).toEqual({ state: 'partial', value: 0.67, from: 'reward' });
    expect(archived?.artifacts).toEqual([{ kind: 'command', text: 'tar -cf tides.tar /harbour/tides' }]);
    expect(silent?.outcome).toEqual({ state: 'failure', value: 0, from: 'reward' });
    expect(silent?.artifacts).toEqual([]);
  });

  it.each<[string, JsonValue, number | null]>([
    ['the summary', { summary: { max_reward: 0.9 }, info: { max_reward: 0.8, reward: 0.7 } }, 0.9],
    ['info.max_reward', { summary: {}, info: { max_reward: 0.8, reward: 0.7 } }, 0.8],
    ['the best turn', { info: { reward: 0.2 } }, 0.6],
    ['the last turn', { turn_history: { actions: ['ls'] }, info: { reward: 0.2 } }, 0.2],
    ['the human shape', { turn_history: null, trajectory: [{ action: 'ls' }], reward: 0.1 }, 0.1],
    ['nothing', { turn_history: { actions: ['ls'] }, info: { reward: { file_diff: 0.33 } } }, null],
  ])('reads the reward from %s', (_where, part, reward) => {
    const value = { query: 'List the boats', turn_history: { actions: ['ls'], rewards: [0.6, 0.3] }, ...(part as object) };
    const [draft] = intercode.normalize({ value, locator: { pointer: '/0' }, line: 0, key: '0' }, { path: 'boats.json', options: {} });
    expect(draft).toMatchObject({ outcome: { value: reward } });
  });

  it('keeps a thought before its action and takes the command out of execute[…]', () => {
    const [submitted] = evidenceIn(intercode, react);
    expect(submitted?.messages.map((message) => message.content)).toEqual([
      'Count the log files under /harbour',
      'I look for files that end in .log and count them.\nexecute[find /harbour -name "*.log" | wc -l]',
      '1\n',
      'There is one. I submit.\nsubmit',
    ]);
    expect(submitted?.artifacts).toEqual([{ kind: 'command', text: 'find /harbour -name "*.log" | wc -l' }]);
    expect(submitted?.signals.truncated).toBe(false);
  });

  it('does not put the words of the harness into the mouth of the agent', () => {
    const [, cutOff] = evidenceIn(intercode, react);
    expect(cutOff?.messages.at(-1)).toEqual({ role: 'assistant', content: 'I list the tables first.\nexecute[ls /harbour]' });
    expect(cutOff?.signals.truncated).toBe(true);
    expect(cutOff?.artifacts).toEqual([{ kind: 'command', text: 'ls /harbour' }]);
  });

  it('reads the shape of human episodes', () => {
    const [episode] = evidenceIn(intercode, human);
    expect(episode?.messages.map((message) => message.content)).toEqual([
      'Which berths are free today?',
      'show tables;',
      "('berths',)",
      'select name from berths where is_free;',
    ]);
    expect(episode?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(episode?.task.id).toBe('809');
  });

  it('unwraps the episodes of a plan-and-solve run and refuses its settings', () => {
    const [fees, ...more] = evidenceIn(intercode, wrapped, { skipRefused: true });
    expect(more).toEqual([]);
    expect(fees?.locator).toEqual({ pointer: '/logs/103' });
    expect(fees?.signed).toHaveProperty('query', 'List the fee of every berth.');
    expect(fees?.outcome).toEqual({ state: 'partial', value: 0.25, from: 'reward' });
    expect(() => evidenceIn(intercode, wrapped)).toThrow('meta');
  });

  it('names the task by data set, id and query, so that equal numbers do not collide', () => {
    const hash = createHash('sha256').update('Count the log files under /harbour').digest('hex').slice(0, 8);
    expect(counted?.task).toEqual({ id: '0', key: `intercode/nl2bash_fs_1/0/${hash}`, text: 'Count the log files under /harbour' });
    expect(evidenceIn(intercode, react)[0]?.task).toEqual(counted?.task);
    expect(silent?.task.id).toBe('0');
    expect(silent?.task.key).not.toBe(counted?.task.key);
  });

  it('lets nothing of the gold answers out', () => {
    for (const file of [plain, react, human, wrapped]) {
      for (const draft of evidenceIn(intercode, file, { skipRefused: true })) expect(outputText(draft)).not.toContain('gold');
    }
  });

  it.each([
    ['an episode that is no object', 'not_an_object', 'episode', 'The tide is out.'],
    ['an episode without a query', 'missing_field', 'query', { turn_history: { actions: [] } }],
    ['an episode without turns', 'missing_field', 'turn_history', { query: 'List the boats' }],
    ['an action that is no text', 'missing_field', 'action 1', { query: 'List the boats', turn_history: { actions: ['ls', 7] } }],
  ])('refuses %s', (_name, reason, where, value) => {
    const drafts = intercode.normalize({ value, locator: { pointer: '/4' }, line: 8, key: '4' }, { path: 'boats.json', options: {} });
    expect(drafts).toEqual([{ refused: reason, detail: expect.stringContaining(where), locator: { pointer: '/4' }, line: 8 }]);
  });
});
