import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctorReportSchema } from '../../../schemas/doctor-report.ts';
import { benchStatusSchema } from '../../../schemas/bench-status.ts';
import { leaseSince, ownedByMe, putMarker } from '../../support/pause-desk.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function statusOf(workspace: string) {
  const { code, out, err } = await runCli(['bench', 'status', '--workspace', workspace, '--json'], workspace);
  return { code, err, ...benchStatusSchema.parse(JSON.parse(out)) };
}

describe('lauter bench status', () => {
  test('without a pause: nothing, and exit 0', async () => {
    expect(await statusOf(temporaryFolder())).toMatchObject({
      code: 0,
      lease: null,
      guard: null,
      alarms: [],
      remedy: null,
      mutes_watchdogs: false,
    });
  });

  test('a pause in its time: owner, age, time left; no alarm, but a word about the missing guard', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, leaseSince(30, ownedByMe()));
    const { code, lease, guard, alarms, warnings, mutes_watchdogs } = await statusOf(workspace);
    expect([code, alarms, mutes_watchdogs]).toEqual([0, [], true]);
    expect(lease).toMatchObject({ owner: 'run-20260302T064000Z-0badcafe-quay22', token: 3, pid: process.pid });
    expect(Math.abs(lease!.age_s - 30)).toBeLessThan(10);
    expect(Math.abs(lease!.ttl_left_s - 90)).toBeLessThan(10);
    expect(Math.abs(lease!.deadline_left_s - 2_670)).toBeLessThan(10);
    expect(guard).toEqual({ state: 'gone', pid: null, problem: null });
    expect(warnings).toHaveLength(1);
  });

  test.each([
    ['past its life', leaseSince(200, ownedByMe()), ['ttl_expired']],
    ['past its deadline', leaseSince(3_000, { renewed_at: new Date().toISOString() }), ['deadline_passed']],
    ['whose end is not verified', leaseSince(5, { state: 'resume_pending' }), ['resume_pending']],
    ['that nobody can read', '[]', ['marker_unreadable']],
  ] as const)('a pause %s is an alarm, with the command to run', async (_, marker, alarms) => {
    const workspace = temporaryFolder();
    putMarker(workspace, marker);
    const status = await statusOf(workspace);
    expect([status.code, status.alarms.map(({ alarm }) => alarm)]).toEqual([1, alarms]);
    expect(status.remedy).toBe(`lauter bench recover --workspace ${workspace}`);
  });

  test('P5: an old marker mutes no watchdog', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, leaseSince(5));
    const path = join(workspace, 'locks', 'pause-lease.json');
    const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
    for (const [minutes, isMuted] of [
      [31, false],
      [5, true],
      [-5, true],
    ] as const) {
      utimesSync(path, minutesAgo(minutes), minutesAgo(minutes));
      expect([minutes, (await statusOf(workspace)).mutes_watchdogs]).toEqual([minutes, isMuted]);
    }
  });

  test('for people', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, leaseSince(200, ownedByMe()));
    const { code, out } = await runCli(['bench', 'status', '--workspace', workspace], workspace);
    expect(code).toBe(1);
    expect(out).toContain('ALARM: Production may still be paused: the lease was not renewed in time.');
    expect(out).toContain(`Run \`lauter bench recover --workspace ${workspace}\`.`);
  });
});

describe('every command that starts', () => {
  test('says on stderr that a pause is past its time, and does what it was asked for', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, leaseSince(200));
    const { code, out, err } = await runCli(['config', 'get', 'distill.partial_min', '--workspace', workspace, '--json'], workspace);
    expect(code).toBe(0);
    expect(() => JSON.parse(out) as unknown).not.toThrow();
    expect(err).toContain('ALARM: Production may still be paused');
    expect(err).toContain(`lauter bench recover --workspace ${workspace}`);
  });

  test('says nothing while a pause is in its time, nor without one', async () => {
    const workspace = temporaryFolder();
    expect((await runCli(['config', 'get', 'distill.partial_min', '--workspace', workspace], workspace)).err).toBe('');
    putMarker(workspace, leaseSince(5));
    expect((await runCli(['config', 'get', 'distill.partial_min', '--workspace', workspace], workspace)).err).toBe('');
  });

  test('finds the workspace of the environment', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, '[]');
    const { err } = await runCli(['config', 'schema'], temporaryFolder(), { env: { LAUTER_WORKSPACE: workspace } });
    expect(err).toContain('ALARM');
  });
});

describe('lauter doctor', () => {
  async function pauseCheck(workspace: string) {
    const { out } = await runCli(['doctor', '--workspace', workspace, '--json'], workspace, { env: { LAUTER_TEMPORAL_BIN: '/bin/false' } });
    return doctorReportSchema.parse(JSON.parse(out)).checks.find(({ name }) => name === 'production pause');
  }

  test('shows a pause that is past its time as a failed check, with the command', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, leaseSince(200));
    const check = await pauseCheck(workspace);
    expect(check).toMatchObject({ status: 'fail', remedy: `lauter bench recover --workspace ${workspace}` });
    expect(check?.message).toContain('run-20260302T064000Z-0badcafe-quay22');
  });

  test('is content without a pause, and warns of one that nobody guards', async () => {
    const workspace = temporaryFolder();
    expect(await pauseCheck(workspace)).toMatchObject({ status: 'ok', message: 'none' });
    putMarker(workspace, leaseSince(5));
    expect(await pauseCheck(workspace)).toMatchObject({ status: 'warn' });
  });

  test('ends with 1 when the pause is all that is wrong', async () => {
    const workspace = temporaryFolder();
    putMarker(workspace, leaseSince(200));
    const program = join(temporaryFolder(), 'temporal');
    writeFileSync(program, "#!/bin/sh\necho 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'\n", { mode: 0o755 });
    const { code, out } = await runCli(['doctor', '--workspace', workspace, '--json'], workspace, {
      env: { LAUTER_TEMPORAL_BIN: program },
    });
    const failed = doctorReportSchema.parse(JSON.parse(out)).checks.filter(({ status }) => status === 'fail');
    expect([failed.map(({ name }) => name), code]).toEqual([['production pause'], 1]);
  });
});
