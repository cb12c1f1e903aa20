import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { traceReplaySchema } from '../../schemas/trace-replay.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

const TASK = 'How is the north lock opened at dawn, and what is verified?';

let root: string;
beforeAll(async () => {
  root = await makePlaybooks();
});
afterAll(() => removeFolder(root));

function replay(...args: string[]): Promise<CliOutcome> {
  return runCli(['replay', ...args, '--workspace', 'refinery'], root);
}

async function replayed(...args: string[]): Promise<{ code: number; run: ReplayRun; err: string }> {
  const { code, out, err } = await replay('--task', TASK, '--json', ...args);
  if (out === '') throw new Error(err);
  return { code, run: replayRunSchema.parse(JSON.parse(out)), err };
}

function logged(): ReplayRun[] {
  const path = join(root, 'refinery', 'ledger', 'replay_runs.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => replayRunSchema.parse(JSON.parse(line)));
}

describe('a task with the built-in model', () => {
  test('is answered out of the export, passes, and stands in the log as it was printed', async () => {
    const { code, run, err } = await replayed();
    expect(code).toBe(0);
    expect(run).toMatchObject({
      retriever: 'jaccard',
      model: 'extractive/1',
      escalated: false,
      origin: 'replay',
      generation: 1,
      gate: { passed: true, reasons: [] },
    });
    expect(run.answer).toContain('lock-house/bell.md');
    expect(run.grounding).toContainEqual({ text: 'LOCK_NORTH_7', kind: 'identifier', grounded: true });
    expect(run.bundle.exemplars[0]?.title).toBe('How is the north lock opened at dawn?');
    expect(run.bundle.warnings.map(({ title }) => title)).toEqual(['How is the south lock opened at noon?']);
    expect(run.bundle.validation_steps).toEqual(['Verify the water level on both sides.']);
    expect(err).toContain('the corpus has 4 playbooks, fewer than the 8 to be retrieved');
    expect(logged().at(-1)).toEqual(run);
  });

  test('gets the same bundle each time, another one for another task, and none in the baseline', async () => {
    const [first, again] = [await replayed(), await replayed()];
    expect(again.run.bundle_digest).toBe(first.run.bundle_digest);
    expect(again.run.run_id).not.toBe(first.run.run_id);
    const baseline = await replayed('--no-retrieval');
    expect(baseline).toMatchObject({
      code: 1,
      run: { retriever: 'none', retrieved: [], corpus: null, answer: '', gate: { reasons: ['empty'] } },
    });
    expect(baseline.run.bundle_digest).not.toBe(first.run.bundle_digest);
  });

  test('may be searched by BM25, and for fewer rows', async () => {
    const { run } = await replayed('--retriever', 'bm25', '--top-k', '1');
    expect(run.retriever).toBe('bm25');
    expect(run.retrieved).toHaveLength(1);
    expect(run.bundle.warnings).toEqual([]);
  });

  test('tells people what it rests on', async () => {
    const { out, code } = await replay('--task', TASK);
    expect(code).toBe(0);
    expect(out).toMatch(/exemplar +0\.\d{4} +[0-9a-f]{12} +How is the north lock opened at dawn\?/);
    expect(out).toContain('extractive/1: the gate passed');
  });

  test('reads the playbooks of a file', async () => {
    const file = join('refinery', 'exports', 'latest', 'rag', 'playbooks.jsonl');
    const { run } = await replayed('--corpus', file);
    expect(run.corpus).toMatchObject({ run_id: null, rows: 4 });
    expect(run.bundle_digest).toBe((await replayed()).run.bundle_digest);
  });

  test('never shows or keeps a secret of the task', async () => {
    const { out } = await replay('--task', `${TASK} Write to quay.master@harbour.example.`, '--json');
    expect(out).not.toContain('quay.master');
    expect(logged().at(-1)?.task).toContain('[EMAIL_1]');
  });
});

describe('what cannot be done', () => {
  const lines = (): number => logged().length;

  test.each([
    ['an empty task', ['--task', ' \n'], /expected a task, found an empty one/],
    ['both kinds of escalation', ['--task', TASK, '--local-only', '--allow-escalation', '--escalate-to', 'recorded'], /found both/],
    ['escalation to nobody', ['--task', TASK, '--allow-escalation'], /expected a model to escalate to, found none/],
    ['escalation that is not allowed', ['--task', TASK, '--escalate-to', 'recorded'], /expected --allow-escalation/],
    ['a model that nobody declared', ['--task', TASK, '--model', 'keeper-7b'], /expected one of extractive\/1, recorded/],
    ['recordings that nobody named', ['--task', TASK, '--model', 'recorded'], /replay\.recorded/],
    ['a corpus that is not there', ['--task', TASK, '--corpus', 'nowhere.jsonl'], /expected a file, found none/],
    ['a retriever that is none', ['--task', TASK, '--retriever', 'guess'], /Allowed choices/],
    ['no row at all', ['--task', TASK, '--top-k', '0'], /whole number from 1/],
    ['no task', [], /expected a task, found an empty one/],
  ])('%s', async (_, args, says) => {
    const before = lines();
    const { code, out, err } = await replay(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
    expect(lines()).toBe(before);
  });

  test('an empty corpus, and one of other rows', async () => {
    writeFileSync(join(root, 'empty.jsonl'), '\n');
    writeFileSync(join(root, 'other.jsonl'), '{"id":"x"}\n');
    const empty = await replay('--task', TASK, '--corpus', 'empty.jsonl');
    expect(empty).toMatchObject({ code: 2, out: '' });
    expect(empty.err).toContain('expected at least one, found none; nothing was asked');
    expect((await replay('--task', TASK, '--corpus', 'other.jsonl')).err).toMatch(
      /other\.jsonl:1: expected a row of rag\/playbooks\.jsonl/,
    );
  });

  test('a workspace without any export', async () => {
    const bare = makeFolder({});
    openWorkspace(join(bare, 'refinery'), '0.1.0').close();
    const { code, err } = await runCli(['replay', '--task', TASK, '--workspace', 'refinery'], bare);
    expect(code).toBe(2);
    expect(err).toContain('found no accepted export yet');
    removeFolder(bare);
  });

  test('a log of a newer version, before anybody is asked', async () => {
    const own = await makePlaybooks();
    mkdirSync(join(own, 'refinery', 'ledger'), { recursive: true });
    const log = join(own, 'refinery', 'ledger', 'replay_runs.jsonl');
    appendFileSync(log, '{"schema":"replay_run/2"}\n');
    const { code, err } = await runCli(['replay', '--task', TASK, '--workspace', 'refinery'], own);
    expect(code).toBe(2);
    expect(err).toContain('of a newer version');
    expect(readFileSync(log, 'utf8')).toBe('{"schema":"replay_run/2"}\n');
    removeFolder(own);
  });
});

describe('recorded answers', () => {
  const GOOD = 'Ring the bell as lock-house/bell.md says, wait 90 seconds, open the north lock, and verify the water level on both sides.';
  const INVENTED = 'Turn the key of crates/keys/brass.rs for 12 minutes, open the north lock, and verify the water level on both sides.';
  let digest: string;
  beforeAll(async () => {
    digest = (await replayed()).run.escalation_path[0]!.request_digest!;
  });
  beforeEach(() => writeFileSync(join(root, 'refinery', 'lauter.config.json'), JSON.stringify({ replay: { recorded: 'answers.jsonl' } })));
  afterEach(() => writeFileSync(join(root, 'refinery', 'lauter.config.json'), '{}'));

  function record(answer: string, request = digest): void {
    writeFileSync(
      join(root, 'refinery', 'answers.jsonl'),
      `${JSON.stringify({ schema: 'recorded-answer/1', request_digest: request, answer })}\n`,
    );
  }

  test('are played back to the same question', async () => {
    record(GOOD);
    expect(await replayed('--model', 'recorded')).toMatchObject({ code: 0, run: { model: 'recorded', answer: GOOD } });
  });

  test('are judged like any other, and listed with what they invented', async () => {
    record(INVENTED);
    const { code, run } = await replayed('--model', 'recorded');
    expect(code).toBe(1);
    expect(run.gate.reasons).toEqual(['ungrounded']);
    expect(run.grounding.filter(({ grounded }) => !grounded).map(({ text }) => text)).toEqual(['crates/keys/brass.rs', '12 minutes']);
  });

  test('invent what they like where that is only a warning, or not looked at', async () => {
    record(INVENTED);
    expect(await replayed('--model', 'recorded', '--grounding', 'warn')).toMatchObject({ code: 0, run: { grounding_mode: 'warn' } });
    expect(await replayed('--model', 'recorded', '--grounding', 'off')).toMatchObject({ code: 0, run: { grounding: [] } });
  });

  test('are escalated from when that is allowed, and only then', async () => {
    record(INVENTED);
    const { code, run } = await replayed('--model', 'recorded', '--allow-escalation', '--escalate-to', 'extractive/1');
    expect(code).toBe(0);
    expect(run).toMatchObject({ escalated: true, model: 'extractive/1', gate: { passed: true } });
    expect(run.escalation_path.map(({ model, gate }) => [model, gate.reasons])).toEqual([
      ['recorded', ['ungrounded']],
      ['extractive/1', []],
    ]);
    expect((await replayed('--model', 'recorded', '--local-only')).run.escalated).toBe(false);
  });

  test('that nobody recorded are a failure that is recorded itself', async () => {
    record(GOOD, 'f'.repeat(64));
    const { code, run } = await replayed('--model', 'recorded');
    expect(code).toBe(2);
    expect(run).toMatchObject({ answer: '', gate: { passed: false, reasons: ['no_answer'] } });
    expect(run.escalation_path[0]?.failure).toBe(`no recorded answer for the request ${digest}`);
    expect(logged().at(-1)).toEqual(run);
  });
});

describe('the way back', () => {
  const trace = (id: string, ...more: string[]): Promise<CliOutcome> => runCli(['trace', id, '--workspace', 'refinery', ...more], root);

  test('leads from a row of the log to the source lines of its playbooks', async () => {
    const { run } = await replayed();
    const { code, out } = await trace(run.run_id, '--json');
    const traced = traceReplaySchema.parse(JSON.parse(out));
    expect(code).toBe(0);
    expect(traced).toMatchObject({ replay_id: run.run_id, bundle_holds: true, verdict: 'holds', line: logged().length });
    const lines = traced.playbooks.map(({ use, trace: chain }) => [
      use,
      chain?.records[0]?.task.text.slice(0, 20),
      chain?.records[0]?.source_line,
    ]);
    expect(lines).toContainEqual(['exemplar', 'How is the north loc', 1]);
    expect(lines).toContainEqual(['warning', 'How is the south loc', 4]);
    expect((await trace(run.run_id)).out).toContain('the replay leads to its sources');
  });

  test('finds a bundle that was changed in the log', async () => {
    const { run } = await replayed();
    const log = join(root, 'refinery', 'ledger', 'replay_runs.jsonl');
    const text = readFileSync(log, 'utf8');
    const last = text.lastIndexOf('Ring the bell as lock-house', text.lastIndexOf('"bundle_digest"'));
    writeFileSync(log, `${text.slice(0, last)}Kick${text.slice(last + 4)}`);
    const { code, out } = await trace(run.run_id, '--json');
    writeFileSync(log, text);
    expect(code).toBe(1);
    expect(traceReplaySchema.parse(JSON.parse(out))).toMatchObject({ bundle_holds: false, verdict: 'broken' });
  });

  test('knows no other replay', async () => {
    expect(await trace('replay-2020')).toMatchObject({ code: 2, out: '' });
    const { err } = await trace('replay-2');
    expect(err).toContain('the beginning of several');
  });
});
