import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reflexion } from '../../../adapters/sources/reflexion.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn, outputText } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';

const bakery = fixture('reflexion', 'programming_runs/bakery.jsonl');
const robots = fixture('reflexion', 'alfworld_runs/reflexion_run_logs/env_results_trial_2.json');
const shoppers = fixture('reflexion', 'webshop_runs/reflexion_run_logs_1/env_results_trial_0.json');

describeAdapter(reflexion, { samples: [bakery, robots, shoppers], foreign: foreignTo('reflexion') });

const PROMPT = 'def double_dough(grams: int) -> int:\n    """ Return twice the weight of the dough. """\n';

describe('reflexion, programming problems', () => {
  const [added, copied, unanswered, variant, rust, assertions] = evidenceIn(reflexion, bakery);

  it('asks with the prompt and answers with the solution', () => {
    expect(added?.messages).toEqual([
      { role: 'user', content: PROMPT },
      { role: 'assistant', content: `${PROMPT}    return grams + grams` },
    ]);
    expect(added?.artifacts).toEqual([{ kind: 'answer', text: `${PROMPT}    return grams + grams` }]);
    expect(added?.signals.proxies).toEqual({ reflections: 1 });
    expect([added?.attempt, copied?.attempt, unanswered?.attempt]).toEqual([2, null, 1]);
  });

  it('takes the truth from is_solved', () => {
    expect(added?.outcome).toEqual({ state: 'success', value: 1, from: 'tests' });
    expect(added?.signals.tests).toEqual({ passed: true });
    expect(unanswered?.outcome).toEqual({ state: 'failure', value: 0, from: 'tests' });
    expect(unanswered?.signals.tests).toEqual({ passed: false });
  });

  it('marks a solution that equals the reference, whichever way its key is spelled', () => {
    expect(copied?.signals.proxies).toEqual({ equals_reference: true });
    expect(variant?.signals.proxies).toEqual({ equals_reference: true });
    expect(added?.signals.proxies).not.toHaveProperty('equals_reference');
  });

  it('never answers with the reference where the model said nothing', () => {
    expect(unanswered?.messages.map((message) => message.role)).toEqual(['user']);
    expect(unanswered?.artifacts).toEqual([]);
    expect(outputText(unanswered!)).not.toContain('grams // 2');
  });

  it('groups a problem across files but neither across languages nor across variants of its prompt', () => {
    const hash = createHash('sha256').update(PROMPT).digest('hex').slice(0, 8);
    expect(added?.task).toEqual({ id: 'HumanEval/900', key: `reflexion/py/double_dough/${hash}`, text: PROMPT });
    expect(copied?.task.key).toBe(added?.task.key);
    expect(rust?.task.key).toMatch(/^reflexion\/rs\/double_dough\/[0-9a-f]{8}$/);
    expect(variant?.task.id).toBe(unanswered?.task.id);
    expect(variant?.task.key).not.toBe(unanswered?.task.key);
  });

  it('does not pass off assertions about a function as the function', () => {
    expect(assertions?.messages.map((message) => message.role)).toEqual(['user']);
    expect(assertions?.artifacts).toEqual([{ kind: 'answer', text: 'assert double_dough(1) == 2\nassert double_dough(0) == 0' }]);
    expect(assertions?.outcome.state).toBe('success');
  });

  it('lets no test of the benchmark out', () => {
    for (const draft of evidenceIn(reflexion, bakery)) expect(outputText(draft)).not.toMatch(/hidden test|visible test/);
  });

  it.each([
    ['a line that is no object', 'not_an_object', 'problem', 'double_dough'],
    ['a problem without a prompt', 'missing_field', 'prompt', { is_solved: true, solution: 'return 2' }],
    ['a result in words', 'missing_field', 'is_solved', { prompt: PROMPT, is_solved: 'true', solution: '' }],
    ['a solution of numbers', 'missing_field', 'solution', { prompt: PROMPT, is_solved: true, solution: [1, 2] }],
    ['an environment without a result', 'missing_field', 'is_success', { name: 'env_7', memory: [], is_success: 'nearly' }],
  ])('refuses %s', (_name, reason, where, value) => {
    const drafts = reflexion.normalize({ value, locator: { line: 5 }, line: 5 }, { path: bakery.path, options: {} });
    expect(drafts).toEqual([{ refused: reason, detail: expect.stringContaining(where), locator: { line: 5 }, line: 5 }]);
  });
});

describe('reflexion, trials of environments', () => {
  const [cooked, burnt] = evidenceIn(reflexion, robots);
  const [bought] = evidenceIn(reflexion, shoppers);

  it('takes the truth from is_success and the trial from the name of the file', () => {
    expect(cooked?.outcome).toEqual({ state: 'success', value: 1, from: 'reward' });
    expect(burnt?.outcome).toEqual({ state: 'failure', value: 0, from: 'reward' });
    expect([cooked?.trial, burnt?.trial, bought?.trial]).toEqual([2, 2, 0]);
  });

  it('claims no output, because none is recorded', () => {
    for (const draft of [cooked, burnt, bought]) {
      expect(draft?.messages).toEqual([]);
      expect(draft?.artifacts).toEqual([]);
    }
  });

  it('keeps equal records of two benchmarks apart, in key and in branch', () => {
    expect(cooked?.signed).toEqual(bought?.signed);
    expect([cooked?.task.key, bought?.task.key]).toEqual(['reflexion/alfworld_runs/env_0', 'reflexion/webshop_runs/env_0']);
    expect([cooked?.branch, bought?.branch]).toEqual(['alfworld_runs', 'webshop_runs']);
  });
});
