import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { trustBestSchema } from '../../schemas/trust-reports.ts';
import { makeProxy, makeRun, TERN, writeRunFile, type RunShape } from '../support/bench-run-files.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const GANNET = 'gannet-3b';
const GANNET_CARD = { digest: 'sha256:plume', raw_sha256: sha256('plume') };

/** Forty questions: the first `hits` of them found at once, the rest at `rest`. */
function ranks(hits: number, rest: number | null): (number | null)[] {
  return Array.from({ length: 40 }, (_, at) => (at < hits ? 1 : rest));
}

function shapeOf(items: readonly (number | null)[], more: RunShape = {}): RunShape {
  return { ...more, summary: { downstream_proxy: makeProxy(items), ...more.summary } };
}

interface Rivals {
  readonly root: string;
  bench(...args: readonly string[]): Promise<CliOutcome>;
  write(name: string, number: number, shape: RunShape): string;
}

/** A workspace in whose ledger the tern has passed, with its runs stored. */
async function rivals({ hasItems = true } = {}): Promise<Rivals> {
  const root = temporaryFolder();
  const bench = (...args: readonly string[]): Promise<CliOutcome> =>
    runCli(['bench', ...args, '--workspace', join(root, 'workspace')], root);
  const write = (name: string, number: number, shape: RunShape): string => {
    writeFileSync(join(root, name), writeRunFile(makeRun(number, shape)));
    return name;
  };
  const files = [1, 2, 3].map((number) => write(`t${number}.jsonl`, number, shapeOf(ranks(10, 4))));
  expect((await bench('determinism', ...files, '--record')).code).toBe(0);
  if (hasItems) expect((await bench('import', ...files)).code).toBe(0);
  return { root, bench, write };
}

function gannet(items: readonly (number | null)[], more: RunShape = {}): RunShape {
  return shapeOf(items, {
    model: GANNET,
    ...more,
    summary: { model_card_before: GANNET_CARD, model_card_after: GANNET_CARD, ...more.summary },
  });
}

async function answerOf(outcome: CliOutcome) {
  const best = trustBestSchema.parse(JSON.parse(outcome.out));
  return { code: outcome.code, answer: best.answer, best };
}

test('a model whose whole interval lies above is better, by one run file', async () => {
  const { bench, write } = await rivals();
  const { code, answer, best } = await answerOf(
    await bench('ledger', 'best', '--run', write('g.jsonl', 4, gannet(ranks(30, 2))), '--json'),
  );
  expect([code, answer]).toEqual([0, 'better']);
  expect(best).toMatchObject({
    n: 40,
    challenger: { model_id: GANNET, verdicts: ['PASS'], bt29: { text: 'BT-29 deferred' } },
    reference: { model_id: TERN, seq: 1, bt29: { text: 'BT-29 passed for retrieval only; judge-mean deferred' } },
  });
  // By hand: 30 + 10/2 = 35 against 10 + 30/4 = 17.5, over 40 questions.
  expect(best.metrics.mrr.difference).toBeCloseTo(17.5 / 40, 12);
  expect(best.metrics.mrr.sign).toMatchObject({ gains: 30, losses: 0 });
  // Hit@1: 20 gains and no loss, p = 2 / 2^20.
  expect(best.metrics.hit_at_1.sign).toMatchObject({ gains: 20, losses: 0 });
  expect(best.metrics.hit_at_1.sign.p / (2 / 2 ** 20)).toBeCloseTo(1, 10);
  // s of 20 ones and 20 zeros = sqrt(20 x 20 / 40 / 39).
  expect(best.metrics.hit_at_1.mde.value).toBeCloseTo((2.801585 * Math.sqrt(400 / 40 / 39)) / Math.sqrt(40), 6);
});

test('by all its stored runs of the key', async () => {
  const { bench, write } = await rivals();
  await bench('import', write('g1.jsonl', 4, gannet(ranks(30, 2))), write('g2.jsonl', 5, gannet(ranks(28, 2))));
  const { answer, best } = await answerOf(await bench('ledger', 'best', '--model', GANNET, '--json'));
  expect(answer).toBe('better');
  expect(best.challenger.run_ids).toHaveLength(2);
  // Two questions were found at once in one run of two: 28 + 2 x 0.75 + 10/2 of 40.
  expect(best.metrics.mrr.mean_b).toBeCloseTo(34.5 / 40, 12);
});

test('below is worse, and the same is not distinguishable: exit 1', async () => {
  const { bench, write } = await rivals();
  const worse = await answerOf(await bench('ledger', 'best', '--run', write('w.jsonl', 4, gannet(ranks(0, null))), '--json'));
  expect([worse.code, worse.answer]).toEqual([1, 'worse']);
  const same = await answerOf(await bench('ledger', 'best', '--run', write('s.jsonl', 5, gannet(ranks(10, 4))), '--json'));
  expect([same.code, same.answer]).toEqual([1, 'not distinguishable']);
  expect(same.best.metrics.mrr).toMatchObject({ ci95: [0, 0], p: 1 });
});

test.each<[string, RunShape, RegExp]>([
  ['another key, naming the field', gannet(ranks(30, 2), { manifest: { tuning_hash: sha256('sharper tuning') } }), /tuning_hash/],
  ['a question less', gannet(ranks(30, 2).slice(1)), /39 in common/],
  ['no key', gannet(ranks(30, 2), { manifest: { tuning_hash: undefined } }), /comparability key/],
])('%s is exit 2', async (_what, shape, message) => {
  const { bench, write } = await rivals();
  const { code, out, err } = await bench('ledger', 'best', '--run', write('g.jsonl', 4, shape));
  expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)]);
});

test('without the items of the reference, without a reference, or without a challenger: exit 2', async () => {
  const bare = await rivals({ hasItems: false });
  const run = bare.write('g.jsonl', 4, gannet(ranks(30, 2)));
  expect(await bare.bench('ledger', 'best', '--run', run)).toMatchObject({
    code: 2,
    err: expect.stringContaining('Import the run files') as string,
  });
  expect(await bare.bench('ledger', 'best', '--model', GANNET)).toMatchObject({
    code: 2,
    err: expect.stringContaining('finished one') as string,
  });
  expect(await bare.bench('ledger', 'best')).toMatchObject({ code: 2 });
  const own = bare.write('t4.jsonl', 6, shapeOf(ranks(30, 2)));
  expect(await bare.bench('ledger', 'best', '--run', own)).toMatchObject({
    code: 2,
    err: expect.stringContaining('PASS of another model') as string,
  });
});

test('on a broken chain it refuses', async () => {
  const { root, bench, write } = await rivals();
  writeFileSync(join(root, 'workspace', 'ledger', 'trust.jsonl'), `${JSON.stringify({ weather: 'calm' } satisfies JsonObject)}\n`);
  expect(await bench('ledger', 'best', '--run', write('g.jsonl', 4, gannet(ranks(30, 2))))).toMatchObject({ code: 1, out: '' });
});
