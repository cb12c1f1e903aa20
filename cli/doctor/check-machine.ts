import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { quoted } from '../../domain/shared/quoted.ts';
import { fail, ok, warn } from './checks.ts';

const MINIMUM_NODE = [20, 19] as const;

/** Node is new enough. */
export function checkNode(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const expected = `${MINIMUM_NODE.join('.')} or newer`;
  const isNewEnough = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  return isNewEnough
    ? ok('node', version, expected)
    : fail('node', version, expected, 'Install a newer Node (https://nodejs.org) and run the same command again.');
}

/** There is room where the workspace lies. */
export function checkDisk(root: string): DoctorCheck {
  const { bavail, bsize } = statfsSync(nearestFolder(root));
  return judgeFreeSpace(bavail * bsize, root);
}

const ENOUGH_BYTES = 2e9;
const TOO_LITTLE_BYTES = 200e6;

/** What a number of free bytes means. */
export function judgeFreeSpace(freeBytes: number, root: string): DoctorCheck {
  const found = `${(freeBytes / 1e9).toFixed(1)} GB free`;
  const remedy = `Free some space, or move the workspace to another disk (--workspace). What is large: \`du -sh ${quoted(root)}/*\``;
  if (freeBytes < TOO_LITTLE_BYTES) return fail('disk', found, 'at least 0.2 GB free', remedy);
  return freeBytes < ENOUGH_BYTES ? warn('disk', found, 'at least 2 GB free', remedy) : ok('disk', found, 'at least 2 GB free');
}

/** A workspace that is not made yet will be made in the nearest folder above that is. */
function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}
