import { resolve } from 'node:path';
import type { Repository } from '../../activities/release/world.ts';
import { verifyRelease } from '../../activities/release/verify-release.ts';
import { openRepository } from '../../adapters/git/repository.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { startProgress, type ShownProgress } from '../progress.ts';
import { openDataWorld } from '../release/open-data-world.ts';
import { readManifest } from '../release/read-manifest.ts';
import { tellReleaseVerification } from '../release/tell-release-verification.ts';

export interface ReleaseVerifyOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter release verify`: whether the data on disk is still what a manifest froze. */
export async function releaseVerify(io: Io, given: string, options: ReleaseVerifyOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const manifest = readManifest(resolve(io.cwd, given));
  let at: ShownProgress = { run_id: manifest.dataset.run_id, stage: 'manifest', done: 0, total: 0, rows: 0, paused: null };
  const view = startProgress(io, () => Promise.resolve(at));
  try {
    const world = { ...openDataWorld(root), repository: await repositoryOf(io, root) };
    const verified = await verifyRelease(world, { path: given, manifest }, (part, done, total) => {
      at = { ...at, stage: part.replaceAll('_', ' '), done, total };
    });
    await view.stop();
    io.out(options.json === true ? JSON.stringify(verified, null, 2) : tellReleaseVerification(verified));
    if (verified.first === null) return EXIT.accepted;
    const { on, expected, found, remedy } = verified.first;
    if (options.json === true) io.err(`verifying release ${verified.version}, on ${on}: expected ${expected}, found ${found}. ${remedy}`);
    return EXIT.refused;
  } finally {
    await view.stop();
  }
}

/** Data can be verified where there is no repository; that is a warning then. */
async function repositoryOf(io: Io, root: string): Promise<Repository | undefined> {
  try {
    return await openRepository(root, io.env);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
