import { expect, test, vi } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { asJsonLines, taleQuestions } from '../../support/longmemeval-tales.ts';

// None of these comes as far as an engine.
vi.mock('../../../cli/engine-session.ts', () => ({ withEngine: () => Promise.reject(new Error('an engine was asked for')) }));

const CONFIG = { eval: { reader: { base_url: 'http://127.0.0.1:9/v1', model: 'harbour-8b' } } };

async function lme(args: readonly string[], config: object = CONFIG): Promise<{ code: number; out: string; err: string }> {
  const root = temporaryFolder({
    'tales.jsonl': asJsonLines(taleQuestions(2)),
    'answered.jsonl': '{"question_id":"tale_001","hypothesis":"Twelve."}\n',
    'none.txt': '\n',
    'lauter.config.json': JSON.stringify(config),
  });
  return runCli(['eval', 'longmemeval', ...args], root);
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

test('a model without a known price is not asked, whatever the cap: the message names it and says what to do', async () => {
  const remote = { eval: { reader: { base_url: 'http://192.0.2.7/v1', model: 'far-70b' } } };
  for (const cap of ['0', '1000']) {
    const { code, err } = await lme(['tales.jsonl', '--max-usd', cap, '--yes'], remote);
    expect(code).toBe(2);
    expect(err).toMatch(/far-70b[^]*eval\.reader\.base_url/);
  }
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
