import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identifyProcess, identityKey, ownIdentity } from '../../adapters/process-identity.ts';
import { findStaleTemporaries, makeScratch, sweepTemporaries, temporaryName } from '../../adapters/scratch.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The name of a temporary of a process that has ended. */
function nameOfTheDead(): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return `.tmp~${identityKey({ pid, started: ownIdentity().started })}~0123456789ab`;
}

describe('temporaries', () => {
  test('have names of their own', () => {
    expect(new Set(Array.from({ length: 100 }, () => temporaryName())).size).toBe(100);
  });

  test('a scratch folder is made below its root, which need not be there', () => {
    const root = join(temporaryFolder(), 'lake', 'scratch');
    const scratch = makeScratch(root);
    expect(readdirSync(root)).toEqual([basename(scratch)]);
  });
});

describe('sweeping', () => {
  test('removes files and folders of the dead, at any depth', () => {
    const root = temporaryFolder();
    const dead = nameOfTheDead();
    mkdirSync(join(root, 'exports/run-1', dead, 'spill'), { recursive: true });
    writeFileSync(join(root, 'exports/run-1', dead, 'spill/part'), 'half a row');
    writeFileSync(join(root, dead), 'half a file');
    expect(findStaleTemporaries(root).sort()).toEqual([join(root, dead), join(root, 'exports/run-1', dead)].sort());
    expect(sweepTemporaries(root).sort()).toEqual([join(root, dead), join(root, 'exports/run-1', dead)].sort());
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(['exports', 'exports/run-1']);
  });

  test('keeps those of the living: of this process, and of another', () => {
    const root = temporaryFolder();
    const own = makeScratch(root);
    const other = identifyProcess(process.ppid);
    const others = join(root, `.tmp~${identityKey(other!)}~0123456789ab`);
    mkdirSync(others);
    expect(sweepTemporaries(root)).toEqual([]);
    expect([existsSync(own), existsSync(others)]).toEqual([true, true]);
  });

  test('removes what a process left whose id is in use again', () => {
    const root = temporaryFolder();
    const name = `.tmp~${identityKey({ pid: process.pid, started: 'another-boot.17' })}~0123456789ab`;
    writeFileSync(join(root, name), 'half a file');
    expect(sweepTemporaries(root)).toEqual([join(root, name)]);
  });

  test('leaves alone what has another name', () => {
    const root = temporaryFolder({ '.tmp': 'a', 'tmp~1~2': 'b', '.hidden/notes.tmp~1': 'c' });
    expect(sweepTemporaries(root)).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['.hidden', '.tmp', 'tmp~1~2']);
  });

  test('removes what tells of no process', () => {
    const root = temporaryFolder({ '.tmp~nobody~0123': 'a' });
    expect(sweepTemporaries(root)).toHaveLength(1);
  });

  test('at the top only does not look below', () => {
    const root = temporaryFolder();
    const dead = nameOfTheDead();
    mkdirSync(join(root, 'traces'));
    writeFileSync(join(root, 'traces', dead), 'not ours to judge');
    writeFileSync(join(root, dead), 'half a file');
    expect(sweepTemporaries(root, 'top')).toEqual([join(root, dead)]);
    expect(existsSync(join(root, 'traces', dead))).toBe(true);
  });

  test('a folder that is not there holds nothing', () => {
    expect(sweepTemporaries(join(temporaryFolder(), 'nowhere'))).toEqual([]);
  });
});
