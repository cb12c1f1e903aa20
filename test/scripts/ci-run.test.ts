import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ciRun = fileURLToPath(new URL('../../.ci/run', import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lauter-ci-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs .ci/run with an npm that leaves these result files and ends with this code. Returns the code and the last line. */
function runCi(exitCode: number, results: readonly object[]): { readonly code: number | null; readonly lastLine: string | undefined } {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  results.forEach((result, index) => writeFileSync(join(folder, `${index}.json`), JSON.stringify(result)));
  const script = ['#!/bin/sh', 'echo "npm $*"', `cp "${folder}"/*.json "$LAUTER_TEST_RESULTS" 2>/dev/null`, `exit ${exitCode}`];
  writeFileSync(join(bin, 'npm'), `${script.join('\n')}\n`, { mode: 0o755 });
  const { status, stdout } = spawnSync('bash', [ciRun], {
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(stdout).toContain('npm test\n');
  return { code: status, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

function resultOf(counts: { passed?: number; failed?: number; pending?: number; todo?: number }, files: readonly object[] = []): object {
  const { passed = 0, failed = 0, pending = 0, todo = 0 } = counts;
  return { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo, testResults: files };
}

test('the counts of all runs of the test runner are added up', () => {
  const results = [resultOf({ passed: 410, pending: 2 }), resultOf({ passed: 31, todo: 1 })];
  expect(runCi(0, results)).toEqual({ code: 0, lastLine: '441 passed, 0 failed, 3 skipped' });
});

test('a failed test is counted and the exit code kept', () => {
  const file = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
  expect(runCi(1, [resultOf({ passed: 1, failed: 1 }, [file])])).toEqual({ code: 1, lastLine: '1 passed, 1 failed, 0 skipped' });
});

test('a test file that cannot be loaded is a failure', () => {
  const file = { status: 'failed', assertionResults: [] };
  expect(runCi(1, [resultOf({ passed: 7 }, [file])])).toEqual({ code: 1, lastLine: '7 passed, 1 failed, 0 skipped' });
});

test('a check that fails before the tests is a failure', () => {
  expect(runCi(2, [])).toEqual({ code: 2, lastLine: '0 passed, 1 failed, 0 skipped' });
});
