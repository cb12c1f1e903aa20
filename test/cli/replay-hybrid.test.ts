import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { playbook } from '../domain/replay/playbooks.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

const TASK = 'How is the north lock opened at dawn, and what is verified?';

const VERIFY = 'Verify the water level on both sides.';
const ROWS = [
  playbook(
    'north',
    'How is the north lock opened at dawn?',
    `Ring the bell as lock-house/bell.md says, wait 90 seconds, then call openGate with LOCK_NORTH_7.\n${VERIFY}`,
    { validation_steps: [VERIFY] },
  ),
  playbook('ferry', 'Which berth is free for the ferry tonight?', 'Berth 7 is free from 20:00 on, says the harbour master.'),
  playbook('lamp', 'Who lights the lamp of the lock house?', 'The keeper lights it at 17:40 and notes it in lamp/log.csv.'),
  playbook('south', 'How is the south lock opened at noon?', 'Push the gate by hand until it moves.', { warning: true }),
];

let root: string;
beforeAll(() => {
  root = makeFolder({ 'playbooks.jsonl': ROWS.map((row) => `${JSON.stringify(row)}\n`).join('') });
  openWorkspace(join(root, 'refinery'), '0.1.0').close();
});
afterAll(() => removeFolder(root));

function configure(search: object): void {
  const cost = { prices: { chart: { input_per_million: 0 } } };
  writeFileSync(join(root, 'refinery', 'lauter.config.json'), JSON.stringify({ search, cost }));
}

function hybrid(...args: string[]): Promise<CliOutcome> {
  return runCli(
    ['replay', '--workspace', 'refinery', '--corpus', 'playbooks.jsonl', '--retriever', 'hybrid', '--task', TASK, ...args],
    root,
  );
}

async function replayed(...args: string[]): Promise<{ code: number; run: ReplayRun; err: string }> {
  const { code, out, err } = await hybrid('--json', ...args);
  if (out === '') throw new Error(err);
  return { code, run: replayRunSchema.parse(JSON.parse(out)), err };
}

function collections(): string[] {
  return readdirSync(join(root, 'refinery', 'lake', 'collections')).filter((name) => name.startsWith('playbooks-'));
}

test('with an embedder: found by words and vectors, the collection made once, the same bundle each time', async () => {
  configure({ embedder: 'chart', embedders: { chart: { kind: 'deterministic' } } });
  const first = await replayed();
  expect(first.code).toBe(0);
  expect(first.run).toMatchObject({ retriever: 'hybrid', gate: { passed: true }, corpus: { rows: 4 } });
  expect(first.run.retrieval_notes).toBeUndefined();
  expect(first.run.bundle.exemplars[0]?.title).toBe('How is the north lock opened at dawn?');
  expect(first.err).toContain('embedding …');
  const [name] = collections();
  const again = await replayed();
  expect(again.err).not.toContain('embedding …');
  expect(again.run).toMatchObject({ bundle_digest: first.run.bundle_digest, retrieved: first.run.retrieved });
  expect(collections()).toEqual([name]);
});

test('without one: found by words, and that is told and kept', async () => {
  configure({});
  const { code, run, err } = await replayed('--top-k', '1');
  expect(code).toBe(0);
  expect(run.retrieved).toHaveLength(1);
  expect(run.retrieval_notes).toEqual(['keyword only (no embedder configured)']);
  expect(err).toContain('playbooks were found by keyword only (no embedder configured)');
  const logged = readFileSync(join(root, 'refinery', 'ledger', 'replay_runs.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .at(-1)!;
  expect(JSON.parse(logged)).toEqual(run);
});

test('an embedder that is down stops the run before anybody is asked', async () => {
  configure({
    embedder: 'chart',
    embedders: { chart: { kind: 'openai', base_url: 'http://127.0.0.1:9/v1', model: 'chart', dimensions: 8 } },
  });
  const { code, out, err } = await hybrid();
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('127.0.0.1:9');
});
