import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeJsonAtomically } from '../../adapters/atomic-write.ts';
import { acceptancePlantedSchema, type Planted } from '../../schemas/acceptance-planted.ts';
import { configSchema, type Config } from '../../schemas/config.ts';
import { PACKAGE_ROOT } from '../version.ts';

/** The committed traces that the invariants are checked on. */
export const FIXTURE = join(PACKAGE_ROOT, 'data', 'acceptance');

/** A folder with a copy of the fixture and the workspaces of the runs over it, side by side. */
export interface AcceptanceSpace {
  readonly root: string;
  readonly fixture: string;
  /** Workspace of the first run and of the one with partial rows. */
  readonly main: string;
  /** Workspace of the run in another order. */
  readonly shuffled: string;
  readonly config: Config;
  readonly planted: Planted;
}

/** What the runs left, as far as the files do not say so. */
export interface DoneRuns {
  readonly main: string;
  readonly partial: string;
  readonly shuffled: string;
  /** All that the runs said while they went on. */
  readonly said: string;
}

/** Makes a space in the system's temporary folder. */
export function makeSpace(fixture = FIXTURE): AcceptanceSpace {
  const root = mkdtempSync(join(tmpdir(), 'lauter-acceptance-'));
  cpSync(fixture, join(root, 'fixture'), { recursive: true, dereference: true, preserveTimestamps: true });
  return openSpace(root);
}

/** A space that was made before. */
export function openSpace(root: string): AcceptanceSpace {
  const fixture = join(root, 'fixture');
  return {
    root,
    fixture,
    main: join(root, 'main'),
    shuffled: join(root, 'shuffled'),
    config: configSchema.parse(readJson(join(fixture, 'lauter.config.json'))),
    planted: acceptancePlantedSchema.parse(readJson(join(fixture, 'planted.json'))),
  };
}

/** Remembers the runs of a space, so that it can be looked at again. */
export function writeRuns({ root }: AcceptanceSpace, runs: DoneRuns): void {
  writeJsonAtomically(join(root, 'runs.json'), runs);
}

/** The runs of a space that was kept. */
export function readRuns({ root }: AcceptanceSpace): DoneRuns {
  return readJson(join(root, 'runs.json')) as DoneRuns;
}

export function removeSpace(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
