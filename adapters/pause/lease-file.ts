import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { pauseTokensSchema, type PauseLease, type PauseMarker, type PauseTokens } from '../../schemas/pause-lease.ts';
import { syncFolder, writeJsonAtomically } from '../atomic-write.ts';
import { nowMs } from '../clock.ts';
import { waitForLock } from '../lock-file.ts';
import { sweepTemporaries } from '../scratch.ts';
import { markerModifiedMs, readMarker } from './read-marker.ts';
import { pausePlaces } from './pause-places.ts';

/** What is to become of marker and tokens; what is left out stays. */
export interface LeaseChange<Result> {
  readonly result: Result;
  readonly marker?: { readonly put: PauseLease } | 'remove' | 'move aside';
  readonly tokens?: PauseTokens;
}

/** The marker of a workspace's pause, with the tokens given out so far. */
export interface LeaseFile {
  readonly path: string;
  read(): PauseMarker;
  /** When the marker was last written; null without one. */
  modifiedMs(): number | null;
  tokens(): PauseTokens;
  /** Reads, decides and writes with nobody in between. What was changed is on disk when it returns. WorkspaceError when another process holds the lock for long. */
  change<Result>(decide: (marker: PauseMarker, tokens: PauseTokens) => LeaseChange<Result>): Promise<Result>;
}

const LOCK_WAIT_MS = 5_000;
/** Who may pause production, and where it is, is nobody else's business. */
const OWNER_ONLY = 0o600;

/** Opens the lease file of a workspace; nothing need be there yet. */
export function openLeaseFile(workspaceDir: string): LeaseFile {
  const places = pausePlaces(workspaceDir);
  return {
    path: places.marker,
    read: () => readMarker(places.marker),
    modifiedMs: () => markerModifiedMs(places.marker),
    tokens: () => readTokens(places.tokens),
    change: async (decide) => {
      mkdirSync(places.folder, { recursive: true });
      const lock = await waitForLock(places.markerLock, { version: '', giveUpAfterMs: LOCK_WAIT_MS });
      try {
        const change = decide(readMarker(places.marker), readTokens(places.tokens));
        // Before the marker: a crash in between costs a number, while a marker without its number could be mistaken for a later one.
        if (change.tokens !== undefined) writeJsonAtomically(places.tokens, change.tokens, OWNER_ONLY);
        if (change.marker !== undefined) changeMarker(places.marker, places.folder, change.marker);
        return change.result;
      } finally {
        lock.release();
      }
    },
  };
}

function changeMarker(path: string, folder: string, change: NonNullable<LeaseChange<unknown>['marker']>): void {
  if (typeof change === 'object') {
    writeJsonAtomically(path, change.put, OWNER_ONLY);
    return;
  }
  if (change === 'remove') rmSync(path, { force: true });
  else renameSync(path, `${path}.bad-${new Date(nowMs()).toISOString().replace(/[-:.]/g, '')}`);
  syncFolder(folder);
  sweepTemporaries(folder, 'top');
}

/** Where the tokens were lost, the clock gives a number that is larger than any that was counted to. */
function readTokens(path: string): PauseTokens {
  try {
    return pauseTokensSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isNew = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { schema: 'pause-tokens/1', last: isNew ? 0 : nowMs(), resumed: null };
  }
}
