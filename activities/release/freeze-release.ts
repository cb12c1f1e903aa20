import { releaseVerdict, sealManifest, type Tolerance } from '../../domain/release/index.ts';
import type { GateResult, ReleaseManifest } from '../../schemas/release-manifest.ts';
import type { ReleaseSettings } from '../../schemas/release-settings.ts';
import { readDataset } from './dataset.ts';
import { Differences } from './differences.ts';
import { judgeMilestones } from './milestones.ts';
import { cleanGate, tagGate, testsGate } from './repository-gates.ts';
import { runGates, type GateWatch } from './run-gates.ts';
import { verifyDataset } from './verify-dataset.ts';
import type { FreezeWorld, GateOutcome } from './world.ts';

export interface FreezeRequest {
  readonly version: string;
  /** The run whose data is frozen. */
  readonly runId: string;
  readonly codeVersion: string;
  readonly settings: ReleaseSettings;
  readonly tolerance: Tolerance;
}

/**
 * Runs the six gates over repository and data and says what a release of them would be, sealed. Only an accepted one gets its splits written; nothing
 * counts as released before the caller has stored the manifest and entered the release. Never tags.
 */
export async function freezeRelease(
  world: FreezeWorld,
  request: FreezeRequest,
  stop: AbortSignal,
  watch: GateWatch,
): Promise<ReleaseManifest> {
  const { repository, clock } = world;
  const { version, settings } = request;
  const dataset = readDataset(world.receipts, request.runId);
  const [head, branch] = [await repository.head(), await repository.branch()];
  const { milestones, outcome } = await judgeMilestones(repository, world.readMilestones());
  const gates = await runGates(
    {
      clean: () => cleanGate(repository, request.tolerance),
      tests: () => testsGate(world, settings, stop),
      milestones: () => Promise.resolve(outcome),
      acceptance: () => world.acceptance(stop),
      audit: async () => withFiles(await world.audit(stop), await differencesOf(world, dataset)),
      tag: () => tagGate(repository, version),
    },
    clock,
    stop,
    watch,
  );
  const judged = await withHead(gates, head, () => repository.head());
  const verdict = releaseVerdict(judged);
  return sealManifest(
    {
      schema: 'release-manifest/1',
      version,
      verdict,
      frozen_at: clock.now(),
      code_version: request.codeVersion,
      head,
      branch,
      milestones: [...milestones],
      dataset,
      splits: verdict === 'accepted' ? await world.releases.publishSplits(request.runId, version) : null,
      baseline: (await world.baselines.latest()) ?? null,
      gates: judged,
    },
    world.receipts.digests.sha256,
  );
}

async function differencesOf({ receipts }: FreezeWorld, dataset: ReleaseManifest['dataset']): Promise<string[]> {
  const differences = new Differences();
  await verifyDataset(receipts, differences, dataset, () => undefined);
  return differences.found.map(({ on, expected, found }) => `${on}: expected ${expected}, found ${found}`);
}

/** The audit may look at a newer run than the one that is frozen, so the files of this one are part of the gate. */
function withFiles(audit: GateOutcome, differences: readonly string[]): GateOutcome {
  if (differences.length === 0) return audit;
  return {
    state: 'failed',
    detail: `${audit.detail}; what is to be frozen differs from what its run wrote in ${differences.length} places. \`lauter distill receipts --verify\` says more.`,
    findings: [...(audit.findings ?? []), ...differences],
  };
}

/** A commit that was made while the gates ran was not judged by them. */
async function withHead(gates: readonly GateResult[], head: string, headNow: () => Promise<string>): Promise<GateResult[]> {
  const now = await headNow();
  if (now === head) return [...gates];
  const detail = `expected HEAD to stay at ${head} while the gates ran, found it at ${now}. Freeze again, and commit nothing meanwhile.`;
  return gates.map((result) => (result.gate === 'clean' ? { ...result, state: 'failed', detail } : result));
}
