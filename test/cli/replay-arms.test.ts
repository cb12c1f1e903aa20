import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

let root: string;
beforeAll(async () => {
  root = await makePlaybooks();
  writeFileSync(join(root, 'tasks.jsonl'), '{"id":"dawn","task":"How is the north lock opened at dawn?"}\nWho lights the lamp?\n');
  const models = { 'keeper-7b': { base_url: 'http://127.0.0.1:9/v1', model: 'keeper-7b', max_tokens: 200 } };
  const prices = { 'keeper-7b': { input_per_million: 0, output_per_million: 10 } };
  writeFileSync(join(root, 'refinery', 'lauter.config.json'), JSON.stringify({ replay: { model: 'keeper-7b', models }, cost: { prices } }));
}, 60_000);
afterAll(() => removeFolder(root));

function replay(...args: string[]): Promise<CliOutcome> {
  return runCli(['replay', ...args, '--workspace', 'refinery'], root);
}

describe('flags', () => {
  test.each([
    [['ab'], /--tasks/],
    [['ab', '--tasks', 'tasks.jsonl', '--no-retrieval'], /--no-retrieval/],
    [['ab', '--tasks', 'tasks.jsonl', '--repeat', '3'], /--repeat/],
    [['ab', '--tasks', 'tasks.jsonl', '--limit', '0'], /whole number from 1 on/],
    [['ab', '--tasks', 'tasks.jsonl', '--max-usd', '-1'], /number from 0 on/],
    [['ab', '--tasks', 'tasks.jsonl', '--seed', '1.5'], /whole number from 0/],
    [['ab', '--tasks', 'tasks.jsonl', '--escalate-to', 'keeper-7b'], /--allow-escalation/],
    [['ab', '--tasks', 'lost.jsonl'], /lost\.jsonl: expected a file, found none/],
    [['ab', '--tasks', 'tasks.jsonl', '--corpus', 'lost.jsonl'], /lost\.jsonl/],
    [['study', '--tasks', 'tasks.jsonl', '--repeat', '1'], /whole number from 2 to 30/],
    [['study', '--tasks', 'tasks.jsonl', '--repeat', '3x'], /whole number from 2 to 30/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', '0.5,0.25'], /each above the one before/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', '0.5,0.5'], /each above the one before/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', '0,1'], /numbers above 0 and up to 1/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', '0.5,1.5'], /numbers above 0 and up to 1/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', '0.5,'], /numbers above 0 and up to 1/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', 'NaN'], /numbers above 0 and up to 1/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', ''], /numbers above 0 and up to 1/],
    [['study', '--tasks', 'tasks.jsonl', '--shares', '.01,.02,.03,.04,.05,.06,.07,.08,.09,.1,.2'], /at most 10/],
    [['study', '--tasks', 'tasks.jsonl', '--no-retrieval'], /--no-retrieval/],
  ])('%j are refused', async (args, told) => {
    const { code, out, err } = await replay(...args);
    expect(code, err).toBe(2);
    expect(out + err).toMatch(told);
  });
});

test('an estimate above the cap asks nobody: that of one queue, times the arms', async () => {
  const ab = await replay('ab', '--tasks', 'tasks.jsonl', '--max-usd', '0.001');
  expect([ab.code, ab.out]).toEqual([2, '']);
  // 200 tokens at $10 a million for each of two tasks.
  expect(ab.err).toContain('2 tasks, 2 times each, for keeper-7b; estimated: $0.008; cap $0.001');
  const study = await replay('study', '--tasks', 'tasks.jsonl', '--limit', '1', '--repeat', '4', '--shares', '0.5,1', '--max-usd', '0.001');
  expect([study.code, study.out]).toEqual([2, '']);
  expect(study.err).toContain('1 tasks, 8 times each, for keeper-7b; estimated: $0.016');
});

test('without any playbook nothing is asked', async () => {
  const empty = makeFolder({ 'tasks.txt': 'Open the lock\n' });
  try {
    openWorkspace(join(empty, 'refinery'), '0.0.0').close();
    for (const kind of ['ab', 'study']) {
      const { code, out, err } = await runCli(['replay', kind, '--tasks', 'tasks.txt', '--workspace', 'refinery'], empty);
      expect([code, out], err).toEqual([2, '']);
      expect(err).toMatch(/looking for playbooks, on exports\/latest: expected at least one, found no accepted export yet/);
    }
  } finally {
    removeFolder(empty);
  }
});
