import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeLease, markLease, openNewLease, renewOpenLease } from '../../../activities/pause/leases.ts';
import { openLeaseFile } from '../../../adapters/pause/lease-file.ts';
import { LeaseLostError } from '../../../domain/shared/errors.ts';
import { instant, leaseOf } from '../../domain/pause/leases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { schema: _, token: __, state: ___, ...DRAFT } = leaseOf();

function locksOf(workspace: string): string[] {
  return readdirSync(join(workspace, 'locks')).sort();
}

describe('the marker', () => {
  test('is readable for its owner alone, and written whole', async () => {
    const workspace = temporaryFolder();
    const file = openLeaseFile(workspace);
    await openNewLease(file, DRAFT);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file.path, 'utf8'))).toEqual({ ...leaseOf(), token: 1, state: 'pausing' });
    await renewOpenLease(file, 1, instant(30));
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(locksOf(workspace)).toEqual(['pause-lease.json', 'pause-tokens.json']);
  });

  test('is gone when the end was verified, with everything that writing it needed', async () => {
    const workspace = temporaryFolder();
    const file = openLeaseFile(workspace);
    await openNewLease(file, DRAFT);
    await closeLease(file, 1, instant(60));
    expect(file.read()).toEqual({ kind: 'none' });
    expect(locksOf(workspace)).toEqual(['pause-tokens.json']);
    expect(file.tokens()).toEqual({ schema: 'pause-tokens/1', last: 1, resumed: { token: 1, at: instant(60) } });
  });

  test.each([
    ['no JSON', '{"owner": "run-', null],
    ['no JSON object', '[1, 2]', null],
    ['no JSON object', 'null', null],
    ['`production_url` missing or not as promised', JSON.stringify({ ...leaseOf(), production_url: null }), null],
    ['`ttl_s` missing or not as promised', JSON.stringify({ ...leaseOf(), ttl_s: -1 }), 'http://127.0.0.1:8787'],
    ['`deadline_at` missing or not as promised', JSON.stringify({ ...leaseOf(), deadline_at: 'soon' }), 'http://127.0.0.1:8787'],
  ])('that holds %s is unreadable', (problem, text, url) => {
    const workspace = temporaryFolder({ 'locks/pause-lease.json': text });
    expect(openLeaseFile(workspace).read()).toEqual({ kind: 'unreadable', problem, url });
  });

  test('that is a folder is unreadable, too', () => {
    const workspace = temporaryFolder({ 'locks/pause-lease.json/': '' });
    expect(openLeaseFile(workspace).read()).toMatchObject({ kind: 'unreadable' });
  });

  test('of another hand is read by the fields that are promised', () => {
    const { schema: ____, ...bare } = leaseOf();
    const workspace = temporaryFolder({ 'locks/pause-lease.json': JSON.stringify({ ...bare, mood: 'calm' }) });
    expect(openLeaseFile(workspace).read()).toEqual({ kind: 'lease', lease: bare });
  });
});

describe('tokens', () => {
  test('grow from lease to lease, also when the marker is long gone', async () => {
    const file = openLeaseFile(temporaryFolder());
    for (const token of [1, 2, 3]) {
      expect(await openNewLease(file, DRAFT)).toMatchObject({ opened: true, lease: { token } });
      await closeLease(file, token, instant(60));
    }
  });

  test('that were lost are followed by larger ones', async () => {
    const workspace = temporaryFolder();
    const file = openLeaseFile(workspace);
    await openNewLease(file, DRAFT);
    await closeLease(file, 1, instant(60));
    writeFileSync(join(workspace, 'locks', 'pause-tokens.json'), 'washed away');
    const opening = await openNewLease(file, DRAFT);
    expect(opening.opened && opening.lease.token).toBeGreaterThan(1_000_000);
  });

  test('a second lease is refused while the first is not resumed, and names it', async () => {
    const file = openLeaseFile(temporaryFolder());
    await openNewLease(file, DRAFT);
    for (const state of ['pausing', 'paused', 'resuming', 'resume_pending'] as const) {
      await markLease(file, 1, state);
      expect(await openNewLease(file, { ...DRAFT, owner: 'run-of-another' })).toEqual({
        opened: false,
        found: `lease 1 of ${DRAFT.owner}, ${state}`,
      });
    }
  });

  test('an attempt that was cut off finds its own lease again', async () => {
    const file = openLeaseFile(temporaryFolder());
    expect(await openNewLease(file, DRAFT)).toEqual(await openNewLease(file, DRAFT));
  });

  test('an unreadable marker is nobody’s to overwrite', async () => {
    const file = openLeaseFile(temporaryFolder({ 'locks/pause-lease.json': 'washed away' }));
    expect(await openNewLease(file, DRAFT)).toEqual({ opened: false, found: 'a marker that cannot be read: no JSON' });
  });
});

describe('a stale token', () => {
  async function secondLease() {
    const file = openLeaseFile(temporaryFolder());
    await openNewLease(file, DRAFT);
    await closeLease(file, 1, instant(60));
    await openNewLease(file, DRAFT);
    return { file, before: file.read() };
  }

  test('may not renew', async () => {
    const { file, before } = await secondLease();
    await expect(renewOpenLease(file, 1, instant(90))).rejects.toThrow(LeaseLostError);
    expect(file.read()).toEqual(before);
  });

  test('may not release', async () => {
    const { file, before } = await secondLease();
    await expect(markLease(file, 1, 'resuming')).rejects.toThrow('expected token 1, found token 2');
    await closeLease(file, 1, instant(90));
    expect(file.read()).toEqual(before);
  });

  test('may do neither when the marker is gone or broken', async () => {
    const file = openLeaseFile(temporaryFolder());
    await expect(renewOpenLease(file, 1, instant(0))).rejects.toThrow('found no marker');
    const broken = openLeaseFile(temporaryFolder({ 'locks/pause-lease.json': '[]' }));
    await expect(renewOpenLease(broken, 1, instant(0))).rejects.toThrow('found a marker that cannot be read');
  });
});

describe('a renewal', () => {
  test('of a lease whose end has begun is refused', async () => {
    const file = openLeaseFile(temporaryFolder());
    await openNewLease(file, DRAFT);
    await markLease(file, 1, 'resuming');
    await expect(renewOpenLease(file, 1, instant(30))).rejects.toThrow(LeaseLostError);
  });

  test('that comes late does not count for more than when it was sent', async () => {
    const file = openLeaseFile(temporaryFolder());
    await openNewLease(file, DRAFT);
    await renewOpenLease(file, 1, instant(60));
    expect((await renewOpenLease(file, 1, instant(30))).renewed_at).toBe(instant(60));
  });

  test('by many at once: each change is made over the one before it', async () => {
    const workspace = temporaryFolder();
    await openNewLease(openLeaseFile(workspace), DRAFT);
    const times = Array.from({ length: 20 }, (_____, index) => instant(index + 1));
    await Promise.all(times.map((at) => renewOpenLease(openLeaseFile(workspace), 1, at)));
    expect(openLeaseFile(workspace).read()).toMatchObject({ lease: { renewed_at: instant(20) } });
  });
});

test('a bad marker is moved aside, not lost', async () => {
  const workspace = temporaryFolder({ 'locks/pause-lease.json': 'washed away' });
  await closeLease(openLeaseFile(workspace), null, instant(0));
  const [aside] = locksOf(workspace);
  expect(aside).toMatch(/^pause-lease\.json\.bad-\d{8}T\d{9}Z$/);
  expect(readFileSync(join(workspace, 'locks', aside!), 'utf8')).toBe('washed away');
});

test('temporary files of a process that died while it wrote are removed with the marker', async () => {
  const workspace = temporaryFolder();
  mkdirSync(join(workspace, 'locks'));
  writeFileSync(join(workspace, 'locks', '.tmp~1-long-ago~ab'), '{');
  const file = openLeaseFile(workspace);
  await openNewLease(file, DRAFT);
  await closeLease(file, 1, instant(60));
  expect(locksOf(workspace)).toEqual(['pause-tokens.json']);
});
