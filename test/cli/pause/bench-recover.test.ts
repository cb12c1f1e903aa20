import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { benchRecover } from '../../../cli/commands/bench-recover.ts';
import { benchRecoverySchema } from '../../../schemas/bench-recovery.ts';
import { leaseSince, ownedByMe, putMarker } from '../../support/pause-desk.ts';
import { startProduction, type ProductionServer } from '../../support/production-server/production-server.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let production: ProductionServer;
let workspace: string;
beforeEach(async () => {
  production = await startProduction();
  production.state.pause();
  workspace = temporaryFolder({ 'lauter.config.json': '{}' });
});
afterEach(() => production.close());

async function recover(...more: readonly string[]) {
  const { code, out, err } = await runCli(['bench', 'recover', '--workspace', workspace, '--json', ...more], workspace);
  const recovery = out === '' ? null : benchRecoverySchema.parse(JSON.parse(out));
  return { code, err, outcome: recovery?.outcome, recovery };
}

function marker(): string[] {
  const locks = join(workspace, 'locks');
  return existsSync(locks) ? readdirSync(locks).filter((name) => name.startsWith('pause-lease.json')) : [];
}

describe('P6: recover', () => {
  test('no lease: nothing to do', async () => {
    expect(await recover()).toMatchObject({ code: 0, outcome: 'nothing_to_do' });
    expect(production.calls).toEqual([]);
  });

  test.each([5, 10_000])('an owner that is dead, %i s after its last renewal: verified resume to the URL of the lease', async (age) => {
    putMarker(workspace, leaseSince(age, { production_url: production.url }));
    expect(await recover('--production-url', 'http://127.0.0.1:9')).toMatchObject({ code: 0, outcome: 'recovered' });
    expect(production.calls).toEqual(['resume', 'health']);
    expect(production.state.isPaused).toBe(false);
    expect(marker()).toEqual([]);
    expect(await recover()).toMatchObject({ code: 0, outcome: 'nothing_to_do' });
  });

  const broken = [
    ['corrupt JSON', '{"owner":"run-2026'],
    ['a JSON array', '[]'],
    ['a URL that is null', JSON.stringify({ ...leaseSince(5), production_url: null })],
    ['an empty file', ''],
  ] as const;

  test.each(broken)('%s: the configured URL, and the bad marker is moved aside', async (_, text) => {
    putMarker(workspace, text);
    expect(await recover('--production-url', production.url)).toMatchObject({
      code: 0,
      outcome: 'recovered',
      recovery: { moved_aside: true },
    });
    expect(production.state.isPaused).toBe(false);
    expect(marker()).toEqual([expect.stringMatching(/^pause-lease\.json\.bad-/)]);
  });

  test.each(broken)('%s without a configured URL: could not be done, and the marker stays', async (_, text) => {
    putMarker(workspace, text);
    const { code, outcome, recovery } = await recover();
    expect([code, outcome]).toEqual([2, 'impossible']);
    expect(recovery?.remedy).toContain('lauter bench recover --production-url URL');
    expect(marker()).toEqual(['pause-lease.json']);
    expect(production.calls).toEqual([]);
  });

  test('the URL may stand in the config', async () => {
    workspace = temporaryFolder({ 'lauter.config.json': JSON.stringify({ bench: { production_url: production.url } }) });
    putMarker(workspace, '[]');
    expect(await recover()).toMatchObject({ code: 0, outcome: 'recovered' });
  });

  test('a broken config is in nobody’s way who does not need it', async () => {
    workspace = temporaryFolder({ 'lauter.config.json': '{ "bench": 7 }' });
    putMarker(workspace, leaseSince(5, { production_url: production.url }));
    expect(await recover()).toMatchObject({ code: 0, outcome: 'recovered' });
  });
});

describe('a resume that is not verified keeps the marker', () => {
  test.each([
    ['500 from resume', { resume: 500 }],
    ['a pause that stays', { resume: 'ignored' }],
    ['health without `paused`', { health: 'garbage' }],
  ] as const)('%s', { timeout: 30_000 }, async (_, faults) => {
    Object.assign(production.faults, faults);
    putMarker(workspace, leaseSince(5, { production_url: production.url }));
    const { code, outcome } = await recover();
    expect([code, outcome]).toEqual([1, 'not_verified']);
    expect(marker()).toEqual(['pause-lease.json']);
  });

  test('a production that is down is not verified, for it may come up in any state', { timeout: 30_000 }, async () => {
    await production.goDown();
    putMarker(workspace, leaseSince(5, { production_url: production.url }));
    expect(await recover()).toMatchObject({ code: 1, outcome: 'not_verified', recovery: { found: 'connection refused from resume' } });
    expect(marker()).toEqual(['pause-lease.json']);
  });

  test('nor does a bad marker go', { timeout: 30_000 }, async () => {
    production.faults.resume = 'ignored';
    putMarker(workspace, '[]');
    expect(await recover('--production-url', production.url)).toMatchObject({ code: 1, outcome: 'not_verified' });
    expect(marker()).toEqual(['pause-lease.json']);
  });
});

describe('P9: an owner that lives', () => {
  test('its process is alive: refused, and production stays paused', async () => {
    putMarker(workspace, leaseSince(5, { production_url: production.url, ...ownedByMe() }));
    expect(await recover()).toMatchObject({ code: 1, outcome: 'refused' });
    expect([production.calls, production.state.isPaused, marker()]).toEqual([[], true, ['pause-lease.json']]);
  });

  test('a process id that another process has by now is no life', async () => {
    putMarker(workspace, leaseSince(5, { production_url: production.url, ...ownedByMe(), pid_started: 'before-the-last-storm' }));
    expect(await recover()).toMatchObject({ code: 0, outcome: 'recovered' });
  });

  test('on another host, with a fresh renewal: refused; with an old one it is dead', async () => {
    putMarker(workspace, leaseSince(5, { production_url: production.url, host: `not-${hostname()}` }));
    expect(await recover()).toMatchObject({ code: 1, outcome: 'refused' });
    putMarker(workspace, leaseSince(500, { production_url: production.url, host: `not-${hostname()}` }));
    expect(await recover()).toMatchObject({ code: 0, outcome: 'recovered' });
  });

  test.each([
    ['its workflow is open and has renewed in time', 5, 1],
    ['its workflow is open but has not renewed in time', 500, 0],
  ])('%s', async (_, age, code) => {
    putMarker(workspace, leaseSince(age, { production_url: production.url }));
    const io = recordingIo({ cwd: workspace });
    expect(await benchRecover(io, { workspace }, () => Promise.resolve(true))).toBe(code);
    expect(production.state.isPaused).toBe(code === 1);
  });
});

test('for people: what was found and what to type', async () => {
  putMarker(workspace, leaseSince(5, { production_url: production.url, ...ownedByMe() }));
  const { out } = await runCli(['bench', 'recover', '--workspace', workspace], workspace);
  expect(out).toContain(`expected the owner dead, found its process ${process.pid} alive`);
  expect(out).toContain('Stop the run, or, when it hangs');
});

test.each(['harbour', 'ftp://harbour'])('a production URL that is none is a usage error: %s', async (url) => {
  putMarker(workspace, '[]');
  const { code, err } = await recover('--production-url', url);
  expect([code, err]).toEqual([2, expect.stringContaining('expected an http or https URL')]);
  expect(marker()).toEqual(['pause-lease.json']);
});
