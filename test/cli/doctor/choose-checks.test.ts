import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECK_NAMES } from '../../../cli/doctor/table.ts';
import { doctorReportSchema } from '../../../schemas/doctor-report.ts';
import { makeBrewery } from '../../support/brewery.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function doctor(root: string, ...words: string[]) {
  const { code, out, err } = await runCli(['doctor', '--workspace', root, ...words], root, { env: { LAUTER_TEMPORAL_BIN: '/bin/false' } });
  return { code, out, err };
}

async function checksOf(root: string, ...words: string[]) {
  const { code, out } = await doctor(root, '--json', ...words);
  const { status, checks } = doctorReportSchema.parse(JSON.parse(out));
  return { code, status, checks };
}

/** A workspace in which a dead process left something half-written: a warning. */
function untidy(): string {
  const { root } = makeBrewery();
  mkdirSync(join(root, 'lake', 'scratch', '.tmp~4194305-long.ago~c0ffee'), { recursive: true });
  return root;
}

describe('--check', () => {
  test('makes the named checks and no other, in the order of the table, each once', async () => {
    const { code, checks } = await checksOf(makeBrewery().root, '--check', 'ledgers', '--check', 'node', '--check', 'ledgers');
    expect([checks.map(({ name }) => name), code]).toEqual([['node', 'ledgers'], 0]);
  });
  test('looks at nothing else: what is broken elsewhere does not matter', async () => {
    const { root } = makeBrewery();
    writeFileSync(join(root, 'lauter.config.json'), '{');
    expect((await checksOf(root, '--check', 'disk', '--check', 'lake')).status).not.toBe('fail');
    expect(await checksOf(root, '--check', 'config')).toMatchObject({ code: 1, status: 'fail' });
  });
  test('of a name that there is not is a usage error that lists the names', async () => {
    const { code, out, err } = await doctor(makeBrewery().root, '--check', 'weather');
    expect([code, out]).toEqual([2, '']);
    for (const name of ['weather', ...CHECK_NAMES]) expect(err).toContain(name);
  });
  test('that cannot be made fails instead of being left out', async () => {
    const { root } = makeBrewery();
    writeFileSync(join(root, 'lauter.config.json'), '{');
    expect(await checksOf(root, '--check', 'search_mode')).toMatchObject({ code: 1, checks: [{ name: 'search_mode', status: 'fail' }] });
    expect(await checksOf(temporaryFolder(), '--check', 'contradictions')).toMatchObject({ code: 1, checks: [{ status: 'fail' }] });
  });
});

describe('the exit code', () => {
  test('is 0 with a warning, 1 with --strict', async () => {
    const root = untidy();
    expect(await checksOf(root, '--check', 'temporary files')).toMatchObject({ code: 0, status: 'warn' });
    expect(await checksOf(root, '--check', 'temporary files', '--strict')).toMatchObject({ code: 1, status: 'warn' });
    expect(await checksOf(root, '--check', 'ledgers', '--strict')).toMatchObject({ code: 0, status: 'ok' });
  });
  test('is 1 when a check fails', async () => {
    expect(await checksOf(makeBrewery().root, '--check', 'server program')).toMatchObject({ code: 1, status: 'fail' });
  });
});

test('commands of a remedy stand by themselves, ready to paste', async () => {
  const root = untidy();
  const { checks } = await checksOf(root, '--check', 'temporary files');
  expect(checks[0]?.commands).toEqual([
    `rm -rf ${join(root, 'lake', 'scratch', '.tmp~4194305-long.ago~c0ffee')}`.replace(/(\S*~\S*)/, "'$1'"),
  ]);
});
