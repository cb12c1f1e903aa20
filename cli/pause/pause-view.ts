import { basename } from 'node:path';
import { findGuard } from '../../adapters/pause/guard-beat.ts';
import { openLeaseFile } from '../../adapters/pause/lease-file.ts';
import { guardPlaces } from '../../adapters/pause/pause-places.ts';
import { productionKey, showProductionUrl } from '../../adapters/production/production-url.ts';
import { findAlarms, leaseTime, mutesWatchdogs, openLease } from '../../domain/pause/index.ts';
import type { BenchStatus } from '../../schemas/bench-status.ts';
import type { PauseLease } from '../../schemas/pause-lease.ts';
import { commandFor } from '../command-line.ts';
import type { PlaceOptions } from '../places.ts';

export type PauseView = Omit<BenchStatus, 'work' | 'slots' | 'guests'>;

/** How the pause of a workspace stands, by what lies in it. */
export function viewPause(workspace: string, options: PlaceOptions, nowMs: number): PauseView {
  const file = openLeaseFile(workspace);
  const marker = file.read();
  const lease = openLease(marker);
  const alarms = findAlarms(marker, nowMs);
  const guard = lease === null ? null : guardOf(workspace, lease);
  const modifiedMs = lease === null && marker.kind !== 'unreadable' ? null : file.modifiedMs();
  return {
    schema: 'bench-status/1',
    workspace,
    lease: lease === null ? null : statusOf(lease, nowMs),
    guard,
    mutes_watchdogs: mutesWatchdogs(modifiedMs, nowMs),
    alarms: [...alarms],
    warnings:
      guard === null || guard.state === 'answers' ? [] : [`${basename(file.path)} is guarded by nobody: its guard is ${guard.state}.`],
    remedy: alarms.length === 0 ? null : commandFor('bench recover', options),
  };
}

function statusOf(lease: PauseLease, nowMs: number): NonNullable<BenchStatus['lease']> {
  const { ageMs, ttlLeftMs, deadlineLeftMs } = leaseTime(lease, nowMs);
  const { owner, token, state, production_url, host, pid } = lease;
  const [age_s, ttl_left_s, deadline_left_s] = [ageMs, ttlLeftMs, deadlineLeftMs].map((ms) => Math.round(ms / 1000)) as [
    number,
    number,
    number,
  ];
  return { owner, token, state, production_url: showProductionUrl(production_url), host, pid, age_s, ttl_left_s, deadline_left_s };
}

function guardOf(workspace: string, { production_url }: PauseLease): NonNullable<BenchStatus['guard']> {
  const { state, beat } = findGuard(guardPlaces(workspace, productionKey(production_url)));
  return { state, pid: beat?.pid ?? null, problem: beat?.problem ?? null };
}
