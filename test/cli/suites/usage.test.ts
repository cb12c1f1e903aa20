import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Io } from '../../../cli/io.ts';
import { asJsonLines, taleQuestions } from '../../support/longmemeval-tales.ts';
import { writeOrchard } from '../../support/orchard-suites.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// None of these comes as far as an engine.
vi.mock('../../../cli/engine-session.ts', () => ({ withEngine: () => Promise.reject(new Error('an engine was asked for')) }));

/** What is said where a command goes as far as its work. */
const BEGUN = 'an engine was asked for';

async function runAll(
  args: readonly string[],
  config: object = {},
  io: Partial<Io> = {},
): Promise<{ code: number; out: string; err: string }> {
  const root = temporaryFolder({ 'lauter.config.json': JSON.stringify(config), 'tales.jsonl': asJsonLines(taleQuestions(100)) });
  writeOrchard(join(root, 'orchard'));
  writeFileSync(join(root, 'broken.ndjson'), '{"schema_version":2}\n');
  return runCli(['eval', 'run-all', ...args], root, io);
}

test.each([
  ['--modes', 'frontier'],
  ['--modes', 'balanced,'],
  ['--suites', 'foo'],
  ['--suites', 'Foo'],
  ['--suites', '../etc'],
  ['--suites', ''],
  ['--parallel', '0'],
  ['--parallel', 'two'],
  ['--limit', '0'],
  ['--limit', 'abc'],
  ['--limit', '1.5'],
  ['--seed', '-1'],
  ['--seed', '4294967296'],
  ['--budget-usd-retrieval', '-1'],
  ['--budget-usd-answer', 'NaN'],
  ['--budget-usd-answer', 'Infinity'],
  ['--dataset', 'longmemeval'],
  ['--dataset', 'longmemeval='],
  ['--dataset', 'orchard=orchard'],
  ['--set', 'limt=3'],
  ['--strategy', 'magic'],
])('RUN-2: %s %s is a usage error, told as JSON', async (flag, value) => {
  const { code, out } = await runAll([flag, value, '--json']);
  expect(code).toBe(2);
  const { error } = JSON.parse(out) as { error: { flag: string; value: string; message: string } };
  expect(error.flag).toBe(flag);
  expect(error.message).toContain(value.replace(/=.*/, ''));
});

test('flags that take one value are given once, and a dataset is named once', async () => {
  expect((await runAll(['--seed', '1', '--seed', '2'])).err).toContain('given twice');
  expect((await runAll(['--dataset', 'replay=a', '--dataset', 'replay=b'])).err).toContain('given twice');
});

test('RUN-2: more than three cells at once become three, and that is said', async () => {
  const { err } = await runAll(['--parallel', '10']);
  expect(err).toContain('3 cells at once are the most');
  expect(err).toContain(BEGUN);
  expect((await runAll(['--parallel', '10'])).err).toContain('3 cells at once are the most');
});

const TALES = ['--suites', 'longmemeval', '--dataset', 'longmemeval=tales.jsonl', '--json'];

test('RUN-3: an estimate above its budget ends the command before any work, unless --yes is given', async () => {
  // 100 questions in three modes: 300 * 0.00001, and a dollar of a thousandth each in tokenmax with --expansion.
  const config = {
    search: { expansion_model: { base_url: 'http://127.0.0.1:9/v1', model: 'scribe' } },
    cost: { prices: { scribe: { input_per_million: 0 } } },
  };
  const { code, out, err } = await runAll([...TALES, '--expansion', '--budget-usd-retrieval', '0.1'], config);
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ schema_version: 2, phase: 'estimate', retrieval_usd: 0.103, answer_usd: 0, total_usd: 0.103 });
  expect(err).toContain('on retrieval');
  expect((await runAll([...TALES, '--expansion', '--budget-usd-retrieval', '0.1', '--yes'], config)).err).toContain(BEGUN);
  expect((await runAll([...TALES, '--expansion', '--budget-usd-retrieval', '0.103'], config)).err).toContain(BEGUN);
});

test('RUN-3: so does an estimate of the answers, which a person may let pass', async () => {
  const config = {
    eval: { reader: { base_url: 'http://127.0.0.1:9/v1', model: 'harbour-8b' } },
    cost: { prices: { 'harbour-8b': { input_per_million: 0 } } },
  };
  // 100 questions in three modes, 0.015 each.
  const { code, out, err } = await runAll([...TALES, '--answers', '--budget-usd-answer', '4.49'], config);
  expect([code, JSON.parse(out)]).toMatchObject([2, { answer_usd: 4.5 }]);
  expect(err).toContain('on answers');
  const asked = { ask: () => Promise.resolve(true) };
  expect((await runAll([...TALES, '--answers', '--budget-usd-answer', '4.49'], config, asked)).err).toContain(BEGUN);
});

test('BUD-2: a served model without a price is refused before any work, with the line that adds it', async () => {
  const embedders = { desk: { kind: 'openai', base_url: 'http://127.0.0.1:9/v1', model: 'tide-embed', dimensions: 8 } };
  const { code, err } = await runAll(['--suites', 'orchard', '--dataset', 'orchard=orchard'], { search: { embedder: 'desk', embedders } });
  expect(code).toBe(2);
  expect(err).toContain('"tide-embed"');
  expect(err).toContain('lauter config set');
});

test('data that is broken ends the command before any work', async () => {
  const { code, err } = await runAll(['--suites', 'replay', '--dataset', 'replay=broken.ndjson']);
  expect(code).toBe(2);
  expect(err).toContain('line 1');
});

test('expectations that cannot be read, and a model that reads without a price, end the command before any work', async () => {
  expect(await runAll(['--expectations', 'nowhere.json'])).toMatchObject({ code: 2, err: expect.stringContaining('reading expectations') });
  const unpriced = await runAll([], { cost: { downstream_model: 'harbour-70b' } });
  expect(unpriced).toMatchObject({ code: 2, err: expect.stringContaining('"harbour-70b"') });
});

test('answers need a reader', async () => {
  const { code, err } = await runAll(['--answers']);
  expect(code).toBe(2);
  expect(err).toContain('eval.reader');
});
