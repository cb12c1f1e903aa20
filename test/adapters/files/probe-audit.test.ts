import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { auditFolderOf } from '../../../adapters/audit-folder.ts';
import { openProbeAudit } from '../../../adapters/files/probe-audit.ts';
import { UsageError } from '../../../domain/shared/errors.ts';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';
import { eventAt } from '../../support/probe-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MONDAY = '2026-03-02T03:31:00.000Z';
const WEEK_FILE = 'quality-probe-2026-W10.jsonl';

function linesOf(folder: string, name = WEEK_FILE): string[] {
  return readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);
}

describe('appending', () => {
  test('makes the folder and the file of the week of the row', async () => {
    const folder = join(temporaryFolder(), 'harbour', 'audit');
    expect(await openProbeAudit(folder).append(eventAt('2027-01-01T00:00:00.000Z'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['quality-probe-2026-W53.jsonl']);
  });

  test('a run has one row, also when it is tried again in another week', async () => {
    const folder = temporaryFolder();
    const audit = openProbeAudit(folder);
    expect(await audit.append(eventAt(MONDAY, { run_uid: 'night-1' }))).toBe(true);
    expect(await audit.append(eventAt('2026-03-12T03:31:00.000Z', { run_uid: 'night-1' }))).toBe(false);
    expect(await audit.append(eventAt(MONDAY, { run_uid: 'night-2' }))).toBe(true);
    expect(readdirSync(folder)).toEqual([WEEK_FILE]);
    expect(linesOf(folder)).toHaveLength(2);
  });

  test('many at once write one row of a run each', async () => {
    const folder = temporaryFolder();
    const written = await Promise.all(
      Array.from({ length: 12 }, (_, at) => openProbeAudit(folder).append(eventAt(MONDAY, { run_uid: `night-${at % 3}` }))),
    );
    expect(written.filter(Boolean)).toHaveLength(3);
    expect(linesOf(folder)).toHaveLength(3);
  });

  test('goes on behind a line that a dead process left half-written', async () => {
    const folder = temporaryFolder({ [WEEK_FILE]: `${JSON.stringify(eventAt(MONDAY, { run_uid: 'night-1' }))}\n{"ts":"2026-03-0` });
    const audit = openProbeAudit(folder);
    expect(await audit.append(eventAt('2026-03-03T03:31:00.000Z', { run_uid: 'night-2' }))).toBe(true);
    const { events, corrupt } = audit.read(Date.parse(MONDAY));
    expect([events.map(({ run_uid }) => run_uid), corrupt]).toEqual([['night-1', 'night-2'], 1]);
  });

  test('knows a whole row although its line has no end', async () => {
    const folder = temporaryFolder({ [WEEK_FILE]: JSON.stringify(eventAt(MONDAY, { run_uid: 'night-1' })) });
    const audit = openProbeAudit(folder);
    expect(await audit.append(eventAt(MONDAY, { run_uid: 'night-1' }))).toBe(false);
    expect(await audit.append(eventAt(MONDAY, { run_uid: 'night-2' }))).toBe(true);
    expect(audit.read(Date.parse(MONDAY))).toMatchObject({ events: [{ run_uid: 'night-1' }, { run_uid: 'night-2' }], corrupt: 0 });
  });

  test('where a file stands in the way is a usage error that names the folder', async () => {
    const folder = join(temporaryFolder({ audit: 'a note about tides' }), 'audit');
    await expect(openProbeAudit(folder).append(eventAt(MONDAY))).rejects.toThrow(UsageError);
    expect(() => openProbeAudit(folder).read(0)).toThrow(/expected a folder that can be read and written/);
  });
});

describe('several processes', () => {
  async function startWriter(folder: string, nights: number): Promise<ChildProgram> {
    const writer = startProgram(new URL('audit-writer.ts', import.meta.url), [folder, String(nights)]);
    onTestFinished(() => writer.kill());
    expect(await writer.hear()).toBe('ready');
    return writer;
  }

  const nightsOf = (folder: string): (string | undefined)[] =>
    openProbeAudit(folder)
      .readAll()
      .events.map(({ run_uid }) => run_uid);

  test('that tell of the same nights at once leave one row of each', async () => {
    const folder = temporaryFolder();
    const writers = await Promise.all([startWriter(folder, 10), startWriter(folder, 10)]);
    for (const writer of writers) writer.say('go');
    expect(await Promise.all(writers.map((writer) => writer.ended()))).toEqual([0, 0]);
    expect(nightsOf(folder).toSorted()).toEqual(Array.from({ length: 10 }, (_, at) => `night-${at + 1}`).toSorted());
  });

  test('of which one is killed: what it reported is there, and who does its work again adds only what is missing', async () => {
    const folder = temporaryFolder();
    const writer = await startWriter(folder, 10_000);
    writer.say('go');
    let reported = 0;
    while (reported < 5) reported = Number(await writer.hear());
    await writer.kill();
    const audit = openProbeAudit(folder);
    for (let night = 1; night <= 5; night += 1) expect(await audit.append(eventAt(MONDAY, { run_uid: `night-${night}` }))).toBe(false);
    await audit.append(eventAt(MONDAY, { run_uid: 'night-of-the-retry' }));
    const nights = nightsOf(folder);
    expect(nights).toContain('night-of-the-retry');
    expect(new Set(nights).size).toBe(nights.length);
  });
});

describe('reading', () => {
  test('takes the week of the instant and the one before, oldest first, and counts lines that are no row', () => {
    const folder = temporaryFolder();
    const rows = ['2026-02-20T03:31:00.000Z', '2026-02-27T03:31:00.000Z', '2026-03-03T03:31:00.000Z', MONDAY];
    writeFileSync(join(folder, 'quality-probe-2026-W08.jsonl'), `${JSON.stringify(eventAt(rows[0]!))}\n`);
    writeFileSync(join(folder, 'quality-probe-2026-W09.jsonl'), `${JSON.stringify(eventAt(rows[1]!))}\nseaweed\n`);
    writeFileSync(join(folder, WEEK_FILE), [rows[2]!, rows[3]!, 'yesterday'].map((ts) => `${JSON.stringify(eventAt(ts))}\n`).join('\n'));
    const audit = openProbeAudit(folder);
    const { events, corrupt } = audit.read(Date.parse('2026-03-08T23:59:59.999Z'));
    expect([events.map(({ ts }) => ts), corrupt]).toEqual([[rows[1], rows[3], rows[2]], 2]);
    expect(audit.readAll().events).toHaveLength(4);
    expect(audit.read(Date.parse('2026-03-30T00:00:00.000Z'))).toEqual({ events: [], corrupt: 0 });
  });

  test('takes rows of others, which know fewer fields, and rows that say they were rate limited', () => {
    const folder = temporaryFolder();
    const row = { ts: MONDAY, exit_code: 0, pass_count: 0, fail_count: 0, inconclusive_count: 0, error_count: 0, est_cost_usd: 0 };
    appendFileSync(join(folder, WEEK_FILE), `${JSON.stringify({ ...row, outcome: 'rate_limited', brain: 'amara' })}\n`);
    expect(openProbeAudit(folder).read(Date.parse(MONDAY))).toMatchObject({
      events: [{ outcome: 'rate_limited', kind: 'quality' }],
      corrupt: 0,
    });
  });

  test('a folder that is not there holds nothing, and is not made', () => {
    const folder = join(temporaryFolder(), 'audit');
    expect(openProbeAudit(folder).read(0)).toEqual({ events: [], corrupt: 0 });
    expect(openProbeAudit(folder).readAll()).toEqual({ events: [], corrupt: 0 });
    expect(existsSync(folder)).toBe(false);
  });
});

test.each([
  [undefined, '/harbour/audit'],
  ['', '/harbour/audit'],
  [' \t', '/harbour/audit'],
  ['/var/audit', '/var/audit'],
  ['logs', '/quay/logs'],
])('LAUTER_AUDIT_DIR %j', (named, folder) => {
  expect(auditFolderOf('/harbour', { LAUTER_AUDIT_DIR: named }, '/quay')).toBe(folder);
});
