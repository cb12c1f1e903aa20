import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../../cli/io.ts';
import { panelReceiptSchema, type PanelReceipt } from '../../../schemas/panel-receipt.ts';
import { usageErrorSchema } from '../../../schemas/usage-error.ts';
import { tallyBudget } from '../../support/budget-tally.ts';
import { answerRow, judgesOfTest, writeRows, type JudgeScript, type ServedJudges } from '../../support/panel-judges.ts';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A workspace with judges, and an output that says what it is worth. */
interface Desk {
  readonly folder: string;
  readonly judges: ServedJudges;
  write(name: string, text: string): void;
  judge(...args: readonly string[]): Promise<CliOutcome>;
  at(io: Partial<Io>, ...args: readonly string[]): Promise<CliOutcome>;
  receipts(): string[];
}

async function setDesk(
  scripts: Readonly<Record<string, JudgeScript>> = { a: {}, b: {}, c: {} },
  price?: Parameters<ServedJudges['config']>[0],
): Promise<Desk> {
  const folder = temporaryFolder({ 'answer.md': 'The tide turns at noon. (worth 8)', 'workspace/': '' });
  const judges = await judgesOfTest(scripts);
  writeFileSync(join(folder, 'workspace', 'lauter.config.json'), JSON.stringify(judges.config(price)));
  const at = (io: Partial<Io>, ...args: readonly string[]): Promise<CliOutcome> =>
    runCli(['eval', 'cross-modal', ...args, '--workspace', 'workspace'], folder, io);
  return {
    folder,
    judges,
    write: (name, text) => writeFileSync(join(folder, name), text),
    at,
    judge: (...args) => at({}, '--task', 'Say when the tide turns.', '--output', 'answer.md', ...args),
    receipts: () => readdirSync(join(folder, 'workspace', 'reports', 'panel')).sort(),
  };
}

const receiptOf = ({ out, err }: CliOutcome): PanelReceipt => {
  expect(out, err).not.toBe('');
  return panelReceiptSchema.parse(JSON.parse(out));
};

describe('one output', () => {
  test('XM-1: three judges above 7 pass it; the receipt lies under its slug and the hash of the output, with the replies beside it', async () => {
    const desk = await setDesk();
    const outcome = await desk.judge('--slug', 'Tides_1', '--json');
    expect(outcome.code, outcome.err).toBe(0);
    const receipt = receiptOf(outcome);
    expect(receipt).toMatchObject({ cycle: 1, slug: 'Tides_1', aggregate: { verdict: 'pass', overall: 8, successes: 3 }, blinded: false });
    expect(receipt.dimensions).toEqual(['goal', 'depth', 'specificity', 'correctness', 'usefulness']);
    const name = `Tides_1-${receipt.output_sha8}`;
    expect(desk.receipts()).toEqual([`${name}.a.reply.txt`, `${name}.b.reply.txt`, `${name}.c.reply.txt`, `${name}.json`]);
    expect(JSON.parse(readFileSync(receipt.receipt_path, 'utf8'))).toEqual(JSON.parse(outcome.out));
    expect(receipt.slots.map(({ raw_path }) => raw_path)).toEqual(['a', 'b', 'c'].map((id) => `${name}.${id}.reply.txt`));
  });

  test('XM-2, XM-3: a low mean and a low score fail it, told apart', async () => {
    const desk = await setDesk({ a: { panel: { bias: 1 } }, b: {}, c: { panel: { bias: -4 } } });
    const low = receiptOf(await desk.judge('--json', '--dimensions', 'goal'));
    // 9, 8 and 4: a mean of 7.0.
    expect(low.aggregate).toMatchObject({ verdict: 'fail', dimensions: { goal: { mean: 7, min: 4, failReason: 'min_below_5' } } });
    desk.write('answer.md', 'Some day. (worth 6)');
    const outcome = await desk.judge('--dimensions', 'goal');
    expect(outcome.code).toBe(1);
    expect(outcome.out).toMatch(/mean_below_7[^]*Say when the tide turns[^]*fail$/m);
  });

  test('a terminal asks three times, --cycles says how often; each cycle has a receipt of its own', async () => {
    const desk = await setDesk();
    const args = ['--task', 'Tides', '--output', 'answer.md', '--slug', 'tides'];
    expect((await desk.at({ isTerminal: true }, ...args)).code).toBe(0);
    expect(
      desk
        .receipts()
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.replace(/-[0-9a-f]{8}/, '')),
    ).toEqual(['tides.cycle2.json', 'tides.cycle3.json', 'tides.json']);
    expect(desk.judges.calls()).toBe(9);
    await desk.judge('--cycles', '2');
    expect(desk.judges.calls()).toBe(15);
  });

  test('a task may stand in a file; --slot-a-model asks another model of that server', async () => {
    const desk = await setDesk();
    desk.write('task.md', 'Say when the tide turns, in one line.');
    const config = join(desk.folder, 'workspace', 'lauter.config.json');
    const { cost, ...rest } = JSON.parse(readFileSync(config, 'utf8')) as { cost: { prices: Record<string, object> } };
    const prices = { ...cost.prices, 'tide-70b': { input_per_million: 0 } };
    writeFileSync(config, JSON.stringify({ ...rest, cost: { prices } }));
    const outcome = await desk.at({}, '--task', 'task.md', '--output', 'answer.md', '--slot-a-model', 'tide-70b', '--json');
    expect(receiptOf(outcome)).toMatchObject({
      task: 'Say when the tide turns, in one line.',
      slots: [{ id: 'a', model: 'tide-70b' }, {}, {}],
    });
    expect(desk.judges.servers['a']!.seen[0]!.body['model']).toBe('tide-70b');
  });

  test('--swap: a judge that prefers what stands first says tie, others say which is better', async () => {
    const desk = await setDesk({ a: {}, b: { panel: { prefersFirst: true } }, c: {} });
    desk.write('better.md', 'The tide turns at 12:04. (worth 9)');
    const receipt = receiptOf(await desk.judge('--reference', 'better.md', '--swap', '--dimensions', 'goal', '--json'));
    expect(receipt.slots.map(({ preferences }) => preferences)).toEqual([{ goal: 'reference' }, { goal: 'tie' }, { goal: 'reference' }]);
    expect(receipt.swapped).toBe(true);
    expect(desk.judges.calls()).toBe(9);
  });

  test('--calibration: the verdict is told raw and adjusted', async () => {
    const bias = { panel: { bias: -2 } };
    const desk = await setDesk({ a: bias, b: bias });
    writeRows(desk.folder, 'known.jsonl', [{ id: 'k1', task: 'Say when.', output: 'At noon. (worth 8)', score: 8 }]);
    const outcome = await desk.judge('--calibration', 'known.jsonl', '--json');
    expect(outcome.code).toBe(1);
    expect(receiptOf(outcome)).toMatchObject({ aggregate: { verdict: 'fail', overall: 6 }, adjusted: { verdict: 'pass', overall: 8 } });
    const told = await desk.judge('--calibration', 'known.jsonl', '--glossary');
    expect(told.out).toMatch(/calibration on 1 output,[^]*-2 /);
    expect(told.out).not.toContain('without an entry');
  });
});

describe('what is refused before anybody is asked', () => {
  test.each([
    [['--task', 'Tides', '--output', 'answer.md', '--slug', '../tides'], '--slug'],
    [['--task', 'Tides', '--output', 'answer.md', '--slug', ''], '--slug'],
    [['--task', 'Tides', '--batch', 'rows.jsonl'], '--batch'],
    [['--output', 'answer.md'], '--task'],
    [['--task', 'Tides'], '--output'],
    [['--task', 'Tides', '--output', 'none.md'], '--output'],
    [['--task', 'Tides', '--output', 'answer.md', '--swap'], '--swap'],
    [['--task', 'Tides', '--output', 'answer.md', '--limit', '3'], '--limit'],
    [['--batch', 'rows.jsonl', '--slug', 'tides'], '--slug'],
    [['--task', 'Tides', '--output', 'answer.md', '--cycles', '4'], '--cycles'],
    [['--task', 'Tides', '--output', 'answer.md', '--max-usd', '-1'], '--max-usd'],
    [['--task', 'Tides', '--output', 'answer.md', '--max-tokens', '4k'], '--max-tokens'],
    [['--batch', 'rows.jsonl', '--concurrent', '0'], '--concurrent'],
  ])('%j', async (args, flag) => {
    const desk = await setDesk();
    writeRows(desk.folder, 'rows.jsonl', [answerRow('q1', 9)]);
    const { code, out } = await desk.at({}, ...args, '--json');
    expect([code, desk.judges.calls()]).toEqual([2, 0]);
    expect(usageErrorSchema.parse(JSON.parse(out)).error.message).toContain(flag);
  });

  test('a batch without a row, and one that is not there', async () => {
    const desk = await setDesk();
    writeRows(desk.folder, 'rows.jsonl', [{ kind: 'by_type_summary' }]);
    for (const name of ['rows.jsonl', 'none.jsonl']) {
      const { code, err } = await desk.at({}, '--batch', name);
      expect([code, desk.judges.calls()]).toEqual([2, 0]);
      expect(err).toContain(name);
    }
  });

  test('BUD-2: a judge without a price, by its name and with the command that adds one', async () => {
    const desk = await setDesk();
    const { code, err } = await desk.judge('--slot-b-model', 'tide-70b');
    expect([code, desk.judges.calls()]).toEqual([2, 0]);
    expect(err).toMatch(/"tide-70b"[^]*lauter config set/);
  });

  test('no judges, and a slot that has none', async () => {
    const desk = await setDesk({ a: {}, b: {} });
    expect((await desk.judge('--slot-c-model', 'tide-70b')).err).toContain('--slot-c-model');
    writeFileSync(join(desk.folder, 'workspace', 'lauter.config.json'), '{}');
    const { code, err } = await desk.judge();
    expect(code).toBe(2);
    expect(err).toContain('eval.panel.judges');
  });

  test('an estimate above the cap, without --yes and without a terminal', async () => {
    const desk = await setDesk({ a: {}, b: {} }, { input_per_million: 1, output_per_million: 5 });
    // Two judges, 5,000 tokens at $1 and 4,000 at $5 a million each.
    const { code, err } = await desk.judge('--max-usd', '0.04');
    expect([code, desk.judges.calls()]).toEqual([2, 0]);
    expect(err).toMatch(/\$0\.05;[^]*expected at most \$0\.04/);
    expect(existsSync(join(desk.folder, 'workspace', 'lake'))).toBe(false);
  });
});

describe('the cap of one output', () => {
  test('stops in the middle; the same command with more money pays for the rest alone', async () => {
    const usage = { prompt_tokens: 0, completion_tokens: 1_000 };
    const desk = await setDesk({ a: { usage }, b: { usage }, c: { usage } }, { input_per_million: 0, output_per_million: 4 });
    const stopped = await desk.judge('--max-tokens', '1000', '--max-usd', '0.009', '--yes');
    expect([stopped.code, desk.judges.calls()]).toEqual([2, 2]);
    expect(stopped.err).toContain('higher --max-usd');
    expect(existsSync(join(desk.folder, 'workspace', 'reports', 'panel'))).toBe(false);
    const rest = await desk.judge('--max-tokens', '1000', '--max-usd', '0.012', '--json');
    expect([rest.code, desk.judges.calls()], rest.err).toEqual([0, 3]);
    expect(rest.err).toContain('was left unfinished');
    expect(receiptOf(rest).cost_usd).toBe(0.012);
    const [runId] = readdirSync(join(desk.folder, 'workspace', 'lake', 'eval', 'panel'));
    expect(tallyBudget(join(desk.folder, 'workspace'), runId!)).toMatchObject({ highest: 0.012e9, atEnd: 0.012e9, open: 0 });
    // It came to its end: whoever asks again is answered anew.
    await desk.judge('--max-tokens', '1000');
    expect(desk.judges.calls()).toBe(6);
  });
});
