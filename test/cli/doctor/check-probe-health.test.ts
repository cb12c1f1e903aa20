import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProbeAudit } from '../../../adapters/files/probe-audit.ts';
import { checkProbeHealth } from '../../../cli/doctor/check-probe-health.ts';
import type { ProbeEvent } from '../../../schemas/probe-event.ts';
import { eventAt } from '../../support/probe-events.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// A Monday: the days before it lie in the file of another week.
const NOW_MS = Date.parse('2026-03-09T12:00:00.000Z');

async function look(events: readonly ProbeEvent[], enabled: boolean | 'true' = true, audit?: string) {
  const root = temporaryFolder();
  for (const event of events) await openProbeAudit(audit ?? join(root, 'audit')).append(event);
  const io = recordingIo({ env: audit === undefined ? { LAUTER_AUDIT_DIR: ' ' } : { LAUTER_AUDIT_DIR: audit }, cwd: root });
  return { root, check: checkProbeHealth({ io, root, options: { workspace: root } }, { enabled }, NOW_MS) };
}

describe('well', () => {
  test('disabled and no events: tells how to turn it on', async () => {
    const { root, check } = await look([], false);
    expect(check).toMatchObject({
      name: 'nightly_quality_probe_health',
      status: 'ok',
      commands: [`lauter probe nightly enable --workspace ${root}`],
    });
    expect(check.message).toContain('lauter probe nightly enable');
  });
  test('enabled and no events', async () => {
    expect((await look([], 'true')).check).toMatchObject({ status: 'ok', message: 'enabled, no events', commands: [] });
  });
  test('all pass in 7 days, with the latest time; one is told of in the singular', async () => {
    const nights = [eventAt('2026-03-08T03:31:00.000Z'), eventAt('2026-03-09T03:31:00.000Z')];
    expect((await look(nights)).check).toMatchObject({ status: 'ok', message: '2 runs passed in 7 days, latest 2026-03-09T03:31:00.000Z' });
    expect((await look(nights.slice(1))).check.message).toBe('1 run passed in 7 days, latest 2026-03-09T03:31:00.000Z');
  });
  test('what failed more than 7 days ago', async () => {
    const { check } = await look([eventAt('2026-03-02T03:31:00.000Z', { outcome: 'fail' })]);
    expect(check).toMatchObject({ status: 'ok', message: 'enabled, no events in 7 days, latest 2026-03-02T03:31:00.000Z fail' });
  });
});

describe('not well', () => {
  test('NQP-6: 7 events, 1 pass: 6 non-PASS runs, all counts, the latest by its time across week files', async () => {
    const outcomes = ['error', 'pass', 'inconclusive', 'budget_exceeded', 'no_embedding_key', 'rate_limited'] as const;
    const events = outcomes.map((outcome, day) =>
      eventAt(`2026-03-0${day + 3}T03:31:00.000Z`, { outcome, detail: `detail of ${outcome}` }),
    );
    const latest = eventAt('2026-03-09T03:31:00.000Z', { outcome: 'fail', detail: 'the lighthouse is on another island' });
    const { check } = await look([latest, ...events]);
    expect(check).toMatchObject({
      status: 'warn',
      message:
        '6 non-PASS runs in 7 days: pass 1, fail 1, error 1, inconclusive 1, budget 1, no_embed_key 1, rate_limited 1; ' +
        'latest 2026-03-09T03:31:00.000Z fail: the lighthouse is on another island',
    });
    expect(check.commands).toHaveLength(1);
  });
  test('one is told of in the singular, also where the probe is off by now', async () => {
    const { check } = await look([eventAt('2026-03-08T03:31:00.000Z', { outcome: 'error', kind: 'determinism' })], false);
    expect(check.message).toMatch(/^disabled; 1 non-PASS run in 7 days: /);
    expect(check.message).toMatch(/latest 2026-03-08T03:31:00\.000Z error \(determinism\)$/);
  });
  test('a corrupt line, and a clock before the newest row', async () => {
    const audit = temporaryFolder({ 'quality-probe-2026-W11.jsonl': 'seaweed\n' });
    const { check } = await look([eventAt('2026-03-10T03:31:00.000Z')], true, audit);
    expect(check).toMatchObject({ status: 'warn', message: expect.stringContaining('1 corrupt audit line was left out') as string });
    expect(check.message).toContain('is before the newest audit row, 2026-03-10T03:31:00.000Z');
  });
  test('a folder that cannot be read', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'quay'));
    writeFileSync(join(root, 'quay', 'audit'), 'a note about tides');
    const io = recordingIo({ env: { LAUTER_AUDIT_DIR: join(root, 'quay', 'audit') }, cwd: root });
    const check = checkProbeHealth({ io, root, options: {} }, { enabled: true }, NOW_MS);
    expect(check).toMatchObject({ status: 'warn', remedy: expect.stringContaining('LAUTER_AUDIT_DIR') as string });
  });
});
