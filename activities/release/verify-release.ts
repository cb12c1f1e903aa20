import { digestInTag, manifestDigest } from '../../domain/release/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import type { ReleaseVerification } from '../../schemas/release-verification.ts';
import { Differences, type PartProgress } from './differences.ts';
import { verifyDataset, verifySplits } from './verify-dataset.ts';
import type { DataWorld, Repository } from './world.ts';

/** What a release is verified in. */
export interface VerifyWorld extends DataWorld {
  /** Undefined when the workspace lies in none: then nobody can say where head and tag are. */
  readonly repository: Repository | undefined;
}

/**
 * Holds everything that a manifest froze against what is there now: the manifest against its own digest, each file, dataset version and receipt, the
 * splits, the ledger. Where the repository stands is a warning. Changes nothing.
 */
export async function verifyRelease(
  world: VerifyWorld,
  { path, manifest }: { readonly path: string; readonly manifest: ReleaseManifest },
  progress: PartProgress = () => undefined,
): Promise<ReleaseVerification> {
  const differences = new Differences();
  const own = manifestDigest(manifest, world.receipts.digests.sha256);
  differences.hold('manifest', path, `manifest_digest ${manifest.manifest_digest}`, `manifest_digest ${own}`);
  differences.hold('verdict', path, 'accepted', manifest.verdict);
  const warnings = await lookAtRepository(world.repository, differences, manifest);
  await verifyDataset(world.receipts, differences, manifest.dataset, progress);
  await verifyKept(world, differences, manifest);
  await verifyBaseline(world, differences, manifest);
  return {
    schema: 'release-verification/1',
    manifest: path,
    version: manifest.version,
    run_id: manifest.dataset.run_id,
    frozen_at: manifest.frozen_at,
    holds: differences.found.length === 0,
    checked: { ...differences.checked },
    first: differences.found[0] ?? null,
    differences: [...differences.found],
    warnings,
  };
}

async function lookAtRepository(
  repository: Repository | undefined,
  differences: Differences,
  { version, head, manifest_digest, milestones }: ReleaseManifest,
): Promise<ReleaseVerification['warnings']> {
  if (repository === undefined) return [{ on: 'git', expected: 'a repository that holds the workspace', found: 'none' }];
  const warnings: ReleaseVerification['warnings'] = [];
  const expect = (on: string, expected: string, found: string): void => {
    if (expected !== found) warnings.push({ on, expected, found });
  };
  if ((await repository.commitOf(head)) === undefined) expect('head', head, 'no such commit in this repository');
  else {
    const now = await repository.head();
    const side = (await repository.isAncestor(head, now)) ? 'later' : 'another line';
    expect('head', head, now === head ? head : `${now} (${side})`);
  }
  const tag = await repository.tag(version);
  if (tag !== undefined) {
    expect(`tag ${version}`, head, tag.commit ?? 'something that is no commit');
    const told = digestInTag(tag.message);
    if (told !== undefined) differences.hold('tag', `tag ${version}`, `manifest_digest ${told}`, `manifest_digest ${manifest_digest}`);
  }
  for (const { name, commit } of milestones)
    if (commit !== null) expect(`milestone ${name}`, commit, (await repository.commitOf(commit)) ?? 'no such commit in this repository');
  return warnings;
}

async function verifyKept({ receipts, releases }: VerifyWorld, differences: Differences, manifest: ReleaseManifest): Promise<void> {
  const { version, splits } = manifest;
  if (splits === null) return;
  await verifySplits(receipts, differences, splits, version);
  const entry = releases.entry(version);
  const bound = `splits sha256 ${splits.sha256}`;
  const found = entry === undefined ? 'none' : entry === null ? 'something else' : `splits sha256 ${entry.splits.sha256}`;
  differences.hold('splits', `lake/releases/${version}/release.json`, bound, found);
}

async function verifyBaseline({ baselines }: VerifyWorld, differences: Differences, { baseline }: ReleaseManifest): Promise<void> {
  const path = 'ledger/audit-baselines.jsonl';
  const fault = await baselines.fault();
  if (fault === undefined) differences.hold('ledger', path, 'a chain that holds', 'a chain that holds');
  else differences.hold('ledger', `${path}, line ${fault.line}`, fault.expected, `${fault.found} (${fault.kind})`);
  if (baseline === null) return;
  const row = await baselines.rowAt(baseline.seq);
  const text = canonicalJson(baseline);
  const found = row === undefined ? 'none' : row === text ? `row_hash ${baseline.row_hash}` : 'another row';
  differences.hold('baseline', `${path}, row ${baseline.seq}`, `row_hash ${baseline.row_hash}`, found);
}
