import { describe, expect, it } from 'vitest';
import { aiderBench } from '../../../adapters/sources/aider-bench.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn, outputText } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const solved = fixture('aider-bench', 'lantern__clock-101.json');
const trap = fixture('aider-bench', 'lantern__clock-102.json');
const empty = fixture('aider-bench', 'lantern__clock-103.json');
const companions = ['all_preds.jsonl', 'results.json', 'chat_md/lantern__clock-101.md'].map((path) => fixture('aider-bench', path));

describeAdapter(aiderBench, { samples: [solved, trap, empty, ...companions], foreign: foreignTo('aider-bench') });

describe('aider-bench', () => {
  it('makes one record of an instance, with the chosen patch and without a conversation', () => {
    const [draft, ...more] = evidenceIn(aiderBench, solved);
    expect(more).toEqual([]);
    expect(draft?.task).toEqual({ id: 'lantern__clock-101', text: 'lantern__clock-101' });
    expect(draft?.messages).toEqual([]);
    expect(draft?.artifacts).toEqual([{ kind: 'patch', text: expect.stringContaining('+    return hour % 12 or 12') }]);
    expect(draft?.attempt).toBe(2);
    expect(draft?.model).toBe('model-a');
    expect(draft?.usage).toEqual({ cost_usd: 0.25 });
  });

  it('takes the truth from resolved alone', () => {
    const [yes] = evidenceIn(aiderBench, solved);
    expect(yes?.outcome).toEqual({ state: 'success', value: 1, from: 'tests' });
    expect(yes?.signals.tests).toEqual({ passed: true });
    expect(yes?.signals.proxies).toEqual({ edit_outcome: true, lint_outcome: true, test_outcome: true, attempts: 2 });

    const [no] = evidenceIn(aiderBench, trap);
    expect(no?.signals.proxies).toEqual({ edit_outcome: true, lint_outcome: true, test_outcome: true, attempts: 1 });
    expect(no?.outcome).toEqual({ state: 'failure', value: 0, from: 'tests' });
  });

  it('claims no output where the patch is empty', () => {
    const [draft] = evidenceIn(aiderBench, empty);
    expect(draft?.artifacts).toEqual([]);
    expect(draft?.signals.proxies).toEqual({ attempts: 1 });
    expect(draft?.model).toBeNull();
  });

  it('does not know the truth of an instance that was not evaluated', () => {
    const { resolved: _resolved, ...value } = JSON.parse(trap.text);
    const [draft] = aiderBench.normalize({ value, locator: {}, line: 0 }, { path: trap.path, options: {} });
    expect(draft).toMatchObject({ outcome: { state: 'unknown', value: null, from: 'none' } });
    expect(draft).not.toHaveProperty('signals.tests');
  });

  it('does not let the files of the gold patch out', () => {
    for (const file of [solved, trap, empty]) {
      for (const draft of evidenceIn(aiderBench, file)) expect(outputText(draft)).not.toContain('gold');
    }
  });

  it('claims the companions without reading records from them', () => {
    for (const file of companions) expect(aiderBench.detect(sampleOf(file.text, file.path))?.layout, file.path).toBe('companion');
  });

  it('recognises an instance longer than the sample by its keys, and not by words inside a string', () => {
    const long = { ...JSON.parse(trap.text), model_patch: `+ ${'tick tock '.repeat(40_000)}` };
    const reordered = { instance_id: long.instance_id, edit_outcome: true, ...long };
    expect(aiderBench.detect(sampleOf(JSON.stringify(reordered), 'long.json'))?.layout).toBe('document');
    const quoting = { letter: `${JSON.stringify(trap.text)} ${'tick tock '.repeat(40_000)}` };
    expect(aiderBench.detect(sampleOf(JSON.stringify(quoting), 'letter.json'))).toBeUndefined();
  });

  it.each([
    ['an instance that is no object', 'not_an_object', 'instance', ['lantern__clock-101']],
    ['an instance without an id', 'missing_field', 'instance_id', { model_patch: '', resolved: true }],
    ['a patch that is no text', 'missing_field', 'model_patch', { instance_id: 'lantern__clock-101', model_patch: 12, resolved: true }],
    ['a result in words', 'missing_field', 'resolved', { instance_id: 'lantern__clock-101', model_patch: '', resolved: 'yes' }],
  ])('refuses %s', (_name, reason, where, value) => {
    const drafts = aiderBench.normalize({ value, locator: {}, line: 0 }, { path: solved.path, options: {} });
    expect(drafts).toEqual([{ refused: reason, detail: expect.stringContaining(where), locator: {}, line: 0 }]);
  });
});
