import { resolve } from 'node:path';
import { freezeRelease } from '../../activities/release/freeze-release.ts';
import { openRepository, type OpenRepository } from '../../adapters/git/repository.ts';
import { latestExport } from '../../adapters/files/find-lines.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { acquireLock } from '../../adapters/lock-file.ts';
import { isVersionName } from '../../domain/release/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { ReleaseFreeze } from '../../schemas/release-freeze.ts';
import { endAtOnce } from '../end-at-once.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { dataGates, type DataGates, type DataGatesRequest } from '../release/data-gates.ts';
import { keepRelease } from '../release/keep-release.ts';
import { openFreezeWorld } from '../release/open-freeze-world.ts';
import { releasePlaces, toleranceOf } from '../release/release-places.ts';
import { showGates } from '../release/show-gates.ts';
import { tellFreeze } from '../release/tell-freeze.ts';
import { VERSION } from '../version.ts';

export interface ReleaseFreezeOptions extends PlaceOptions {
  readonly version: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `lauter release freeze`: six gates over repository and data, and the manifest of what passed them. It prints how to tag and never tags. */
export async function releaseFreeze(
  io: Io,
  options: ReleaseFreezeOptions,
  makeGates: (request: DataGatesRequest) => DataGates = dataGates,
): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { config } = loadConfig(io, root, options);
  const repository = await openRepository(root, io.env);
  await requireVersion(repository, options.version);
  const runId = acceptedRun(root);
  const out = options.out === undefined ? undefined : resolve(io.cwd, options.out);
  return alone(root, async () => {
    const stop = new AbortController();
    const endListening = io.onInterrupt(() => {
      if (stop.signal.aborted) endAtOnce();
      stop.abort();
    });
    const shown = showGates(io);
    try {
      const gates = makeGates({ io, root, runId, settings: config.distill, tell: shown.tell, interrupted: () => stop.abort() });
      const { testLog } = releasePlaces(root, options.version, out, 'release');
      const world = openFreezeWorld({ io, root, repository, gates, testLog, testTimeoutMs: config.release.test_timeout_s * 1000 });
      const tolerance = toleranceOf(repository.root, root, out, config.release.tolerate);
      const request = { version: options.version, runId, codeVersion: VERSION, settings: config.release, tolerance };
      const manifest = await freezeRelease(world, request, stop.signal, shown);
      shown.end();
      return tell(io, keepRelease(world.releases, manifest, { root, out, shownFrom: io.cwd }), options.json === true);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      shown.end();
      io.err('interrupted: nothing was frozen. The same command runs the gates anew.');
      return EXIT.interrupted;
    } finally {
      shown.end();
      endListening();
    }
  });
}

/** Joins the workspace, and lets nobody else freeze meanwhile. */
async function alone(root: string, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const workspace = openWorkspace(root, VERSION);
  try {
    const lock = acquireLock(resolve(root, 'locks', 'release.lock'), { version: VERSION });
    try {
      return await work();
    } finally {
      lock.release();
    }
  } finally {
    workspace.close();
  }
}

function tell(io: Io, frozen: ReleaseFreeze, asJson: boolean): ExitCode {
  io.out(asJson ? JSON.stringify(frozen, null, 2) : tellFreeze(frozen));
  if (asJson && frozen.verdict !== 'accepted') io.err(refusalOf(frozen));
  return EXITS[frozen.verdict];
}

const EXITS = { accepted: EXIT.accepted, refused: EXIT.refused, inconclusive: EXIT.impossible } as const;

async function requireVersion(repository: OpenRepository, version: string): Promise<void> {
  if (isVersionName(version) && (await repository.isTagName(version))) return;
  throw new UsageError(
    `freezing release ${version}: expected letters, digits and . + _ - as git allows them in the name of a tag, found something else.`,
    'Name a version like 1.2.0 or v1.2.0-rc.1.',
  );
}

/** The run that `exports/latest` leads to. */
function acceptedRun(root: string): string {
  const runId = latestExport(root);
  if (runId !== null && /^[\w-]+$/.test(runId)) return runId;
  throw new UsageError(`freezing a release of ${root}: expected an accepted run, found none.`, 'Make one with `lauter distill run-all`.');
}

function refusalOf({ version, gates }: ReleaseFreeze): string {
  const first = gates.find(({ state }) => state !== 'passed');
  return `freezing release ${version}, gate ${first?.gate ?? ''}: ${first?.detail ?? ''}`;
}
