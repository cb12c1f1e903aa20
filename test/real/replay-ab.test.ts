import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import { stopServer } from '../../adapters/temporal/embedded-server.ts';
import { judgeAnswer } from '../../domain/replay/index.ts';
import type { RagRow } from '../../schemas/export-rows.ts';
import { replayAbSchema, type ReplayAb } from '../../schemas/replay-ab.ts';
import type { Grounding } from '../../schemas/replay-run.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { changeSign } from '../support/change-sign.ts';
import { startPairJudge, type PairJudge } from '../support/model-server/pair-judge.ts';
import { answerSteered } from '../support/model-server/steered-keeper.ts';
import { loggedReplays, withoutRun } from '../support/replay-desk.ts';
import { runLauter } from '../support/run-lauter.ts';
import { isPresent } from './real-data.ts';

/** Shell, Python and capture-the-flag episodes, and review comments: many small tasks, each with a verdict. */
const FOLDERS = ['trace-intercode', 'review-aacr-bench'];
const TASKS = 100;

describe.skipIf(!isPresent)('100 tasks of the real traces, none of them in the corpus', () => {
  let folder: string;
  let workspace: string;
  let heldOut: ReadonlySet<string>;
  let reference: PairJudge;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lauter-replay-ab-'));
    workspace = join(folder, 'refinery');
    reference = await startPairJudge(answerSteered);
    const rows = await refine(workspace);
    // In the order of their digests, so that each folder has its part.
    const keys = [...new Set(rows.map(({ task_key: key }) => key))]
      .sort((left, right) => (sha256(left) < sha256(right) ? -1 : 1))
      .slice(0, TASKS);
    const tasks = keys.map((key) => ({ id: key, task: rows.find(({ task_key: own }) => own === key)!.content.split('\n')[0]! }));
    const held = new Set(keys);
    heldOut = new Set(rows.filter(({ task_key: key }) => held.has(key)).map(({ id }) => id));
    writeLines('tasks.jsonl', tasks);
    writeLines(
      'playbooks.jsonl',
      rows.filter(({ id }) => !heldOut.has(id)),
    );
    const models = { 'keeper-7b': { base_url: reference.url, model: 'keeper-7b', max_tokens: 400 } };
    const prices = { 'keeper-7b': { input_per_million: 0, output_per_million: 0 } };
    writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify({ replay: { models }, cost: { prices } }));
  });
  afterAll(async () => {
    await stopServer(workspace);
    await reference.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function writeLines(name: string, rows: readonly object[]): void {
    writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }

  async function ab(model: string, ...more: string[]): Promise<string> {
    const given = ['--tasks', 'tasks.jsonl', '--corpus', 'playbooks.jsonl', '--retriever', 'bm25', '--model', model];
    const args = ['replay', 'ab', ...given, '--keep-server', '--workspace', workspace, ...more];
    const { code, stdout, stderr } = await runLauter(args, { cwd: folder });
    expect(code, stderr).toBe(0);
    return stdout;
  }

  test.each(['extractive/1', 'keeper-7b'])('an A/B by %s: paired, by the exact test, and the same again', async (model) => {
    const before = loggedReplays(workspace).length;
    const report = replayAbSchema.parse(JSON.parse(await ab(model, '--json')));
    expect(report.counts).toMatchObject({ tasks: TASKS, paired: TASKS });
    expect(loggedReplays(workspace)).toHaveLength(before + 2 * TASKS);
    for (const { gate_pass, wholly_grounded } of [report.paired, report.same_evidence.paired]) {
      for (const { table, p_raw: p, delta } of [gate_pass, wholly_grounded]) {
        const { both, only_with: gained, only_without: lost, neither } = table;
        expect(both + gained + lost + neither).toBe(TASKS);
        expect(delta).toBeCloseTo((gained - lost) / TASKS, 12);
        expect(p).toBeCloseTo(exactP(gained, lost), 9);
      }
    }
    expect(report.pairs.flatMap(({ with: { retrieved } }) => retrieved).filter((id) => heldOut.has(id))).toEqual([]);
    expect(report.pairs.flatMap(({ without: { retrieved } }) => retrieved)).toEqual([]);
    // A quotation names nothing that was not there.
    if (model === 'extractive/1') expect(report.arms.with.names.grounded).toBe(report.arms.with.names.total);

    const told = await ab(model);
    console.log(told);
    const rows = loggedReplays(workspace).slice(before);
    expect(rows).toHaveLength(4 * TASKS);
    const again = reportOf(told);
    expect(withoutRun(again)).toEqual(withoutRun(report));
    const bundles = (runId: string): string[] =>
      rows
        .filter(({ run_id: id }) => id.startsWith(`${runId}-`))
        .map(({ run_id: id, bundle_digest: digest }) => `${id.slice(runId.length)} ${digest}`)
        .sort();
    expect(bundles(again.run_id)).toEqual(bundles(report.run_id));
  });

  test('the gate grounds every name that is copied out of a playbook, and hardly one of which a sign was changed', () => {
    const playbooks = readLines<RagRow>(join(folder, 'playbooks.jsonl'));
    const changed = new Map<string, { caught: number; all: number }>();
    for (const playbook of playbooks) {
      const ground = (answer: string): Grounding[] => judgeAnswer({ answer, ...askWith(playbook) }).grounding;
      const named = ground(playbook.content);
      expect(named.filter(({ grounded }) => !grounded)).toEqual([]);
      for (const thing of named.slice(0, 40)) {
        const text = changeSign(thing);
        if (text === undefined) continue;
        const count = changed.get(thing.kind) ?? { caught: 0, all: 0 };
        count.all += 1;
        if (ground(sayOf(thing.kind, text)).some(({ grounded }) => !grounded)) count.caught += 1;
        changed.set(thing.kind, count);
      }
    }
    console.log([...changed].map(([kind, { caught, all }]) => `${kind}: ${caught} of ${all} changed names are caught`).join('\n'));
    // What is not caught stands in the playbook by chance: a small number does.
    for (const { caught, all } of changed.values()) expect(caught / all).toBeGreaterThan(0.9);
  });

  /** The document of the run that was told to people. */
  function reportOf(told: string): ReplayAb {
    const runId = /^compared {2}(\S+)$/m.exec(told)![1]!;
    return replayAbSchema.parse(JSON.parse(readFileSync(join(workspace, 'lake/eval/replay', runId, 'report.json'), 'utf8')));
  }
});

function askWith({ id, content }: RagRow): Omit<Parameters<typeof judgeAnswer>[0], 'answer'> {
  const exemplars = [{ id, title: '', content, generation: 0 }];
  return { task: 'Open the lock', bundle: { exemplars, warnings: [], validation_steps: [] }, grounding: 'fail' };
}

/** As an answer would say it. */
function sayOf(kind: Grounding['kind'], text: string): string {
  if (kind === 'quote') return `It says "${text.replaceAll('"', '')}" there.`;
  return kind === 'identifier' ? `Call \`${text}\` then.` : `See ${text} then.`;
}

function readLines<Row>(path: string): Row[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Row);
}

async function refine(workspace: string): Promise<RagRow[]> {
  const paths = FOLDERS.map((name) => join('../shared/data', name));
  const { code, stdout, stderr } = await runLauter(['distill', 'run-all', '--json', '--workspace', workspace, ...paths]);
  if (code !== 0) throw new Error(`run-all ended with ${code}: ${stderr}`);
  const { paths: made } = JSON.parse(stdout) as RunSummary;
  return readLines(join(made.exports, 'rag/playbooks.jsonl'));
}

/** McNemar's exact p from its definition: how probable a split at least as uneven is when both sides are equally likely. */
function exactP(gained: number, lost: number): number {
  const n = gained + lost;
  const least = Math.min(gained, lost);
  let ways = 0n;
  let choose = 1n;
  for (let k = 0; k <= least; k += 1) {
    ways += choose;
    choose = (choose * BigInt(n - k)) / BigInt(k + 1);
  }
  return Math.min(1, Number(2n * ways) / 2 ** n);
}
