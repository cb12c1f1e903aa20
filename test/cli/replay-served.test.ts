import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { startModelServer, type ModelServer } from '../support/model-server/model-server.ts';
import type { Fault } from '../support/model-server/script.ts';
import { runCli } from '../support/run-cli.ts';
import { removeFolder } from '../support/temporary-folder.ts';

const TASK = 'How is the north lock opened at dawn?';
const GOOD = 'Ring the bell as lock-house/bell.md says, wait 90 seconds, open the north lock, and verify the water level on both sides.';
const INVENTED = 'Turn the key of crates/keys/brass.rs for 12 minutes, open the north lock, and verify the water level on both sides.';

let root: string;
let server: ModelServer | undefined;
beforeAll(async () => {
  root = await makePlaybooks();
});
afterAll(() => removeFolder(root));
afterEach(async () => server?.close());

const says = (from: number, text: string): Fault => ({ path: 'chat', from, to: from, does: { kind: 'say', text } });

/** Starts a server that answers as scripted, and declares two models of it. */
async function serve(faults: readonly Fault[], more: object = {}): Promise<void> {
  server = await startModelServer({ models: [{ id: 'keeper-7b' }, { id: 'keeper-70b' }], faults });
  const of = (model: string): object => ({ base_url: server!.url, model, ...more });
  configure({ 'keeper-7b': of('keeper-7b'), 'keeper-70b': of('keeper-70b') });
}

function configure(models: object): void {
  const prices = { 'keeper-7b': { input_per_million: 0 }, 'keeper-70b': { input_per_million: 1, output_per_million: 2 } };
  const config = { replay: { model: 'keeper-7b', escalate_to: 'keeper-70b', models }, cost: { prices } };
  writeFileSync(join(root, 'refinery', 'lauter.config.json'), JSON.stringify(config));
}

async function replayed(...args: string[]): Promise<{ code: number; run: ReplayRun }> {
  const { code, out, err } = await runCli(['replay', '--task', TASK, '--json', '--workspace', 'refinery', ...args], root);
  if (out === '') throw new Error(err);
  const run = replayRunSchema.parse(JSON.parse(out));
  const last = readFileSync(join(root, 'refinery', 'ledger', 'replay_runs.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .at(-1)!;
  expect(JSON.parse(last)).toEqual(run);
  return { code, run };
}

describe('a served model', () => {
  test('is given task and playbooks at temperature 0, and judged', async () => {
    await serve([says(1, GOOD)]);
    const { code, run } = await replayed();
    expect(code).toBe(0);
    expect(run).toMatchObject({ model: 'keeper-7b', answer: GOOD, escalated: false, usage: { cost_usd: 0 } });
    const body = server!.seen[0]!.body as { temperature: number; messages: { content: string }[] };
    expect(body.temperature).toBe(0);
    expect(body.messages[1]?.content).toMatch(/<passage id="[0-9a-f]{64}">\nHow is the north lock opened at dawn\?/);
  });

  test('is followed by a second one where that is allowed, and what both cost is summed', async () => {
    await serve([says(1, INVENTED), says(2, GOOD)]);
    const { code, run } = await replayed('--allow-escalation');
    expect(code).toBe(0);
    expect(run.escalation_path.map(({ model, gate }) => [model, gate.passed])).toEqual([
      ['keeper-7b', false],
      ['keeper-70b', true],
    ]);
    expect(run.usage.cost_usd).toBeGreaterThan(0);
  });

  test('is asked alone without the flag', async () => {
    await serve([says(1, INVENTED), says(2, GOOD)]);
    const { code, run } = await replayed();
    expect({ code, escalated: run.escalated, calls: server!.seen.length }).toEqual({ code: 1, escalated: false, calls: 1 });
  });

  test('that says nothing is refused', async () => {
    await serve([says(1, ' \n')]);
    expect(await replayed()).toMatchObject({ code: 1, run: { gate: { passed: false, reasons: ['empty'] } } });
  });

  test('that fails leaves a row that says so', async () => {
    await serve([{ path: 'chat', from: 1, does: { kind: 'status', status: 400 } }]);
    const { code, run } = await replayed();
    expect(code).toBe(2);
    expect(run.gate.reasons).toEqual(['no_answer']);
    expect(run.escalation_path[0]?.failure).toMatch(/^http_4xx after one attempt/);
  });

  test('that fails is followed by the second one where that is allowed', async () => {
    await serve([{ path: 'chat', from: 1, to: 1, does: { kind: 'status', status: 400 } }, says(2, GOOD)]);
    expect(await replayed('--allow-escalation')).toMatchObject({ code: 0, run: { escalated: true, answer: GOOD } });
  });

  test('that was refused keeps its answer when the second one gives none', async () => {
    await serve([says(1, INVENTED), { path: 'chat', from: 2, does: { kind: 'status', status: 400 } }]);
    const { code, run } = await replayed('--allow-escalation');
    expect(code).toBe(1);
    expect(run).toMatchObject({ model: 'keeper-7b', answer: INVENTED, escalated: true, gate: { reasons: ['ungrounded'] } });
    expect(run.escalation_path.map(({ gate }) => gate.reasons)).toEqual([['ungrounded'], ['no_answer']]);
  });

  test('that was refused keeps its answer when the second one may not be paid for', async () => {
    await serve([says(1, INVENTED)]);
    const config = join(root, 'refinery', 'lauter.config.json');
    const settings = JSON.parse(readFileSync(config, 'utf8')) as { cost: object };
    writeFileSync(config, JSON.stringify({ ...settings, cost: { ...settings.cost, per_day_usd: 0 } }));
    const { code, run } = await replayed('--allow-escalation');
    expect(code).toBe(1);
    expect(run).toMatchObject({ model: 'keeper-7b', answer: INVENTED });
    expect(run.escalation_path[1]?.failure).toMatch(/^not asked: /);
  });

  test('with a small window gets a smaller bundle, and the row says so', async () => {
    await serve([says(1, GOOD)], { window_tokens: 600, max_tokens: 200 });
    const { run } = await replayed();
    expect(run.trimmed).toMatchObject({ window_tokens: 600 });
    expect(run.trimmed!.dropped.length).toBeGreaterThan(0);
    expect(run.bundle.exemplars[0]?.title).toBe(TASK);
  });

  test('whose window has no room for the task is not asked', async () => {
    await serve([], { window_tokens: 256, max_tokens: 200 });
    await expect(replayed()).rejects.toThrow(/expected room for it in a window of 256 tokens/);
    expect(server!.seen).toHaveLength(0);
  });

  test('on another machine is not asked unless its host is allowed', async () => {
    configure({ 'keeper-7b': { base_url: 'https://203.0.113.7/v1', model: 'keeper-7b' } });
    await expect(replayed()).rejects.toThrow(/replay\.allowed_hosts/);
  });
});
