import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { createProgram } from '../../cli/program.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SILENT: Io = {
  env: {},
  cwd: '/',
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  hasColour: false,
  onInterrupt: () => () => undefined,
};

describe('the words of the command line', () => {
  test('lauter alone prints its help', async () => {
    const { code, out, err } = await runCli([], temporaryFolder());
    expect(code).toBe(0);
    expect(out).toContain('Usage: lauter');
    expect(err).toBe('');
  });

  test('--version is one line', async () => {
    expect(await runCli(['--version'], temporaryFolder())).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test.each([
    [['distil'], 'distill'],
    [['distill', 'rn-all'], 'run-all'],
    [['distill', 'qurey', 'SELECT 1'], 'query'],
    [['sources', 'detct', 'traces'], 'detect'],
    [['config', 'ste', 'a', 'b'], 'set'],
    [['samples', 'wirte'], 'write'],
    [['runs', 'lst'], 'list'],
    [['inti'], 'init'],
    [['distill', 'query', '--fromat', 'json', 'SELECT 1'], '--format'],
    [['distill', 'receipts', '--jsn'], '--json'],
    [['config', 'get', '--worksapce', 'x'], '--workspace'],
  ])('%j: exit 2, and %s is suggested', async (args, suggestion) => {
    const { code, out, err } = await runCli(args, temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain(`Did you mean ${suggestion}?`);
    expect(out).toBe('');
  });

  test.each([
    [['distill']],
    [['config']],
    [['frobnicate']],
    [['distill', 'query']],
    [['distill', 'query', 'SELECT 1', 'SELECT 2']],
    [['distill', 'query', 'SELECT 1', '--format', 'xml']],
    [['distill', 'query', 'SELECT 1', '--timeout-s', '1e3']],
    [['distill', 'query', 'SELECT 1', '--timeout-s', '-1']],
    [['distill', 'query', 'SELECT 1', '--memory-mb', 'NaN']],
    [['distill', 'query', 'SELECT 1', '--memory-mb', 'Infinity']],
    [['distill', 'query', 'SELECT 1', '--memory-mb', '']],
    [['distill', 'run-all', '--format', '']],
    [['distill', 'run-all', '--format', 'jsonl,csv']],
    [['distill', 'run-all', '--as', 'alpaca']],
    [['distill', 'export', 'sft', '--as', '']],
    [['distill', 'export', 'stf']],
    [['distill', 'quarantine', '--limit', '1.5']],
    [['distill', 'quarantine', '--set', 'all']],
    [['distill', 'score', '--explain']],
    [['sources', 'detect']],
    [['samples', 'write', '--seed', '0x10']],
    [['config', 'set', 'distill.partial_min']],
  ])('%j is a usage error', async (args) => {
    const { code, out, err } = await runCli(args, temporaryFolder());
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
    expect(err).not.toMatch(/\n {4}at /);
  });

  test('a stack trace is shown only on demand', async () => {
    const args = ['distill', 'query', 'SELECT 1', '--workspace', 'nowhere'];
    expect((await runCli(args, temporaryFolder())).err).not.toMatch(/\n {4}at /);
    expect((await runCli([...args, '--debug'], temporaryFolder())).err).toMatch(/\n {4}at /);
  });
});

describe('the help of every command', () => {
  const commands = leavesOf(createProgram(SILENT, () => undefined));

  test('there are commands to look at', () => {
    expect(commands.map(pathOf)).toContain('lauter distill query');
    expect(commands.length).toBeGreaterThan(15);
  });

  test.each(commands.map((command) => [pathOf(command), command] as const))('%s shows an example', (path, command) => {
    const help = helpOf(command);
    expect(help).toMatch(/\nExample:\n {2}\S/);
    const words = path.split(' ').slice(0, command.parent?.parent === null ? 2 : 3);
    expect(help.split('Example:')[1]).toContain(words.join(' '));
  });

  test.each(commands.filter(printsJson).map((command) => [pathOf(command), command] as const))(
    '%s names the keys of its JSON',
    (_, command) => {
      expect(helpOf(command)).toMatch(/\nKeys of (?:--json|a line of --json): \S/);
    },
  );
});

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function printsJson(command: Command): boolean {
  return command.options.some((option) => option.long === '--json');
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** All that is printed, also what was added after the generated part. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (piece) => void (text += piece) });
  command.outputHelp();
  return text;
}
