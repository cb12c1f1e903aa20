import { describe, expect, test, vi } from 'vitest';
import type { Io } from '../../../cli/io.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { asJsonLines, taleQuestions } from '../../support/longmemeval-tales.ts';

// None of these comes as far as an engine.
vi.mock('../../../cli/engine-session.ts', () => ({ withEngine: () => Promise.reject(new Error('an engine was asked for')) }));

const LOCAL = 'http://127.0.0.1:9/v1';
const EVAL = { reader: { base_url: LOCAL, model: 'harbour-8b' } };
const CONFIG = { eval: EVAL, cost: { prices: { 'harbour-8b': { input_per_million: 0 } } } };

async function lme(
  args: readonly string[],
  config: object = CONFIG,
  io: Partial<Io> = {},
): Promise<{ code: number; out: string; err: string }> {
  const root = temporaryFolder({
    'tales.jsonl': asJsonLines(taleQuestions(2)),
    'answered.jsonl': '{"question_id":"tale_001","hypothesis":"Twelve."}\n',
    'none.txt': '\n',
    'lauter.config.json': JSON.stringify(config),
  });
  return runCli(['eval', 'longmemeval', ...args], root, io);
}

test.each([
  ['--limit', '0'],
  ['--limit', 'abc'],
  ['--limit', '-1'],
  ['--limit', '1.5'],
  ['--top-k', 'abc'],
  ['--top-k', '0'],
  ['--session-k', '1,,5'],
  ['--session-k', '0'],
  ['--by-type-floor', '1.1'],
  ['--by-type-floor', 'NaN'],
  ['--by-type-floor', 'Infinity'],
  ['--by-type-floor-metric', 'recall'],
  ['--max-usd', '-1'],
  ['--max-usd', 'lots'],
  ['--reader-max-tokens', '0'],
  ['--reader-mode', 'slow'],
  ['--mode', 'turbo'],
  ['--strategy', 'magic'],
  ['--set', 'limt=3'],
  ['--set', 'limit=3'],
  ['--question-ids', 'missing.txt'],
  ['--question-ids', 'none.txt'],
  ['--resume-from', 'missing.jsonl'],
  ['--unheard-of', '1'],
])('LME-11: %s %s is a usage error', async (flag, value) => {
  const { code, err, out } = await lme(['tales.jsonl', '--retrieval-only', flag, value]);
  expect(code, err).toBe(2);
  expect(err + out).toContain(flag === '--resume-from' ? 'missing.jsonl' : flag === '--set' ? 'limi' : flag);
});

test.each([[['--judge']], [['--judge-model', 'judge-70b']], [['--model', 'harbour-8b']], [['--expansion']], [['--rerank', 'on']]])(
  '--retrieval-only asks no model, so %j beside it is refused',
  async (args) => {
    const { code, err } = await lme(['tales.jsonl', '--retrieval-only', ...args]);
    expect(code).toBe(2);
    expect(err).toContain(args[0]);
  },
);

test('answers need a reader, judging needs a judge', async () => {
  expect(await lme(['tales.jsonl'], {})).toMatchObject({ code: 2, err: expect.stringContaining('eval.reader') as string });
  expect(await lme(['tales.jsonl', '--judge'])).toMatchObject({ code: 2, err: expect.stringContaining('eval.judge') as string });
});

test('BUD-2: a model without a price is not asked, whatever the cap: the message names it and the command that adds one', async () => {
  for (const reader of [EVAL.reader, { base_url: 'http://192.0.2.7/v1', model: 'far/70b.v2' }]) {
    for (const cap of ['0', '1000']) {
      const { code, err } = await lme(['tales.jsonl', '--max-usd', cap, '--yes'], { eval: { reader } });
      expect(code).toBe(2);
      expect(err).toContain(`on the model "${reader.model}": expected it in cost.prices`);
      expect(err).toContain(`lauter config set 'cost.prices["${reader.model}"]'`);
    }
  }
  const judged = { ...CONFIG, eval: { ...EVAL, judge: { base_url: LOCAL, model: 'judge-70b' } } };
  expect((await lme(['tales.jsonl', '--judge'], judged)).err).toContain('judge-70b');
});

test('a host that is not allowed is told before any question; one that is allowed may be asked', async () => {
  const far = { eval: { reader: { base_url: 'http://192.0.2.7/v1', model: 'harbour-8b' } }, cost: CONFIG.cost };
  const refused = await lme(['tales.jsonl'], far);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(
    /eval\.reader\.base_url: expected this machine or an allowed host[^]*Add 192\.0\.2\.7 to search\.allowed_hosts/,
  );
  expect((await lme(['tales.jsonl'], { ...far, search: { allowed_hosts: ['192.0.2.7'] } })).err).toContain('an engine was asked for');
  const cloud = { ...far, eval: { reader: { base_url: 'http://169.254.169.254/v1', model: 'harbour-8b' } } };
  expect((await lme(['tales.jsonl'], { ...cloud, search: { allowed_hosts: ['169.254.169.254'] } })).code).toBe(2);
});

describe('RUN-3: the estimate against the cap', () => {
  // Two questions: 2 x 512 tokens at most written, at $1,000 a million, is $1.024.
  const cost = { prices: { 'harbour-8b': { input_per_million: 0, output_per_million: 1_000 } } };
  const dear = { eval: EVAL, cost };
  const STARTED = 'an engine was asked for';

  test('within it nothing is asked; the estimate is told', async () => {
    const { err } = await lme(['tales.jsonl'], dear);
    expect(err).toContain('estimated for 2 questions: $1.02, reader $1.02 (harbour-8b); cap $5.00');
    expect(err).toContain(STARTED);
  });

  test('above it, without a terminal and without --yes: 2, before anything is begun', async () => {
    const { code, err } = await lme(['tales.jsonl', '--max-usd', '1'], dear);
    expect(code).toBe(2);
    expect(err).toContain('expected at most $1.00, found $1.02');
    expect(err).not.toContain(STARTED);
  });

  test('--yes begins, and so does whoever says yes; whoever says no does not', async () => {
    expect((await lme(['tales.jsonl', '--max-usd', '1', '--yes'], dear)).err).toContain(STARTED);
    const asking = async (says: boolean) => (await lme(['tales.jsonl', '--max-usd', '1'], dear, { ask: () => Promise.resolve(says) })).err;
    expect(await asking(true)).toContain(STARTED);
    expect(await asking(false)).not.toContain(STARTED);
  });

  test('the config says the cap where the command line does not', async () => {
    const capped = { eval: EVAL, cost: { ...cost, per_command_usd: { 'eval longmemeval': 0.5 } } };
    expect((await lme(['tales.jsonl'], capped)).err).toMatch(/cap \$0\.50[^]*expected at most \$0\.50/);
    expect((await lme(['tales.jsonl', '--max-usd', '2'], capped)).err).toContain(STARTED);
  });

  test('only what is left to do counts', async () => {
    const { err } = await lme(['tales.jsonl', '--resume-from', 'answered.jsonl', '--max-usd', '1'], dear);
    expect(err).toContain('estimated for 1 question: $0.512');
    expect(err).toContain(STARTED);
  });

  test('--retrieval-only asks no reader and says what vectors cost', async () => {
    const served = {
      ...dear,
      cost: { prices: { 'embed-small': { input_per_million: 1_000 } } },
      search: { embedder: 'pier', embedders: { pier: { kind: 'openai', base_url: LOCAL, model: 'embed-small', dimensions: 64 } } },
    };
    const { err } = await lme(['tales.jsonl', '--retrieval-only'], served);
    expect(err).toMatch(/estimated for 2 questions: \$\d+\.\d+, embedding \$\d+\.\d+ \(embed-small\)/);
    expect(err).not.toContain('reader');
    expect((await lme(['tales.jsonl', '--retrieval-only', '--keyword-only'], served)).err).not.toContain('estimated');
    expect((await lme(['tales.jsonl', '--retrieval-only'], { ...served, cost: {} })).err).toContain('"embed-small"');
  });
});

test('a dataset that is not there is told by its name', async () => {
  const { code, err } = await lme(['nowhere.json', '--retrieval-only']);
  expect(code).toBe(2);
  expect(err).toContain('nowhere.json');
});

test('what is lawful comes as far as the engine', async () => {
  const { err } = await lme([
    'tales.jsonl',
    '--limit',
    '1',
    '--top-k',
    '3',
    '--session-k',
    '5,1',
    '--by-type-floor',
    '0.95',
    '--max-usd',
    '0',
  ]);
  expect(err).toContain('an engine was asked for');
});
