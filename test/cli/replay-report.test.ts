import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayRunReportSchema } from '../../schemas/replay-run-report.ts';
import { traceReplaySchema } from '../../schemas/trace-replay.ts';
import { findMarkupFaults } from '../reports/shared/markup-check.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { removeFolder } from '../support/temporary-folder.ts';

const TASK = 'How is the north lock opened at dawn, and what is verified?';

let root: string;
beforeAll(async () => {
  root = await makePlaybooks();
});
afterAll(() => removeFolder(root));

function lauter(...args: string[]): Promise<CliOutcome> {
  const all = [...args, '--workspace', 'refinery'];
  return runCli(all, root, { args: all });
}

function read(...path: string[]): string {
  return readFileSync(join(root, ...path), 'utf8');
}

test('--report writes a page of the run, with everything else beside it', async () => {
  const { code, out, err } = await lauter('replay', '--task', TASK, '--report', 'pages/dawn.html', '--json');
  expect(code).toBe(0);
  expect(err).toContain(`written to ${join(root, 'pages', 'dawn.html')}, with Markdown, JSON and tables beside it`);
  expect(readdirSync(join(root, 'pages')).sort()).toEqual([
    ...['names', 'path', 'question', 'reproducibility', 'retrieved', 'steps', 'usage'].map((table) => `dawn-${table}.csv`),
    ...['html', 'json', 'md'].map((ending) => `dawn.${ending}`),
  ]);
  const page = read('pages', 'dawn.html');
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).toMatch(/<span class="named grounded"[^>]*>LOCK_NORTH_7<\/span>/);
  const { run, footer } = replayRunReportSchema.parse(JSON.parse(read('pages', 'dawn.json')));
  expect(run).toEqual(JSON.parse(out));
  expect(footer).toMatchObject({ run_ids: [run.run_id], corpus_hash: run.corpus?.sha256, seed: 'none' });
  expect(footer.datasets.map(({ suite }) => suite)).toEqual(['task', 'playbooks']);
  expect(footer.commands[0]).toMatch(/^lauter replay --task/);
});

test('a secret of the task is on no page, and not in the command that is told', async () => {
  await lauter('replay', '--task', `${TASK} Write to quay.master@harbour.example.`, '--report', 'secret');
  const files = readdirSync(root).filter((name) => name.startsWith('secret'));
  expect(files).toContain('secret.html');
  for (const name of files) expect(read(name), name).not.toContain('quay.master');
  expect(read('secret.md')).toContain('EMAIL_1');
});

test('a baseline that answers nothing has a page, too', async () => {
  const { code } = await lauter('replay', '--task', TASK, '--no-retrieval', '--report', 'baseline.html');
  expect(code).toBe(1);
  expect(read('baseline.html')).toContain('Refused</h2>');
  expect(findMarkupFaults(read('baseline.html'))).toEqual([]);
});

test('trace --html shows a replay from its answer to the source lines of every playbook', async () => {
  const { run } = replayRunReportSchema.parse(JSON.parse(read('pages', 'dawn.json')));
  const { code, out } = await lauter('trace', run.run_id, '--html', 'chain/way.html', '--json');
  expect(code).toBe(0);
  const traced = traceReplaySchema.parse(JSON.parse(out));
  expect(traced).toMatchObject({ answer: run.answer, grounding: run.grounding, model: 'extractive/1' });
  const page = read('chain', 'way.html');
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).toContain('Holds</h2>');
  expect(page).toMatch(/<span class="named grounded"[^>]*>lock-house\/bell\.md<\/span>/);
  expect(traced.playbooks.length).toBeGreaterThan(1);
  for (const [at, { trace }] of traced.playbooks.entries()) {
    expect(page).toContain(`id="playbook-${at + 1}"`);
    expect(read('chain', `way-${at + 1}-links.csv`)).toContain('source_record,holds');
    expect(page).toContain(`traces/desk.jsonl, line ${trace!.records[0]!.source_line}`);
  }
  expect(read('chain', 'way-playbooks.csv')).toContain('exemplar,holds');
  expect(JSON.parse(read('chain', 'way.json'))).toEqual(JSON.parse(out));
});

test.each(['queue-20260302T064000000Z-0a1b2c-7', 'ab-20260302T064000000Z-0a1b2c-without-7', 'study-20260302T064000000Z-0a1b2c-s1-r2-7'])(
  'a row of many is traced by its id: %s',
  async (id) => {
    const log = join(root, 'refinery', 'ledger', 'replay_runs.jsonl');
    const { run } = replayRunReportSchema.parse(JSON.parse(read('pages', 'dawn.json')));
    appendFileSync(log, `${JSON.stringify({ ...run, run_id: id })}\n`);
    const { code, out } = await lauter('trace', id, '--json');
    expect(code).toBe(0);
    expect(traceReplaySchema.parse(JSON.parse(out))).toMatchObject({ replay_id: id, verdict: 'holds' });
  },
);
