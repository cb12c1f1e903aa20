import type { Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../cli/program.ts';
import { usageErrorSchema, type UsageErrorJson } from '../../../schemas/usage-error.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What a command line that cannot be understood prints with `--json`, and its exit code. */
async function refused(...args: string[]): Promise<{ code: number; error: UsageErrorJson['error'] }> {
  const { code, out } = await runCli([...args, '--json'], temporaryFolder({ 'lauter.config.json': '{}' }));
  return { code, error: usageErrorSchema.parse(JSON.parse(out)).error };
}

const QUERY = ['search', 'query', 'notes', 'tide'];

describe('a bad value is exit 2, and JSON tells flag and value', () => {
  test.each([
    ['--limit', '0'],
    ['--limit', '-1'],
    ['--limit', '2.5'],
    ['--limit', 'many'],
    ['--limit', ''],
    ['--limit', 'NaN'],
    ['--limit', '1e3'],
    ['--offset', '-1'],
    ['--detail', 'huge'],
    ['--mode', 'thrifty'],
    ['--strategy', 'guess'],
    ['--rerank', 'maybe'],
    ['--autocut', '1'],
    ['--token-budget', '-5'],
    ['--token-budget', 'Infinity'],
    ['--set', 'limit'],
    ['--set', 'limit=0'],
    ['--set', 'limit=none'],
    ['--set', 'speed=9'],
    ['--set', '__proto__=1'],
    ['--set', 'autocut_jump=5'],
    ['--set', 'autocut_jump=0'],
    ['--set', 'autocut_jump=NaN'],
    ['--set', 'evidence_cosine=1.1'],
    ['--set', 'title_boost=0'],
    ['--set', 'rrf_k='],
    ['--set', 'recency=yes'],
    ['--set', 'reranker=perhaps'],
  ])('%s %j', async (flag, value) => {
    expect(await refused(...QUERY, flag, value)).toMatchObject({ code: 2, error: { code: 'invalid_argument', flag, value } });
  });

  test.each([
    ['a flag that nobody knows', [...QUERY, '--loud'], 'unknown_option'],
    ['a value that is missing', [...QUERY, '--limit'], 'option_missing_argument'],
    ['an argument that is missing', ['search', 'query', 'notes'], 'missing_argument'],
    ['an argument too many', [...QUERY, 'again'], 'excess_arguments'],
  ])('%s', async (_, args, name) => {
    const { code, error } = await refused(...args);
    expect(code).toBe(2);
    expect([name, 'invalid_argument']).toContain(error.code);
  });

  test('a knob twice, in one form or two', async () => {
    expect(await refused(...QUERY, '--set', 'limit=3', '--set', 'limit=3')).toMatchObject({ code: 2, error: { flag: '--set' } });
    expect(await refused(...QUERY, '--set', 'limit=3', '--limit', '3')).toMatchObject({
      code: 2,
      error: { code: 'usage_error', flag: '--set' },
    });
    expect(await refused(...QUERY, '--set', 'autocut=on', '--autocut', 'off')).toMatchObject({ code: 2 });
    expect(await refused(...QUERY, '--keyword-only', '--strategy', 'vector')).toMatchObject({ code: 2, error: { flag: '--strategy' } });
  });

  test('a collection that is not there, and a name that none can have', async () => {
    for (const [name, code] of [
      ['nowhere', 'collection_error'],
      ['../notes', 'usage_error'],
      ['', 'usage_error'],
    ] as const) {
      expect(await refused('search', 'query', name, 'tide')).toMatchObject({ code: 2, error: { code } });
    }
    expect(await refused(...QUERY, '--retriever', 'theirs')).toMatchObject({ code: 2, error: { flag: '--retriever', value: 'theirs' } });
  });
});

/** All commands of a group that can be run, each with the words that call it. */
function runnable(command: Command, words: readonly string[]): { command: Command; words: readonly string[] }[] {
  if (command.commands.length === 0) return [{ command, words }];
  return command.commands.flatMap((one) => runnable(one, [...words, one.name()]));
}

const io = {
  env: {},
  cwd: '/',
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  hasColour: false,
  onInterrupt: () => () => undefined,
};
const program = createProgram(io, () => undefined);
const options = ['search', 'eval'].flatMap((group) =>
  runnable(
    program.commands.find((command) => command.name() === group)!,
    [group],
  ).flatMap(({ command, words }) =>
    command.options
      .filter((option) => option.required || option.optional)
      .map((option) => ({ name: `${words.join(' ')} ${option.long}`, words, option })),
  ),
);

/** Values of which every option takes one. */
const valuesFor = ({ argChoices }: Option): readonly string[] =>
  argChoices ?? ['1', '1000', '0.5', '1h', 'limit=1', 'R@5=0.5', 'none', 'balanced', 'a'];

describe('a second value for the same option', () => {
  test('there are options to try', () => {
    expect(options.length).toBeGreaterThan(50);
  });

  test.each(options)('$name', async ({ words, option }) => {
    const codes: string[] = [];
    for (const value of valuesFor(option)) {
      const { code, error } = await refused(...words, option.long!, value, option.long!, value);
      expect(code).toBe(2);
      codes.push(error.code);
      if (error.code === 'repeated_option') break;
    }
    const isRepeatable = /may be repeated|repeatable/i.test(option.description) || option.variadic;
    expect(codes.includes('repeated_option')).toBe(!isRepeatable);
  });
});
