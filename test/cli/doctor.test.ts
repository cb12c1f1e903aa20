import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLedger } from '../../adapters/files/ledger.ts';
import { doctor } from '../../cli/commands/doctor.ts';
import { checkNode, judgeFreeSpace } from '../../cli/doctor/check-machine.ts';
import type { EngineView, withEngineView } from '../../cli/runs/engine-view.ts';
import { VERSION } from '../../cli/version.ts';
import { doctorReportSchema, type DoctorCheck } from '../../schemas/doctor-report.ts';
import { engineRun, fakeEngine, makeBrewery, STOPPED_ENGINE } from '../support/brewery.ts';
import { recordingIo } from '../support/recording-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RUN = '20260302T081500000Z-a1b2c3';

// No system gives out this process id: it is above the largest that Linux allows (2^22).
const DEAD = 4_194_305;

/** A program that says of itself that it is a Temporal server new enough. */
function serverProgram(): string {
  const path = join(temporaryFolder(), 'temporal');
  writeFileSync(path, "#!/bin/sh\necho 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'\n", { mode: 0o755 });
  return path;
}

async function examine(
  root: string,
  engine: EngineView = STOPPED_ENGINE,
  env: NodeJS.ProcessEnv = { LAUTER_TEMPORAL_BIN: serverProgram() },
) {
  const io = recordingIo({ env, cwd: root });
  const look: typeof withEngineView = (_io, _workspace, use) => use(engine);
  const code = await doctor(io, { workspace: root, json: true }, look);
  const report = doctorReportSchema.parse(JSON.parse(io.printed()));
  const check = (name: string): DoctorCheck => {
    const found = report.checks.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no check ${name} among ${report.checks.map((one) => one.name).join(', ')}`);
    return found;
  };
  return { code, report, check };
}

test('a sound workspace passes every check', async () => {
  const brewery = makeBrewery();
  brewery.ended(RUN, 'accepted');
  const { code, report } = await examine(brewery.root);
  expect(report.checks.filter(({ name }) => name !== 'disk').map(({ name, status }) => [name, status])).toEqual(
    [
      'node',
      'workspace',
      'production pause',
      'config',
      'sources',
      'inference server',
      'embedder',
      'reranker',
      'budget',
      'search_mode',
      'eval_drift',
      'server program',
      'server',
      'worker',
      'unfinished runs',
      'locks',
      'lake',
      'corpora',
      'questions',
      'ledgers',
      'eval_capture',
      'baseline_integrity',
      'contradictions',
      'nightly_quality_probe_health',
      'notices',
      'schedule',
      'temporary files',
    ].map((name) => [name, 'ok']),
  );
  expect(code).toBe(0);
});

test('people get a line a check, and what to do below the bad ones', async () => {
  const brewery = makeBrewery();
  brewery.begun(RUN, ['distill', 'run-all', './traces']);
  const io = recordingIo({ env: { LAUTER_TEMPORAL_BIN: serverProgram() }, cwd: '/brewery' });
  expect(await doctor(io, { workspace: brewery.root }, (_io, _workspace, use) => use(STOPPED_ENGINE))).toBe(0);
  const lines = io.printed().split('\n');
  const at = lines.findIndex((line) => line.startsWith('! warn  unfinished runs'));
  expect(lines[at]).toContain(`${RUN} interrupted`);
  expect(lines[at + 2]?.trim()).toBe('lauter distill run-all ./traces');
  expect(lines.at(-1)).toBe('! warn');
});

describe('machine', () => {
  test.each([
    ['18.20.4', 'fail'],
    ['20.18.9', 'fail'],
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
  ])('Node %s: %s', (version, state) => {
    expect(checkNode(version).status).toBe(state);
  });
  test.each([
    [199_999_999, 'fail'],
    [200_000_000, 'warn'],
    [1_999_999_999, 'warn'],
    [2_000_000_000, 'ok'],
  ])('%d bytes free: %s', (bytes, state) => {
    expect(judgeFreeSpace(bytes, '/brewery').status).toBe(state);
  });
});

describe('workspace', () => {
  test('a folder that is none yet is a warning with the command that makes it', async () => {
    const { code, check } = await examine(join(temporaryFolder(), 'not-yet'));
    expect(code).toBe(0);
    expect(check('workspace')).toMatchObject({ status: 'warn', remedy: expect.stringMatching(/^lauter init --workspace /) });
  });
  test('another layout fails', async () => {
    const brewery = makeBrewery();
    writeFileSync(join(brewery.root, 'workspace.json'), JSON.stringify({ schema: 'workspace/1', format: 2 }));
    const { code, check } = await examine(brewery.root);
    expect(code).toBe(1);
    expect(check('workspace')).toMatchObject({ status: 'fail', message: expect.stringContaining('expected layout 1, found 2') });
  });
  test('a lock of a dead process is a warning, a lock of another host fails', async () => {
    const brewery = makeBrewery();
    const users = join(brewery.root, 'locks', 'users');
    mkdirSync(users, { recursive: true });
    const lock = (host: string) => JSON.stringify({ schema: 'lock/1', pid: DEAD, pid_started: 'long.ago', host, version: VERSION });
    writeFileSync(join(users, 'dead.lock'), lock(hostname()));
    expect((await examine(brewery.root)).check('locks')).toMatchObject({ status: 'warn', remedy: `rm ${join(users, 'dead.lock')}` });
    writeFileSync(join(users, 'strange.lock'), lock('another-host'));
    const { code, check } = await examine(brewery.root);
    expect(code).toBe(1);
    expect(check('locks')).toMatchObject({ status: 'fail', message: expect.stringContaining('on another-host') });
  });
});

describe('config', () => {
  test('a value that its schema does not allow fails, with its place', async () => {
    const brewery = makeBrewery();
    writeFileSync(join(brewery.root, 'lauter.config.json'), '{\n  "engine": { "threads": "many" }\n}');
    const { code, check, report } = await examine(brewery.root);
    expect(code).toBe(1);
    expect(check('config')).toMatchObject({ status: 'fail', message: expect.stringContaining('line 2') });
    expect(report.checks.map(({ name }) => name)).not.toContain('sources');
  });
  test('a source that leads nowhere fails', async () => {
    const brewery = makeBrewery();
    const sources = [{ name: 'harbour', paths: ['../no-such-traces'] }];
    writeFileSync(join(brewery.root, 'lauter.config.json'), JSON.stringify({ sources }));
    expect((await examine(brewery.root)).check('sources')).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/^harbour: .*no-such-traces/),
    });
  });
  test('a source that leads to files is counted', async () => {
    const brewery = makeBrewery();
    mkdirSync(join(brewery.root, 'traces'));
    writeFileSync(join(brewery.root, 'traces', 'night-shift.jsonl'), '{}\n');
    writeFileSync(join(brewery.root, 'lauter.config.json'), JSON.stringify({ sources: [{ name: 'harbour', paths: ['traces'] }] }));
    expect((await examine(brewery.root)).check('sources')).toMatchObject({ status: 'ok', message: '1 file of 1 source' });
  });
});

describe('engine', () => {
  test('a missing server program fails with the ways to get one', async () => {
    const { code, check } = await examine(makeBrewery().root, STOPPED_ENGINE, { HOME: temporaryFolder(), PATH: '' });
    expect(code).toBe(1);
    expect(check('server program')).toMatchObject({ status: 'fail', remedy: expect.stringContaining('LAUTER_TEMPORAL_BIN') });
  });
  test('where the program was found is said', async () => {
    const found = (await examine(makeBrewery().root)).check('server program');
    expect(found).toMatchObject({ status: 'ok', message: expect.stringMatching(/\(server 1\.29\.1\), from LAUTER_TEMPORAL_BIN$/) });
  });
  test('a server that the environment names must answer', async () => {
    // Nobody listens at the discard port.
    const { code, check } = await examine(makeBrewery().root, STOPPED_ENGINE, { TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect(code).toBe(1);
    expect(check('server program').status).toBe('ok');
    expect(check('server')).toMatchObject({ status: 'fail', message: 'no answer from 127.0.0.1:9' });
  });
  test('a run that waits for a worker is a warning, with and without a pause', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN);
    const waiting = await examine(brewery.root, fakeEngine([engineRun(RUN)]));
    expect(waiting.check('worker')).toMatchObject({ status: 'warn', remedy: `lauter worker --with-server --workspace ${brewery.root}` });
    expect(waiting.check('unfinished runs')).toMatchObject({ status: 'warn', message: `${RUN} running (no worker)` });
    const paused = await examine(
      brewery.root,
      fakeEngine([engineRun(RUN)], () => ({ progress: null, pausedBy: 'user' })),
    );
    expect(paused.check('worker').status).toBe('ok');
    expect(paused.check('unfinished runs')).toMatchObject({
      status: 'warn',
      remedy: `lauter runs resume ${RUN} --workspace ${brewery.root}`,
    });
    expect((await examine(brewery.root, fakeEngine([], undefined, ['7@here', '8@there']))).check('worker').message).toBe(
      '2 workers: 7@here, 8@there',
    );
  });
});

describe('data', () => {
  test('a lake that is not whole fails, with the file and the way to make it anew', async () => {
    const brewery = makeBrewery();
    const heads = join(brewery.root, 'lake', 'heads');
    mkdirSync(heads, { recursive: true });
    writeFileSync(join(heads, 'evidence.json'), '{}');
    const { code, check } = await examine(brewery.root);
    expect(code).toBe(1);
    expect(check('lake')).toMatchObject({
      status: 'fail',
      message: `${join('lake', 'heads', 'evidence.json')}: expected a head/1 document, found another one`,
      remedy: expect.stringMatching(new RegExp(`^rm -f ${join(heads, 'evidence.json')} && lauter distill run-all`)),
    });
  });
  test('result tables of the bench that are not whole are imported anew', async () => {
    const brewery = makeBrewery();
    const heads = join(brewery.root, 'lake', 'heads');
    mkdirSync(heads, { recursive: true });
    writeFileSync(join(heads, 'bench-results.json'), '{}');
    expect((await examine(brewery.root)).check('lake')).toMatchObject({
      status: 'fail',
      remedy: expect.stringMatching(new RegExp(`^rm -f ${join(heads, 'bench-results.json')} && lauter bench import --all`)) as string,
    });
  });
  test('a ledger that is not what was written fails, with the row', async () => {
    const brewery = makeBrewery();
    const ledger = openLedger(join(brewery.root, 'ledger', 'trust.jsonl'));
    await ledger.append(() => [{ beer: 'pale ale' }, { beer: 'stout' }]);
    expect((await examine(brewery.root)).check('ledgers')).toMatchObject({ status: 'ok', message: '1 ledger, 2 rows' });
    const path = join(brewery.root, 'ledger', 'trust.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('stout', 'porter'));
    const { code, check } = await examine(brewery.root);
    expect([code, check('ledgers')]).toMatchObject([
      1,
      {
        status: 'fail',
        message: expect.stringContaining('ledger/trust.jsonl, row 2') as string,
        remedy: expect.stringContaining('bench ledger verify') as string,
      },
    ]);
  });
  test('what a dead process left half-written is a warning', async () => {
    const brewery = makeBrewery();
    mkdirSync(join(brewery.root, 'lake', 'scratch', `.tmp~${DEAD}-long.ago~c0ffee`), { recursive: true });
    expect((await examine(brewery.root)).check('temporary files')).toMatchObject({ status: 'warn', message: '1 temporary file' });
  });
});
