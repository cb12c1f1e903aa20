import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isoWeek } from '../../../domain/shared/iso-week.ts';
import { probeRunSchema } from '../../../schemas/probe-run.ts';
import { probeStatusSchema } from '../../../schemas/probe-status.ts';
import { eventAt } from '../../support/probe-events.ts';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function workspaceWith(config: object): string {
  const workspace = temporaryFolder();
  writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify(config));
  return workspace;
}

const nightly = (workspace: string, ...args: readonly string[]): Promise<CliOutcome> =>
  runCli(['probe', 'nightly', ...args, '--workspace', workspace], workspace);

test('NQP-2: a run while it is off starts nothing, leaves no row and is no failure', async () => {
  const workspace = workspaceWith({ probe: { nightly: { enabled: 'false' } } });
  const { code, out } = await nightly(workspace, 'run', '--json');
  expect(code).toBe(0);
  expect(probeRunSchema.parse(JSON.parse(out))).toMatchObject({
    run_id: null,
    probes: [{ kind: 'quality', outcome: 'disabled', exit_code: 0, event: null }],
  });
  expect(existsSync(join(workspace, 'audit'))).toBe(false);
});

test('status tells what the config and the newest row say, and of lines that cannot be read', async () => {
  const workspace = workspaceWith({ autopilot: { nightly_quality_probe: { enabled: 'true', max_usd: '2.5' } } });
  const now = Date.now();
  const [older, newer] = [now - 7_200_000, now - 3_600_000].map((ms) => new Date(ms).toISOString());
  mkdirSync(join(workspace, 'audit'));
  const lines = [eventAt(newer!, { outcome: 'fail', detail: 'the ferry was late' }), 'half a li', eventAt(older!)];
  for (const line of lines) {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    const file = `quality-probe-${isoWeek(typeof line === 'string' ? older! : line.ts)}.jsonl`;
    writeFileSync(join(workspace, 'audit', file), `${text}\n`, { flag: 'a' });
  }
  const { code, out, err } = await nightly(workspace, 'status', '--json');
  expect(code).toBe(0);
  const status = probeStatusSchema.parse(JSON.parse(out));
  expect(status).toMatchObject({ enabled: true, max_usd: 2.5, window_hours: 20, last_event: { ts: newer, outcome: 'fail' } });
  expect(Date.parse(status.next_due!)).toBeGreaterThan(now);
  expect(status.next_due).toMatch(/T03:30:00\.000Z$/);
  expect(err).toContain('1 corrupt audit line was left out');
  expect((await nightly(workspace, 'status')).out).toContain('the ferry was late');
});

test('while it is off nothing is due', async () => {
  const { out } = await nightly(workspaceWith({}), 'status', '--json');
  expect(JSON.parse(out)).toEqual({ schema_version: 1, enabled: false, last_event: null, next_due: null, max_usd: 5, window_hours: 20 });
});

test.each([
  ['a cap that is no number', { probe: { nightly: { max_usd: 'five' } } }, 'probe.nightly.max_usd'],
  [
    'two caps',
    { probe: { nightly: { max_usd: 5 } }, autopilot: { nightly_quality_probe: { max_usd: 3 } } },
    'autopilot.nightly_quality_probe.max_usd',
  ],
  ['an hour that cannot be read', { probe: { nightly: { enabled: true, cron: '61 3 * * *' } } }, '61 3 * * *'],
  ['a time zone that nobody knows', { probe: { nightly: { enabled: true, time_zone: 'Atlantis' } } }, 'Atlantis'],
])('%s is an error of the config', async (_what, config, words) => {
  const { code, err } = await nightly(workspaceWith(config), 'status', '--json');
  expect(code).toBe(2);
  expect(err).toContain(words);
});
