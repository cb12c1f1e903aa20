import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyReceipts } from '../../activities/verify-receipts.ts';
import { allFiles } from '../../adapters/files/all-files.ts';
import { openReceiptWorld } from '../../adapters/lake/receipt-world.ts';
import { lakeLayout } from '../../adapters/lake/layout.ts';
import { lakeVersion } from '../../adapters/lake/views.ts';
import type { AcceptanceFacts, FlipFact } from '../../domain/acceptance/index.ts';
import type { Manifest } from '../../schemas/manifest.ts';

/** What does not hold of a run's receipts, each fault with the file that it names. */
export type Verify = (workspace: string, runId: string) => Promise<readonly { readonly path: string; readonly detail: string }[]>;

/** `lauter distill receipts --verify`. */
export const verifyRun: Verify = async (workspace, runId) => {
  const { faults } = await verifyReceipts(openReceiptWorld(workspace, { threads: 1, memoryMb: 256 }), runId);
  return faults.map(({ path, expected, found }) => ({ path, detail: `${path}: expected ${expected}, found ${found}` }));
};

/**
 * Verifies the receipts of a run, then changes one byte of each of its outputs in a copy of the workspace and verifies again, in rounds: in one round
 * stand only files that vouch for none of the others, so that each is found by what another one says of it.
 */
export async function receiptFacts(workspace: string, copy: string, runId: string, verify: Verify): Promise<AcceptanceFacts['receipts']> {
  const faults = (await verify(workspace, runId)).map(({ detail }) => detail);
  const flips: FlipFact[] = [];
  for (const round of roundsOf(copy, runId)) flips.push(...(await flipAndVerify(copy, round, runId, verify)));
  return { faults, flips };
}

async function flipAndVerify(workspace: string, paths: readonly string[], runId: string, verify: Verify): Promise<FlipFact[]> {
  const before = paths.map((path) => ({ path, bytes: readFileSync(join(workspace, path)) }));
  for (const { path, bytes } of before) writeFileSync(join(workspace, path), withOneByteFlipped(bytes));
  try {
    const named = new Set((await verify(workspace, runId)).map(({ path }) => path));
    return paths.map((path) => ({ path, is_named: named.has(path) }));
  } finally {
    for (const { path, bytes } of before) writeFileSync(join(workspace, path), bytes);
  }
}

function withOneByteFlipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const middle = Math.floor(bytes.length / 2);
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  return changed;
}

/** The outputs of a run that its receipts vouch for, relative to the workspace. */
function roundsOf(workspace: string, runId: string): string[][] {
  const { evidence, scored } = lakeVersion(lakeLayout(join(workspace, 'lake')), runId);
  const exported = allFiles(join(workspace, 'exports', runId)).filter((file) => file !== 'README.md');
  const receipts = allFiles(join(workspace, 'reports', runId, 'receipts'));
  return [
    [
      ...partPaths(evidence),
      ...partPaths(scored),
      ...exported.map((file) => `exports/${runId}/${file}`),
      ...receipts.map((file) => `reports/${runId}/receipts/${file}`),
    ],
    [...receipts.map((file) => `lake/runs/${runId}/${file.replace('.json', '-receipt.json')}`), `reports/${runId}/summary.json`],
    manifestPaths(workspace, runId),
  ];
}

function partPaths(version: Manifest | undefined): string[] {
  if (version === undefined) return [];
  const parts = version.shards.flatMap((shard) => shard.parts);
  return [...parts, ...(version.excluded === null ? [] : [version.excluded])].map((part) => `lake/${part.path}`);
}

function manifestPaths(workspace: string, runId: string): string[] {
  return (['materialize', 'score'] as const).map((stage) => {
    const path = join(workspace, 'lake', 'runs', runId, `${stage}-version.json`);
    const { manifest } = JSON.parse(readFileSync(path, 'utf8')) as { manifest: string };
    return `lake/manifests/${stage === 'score' ? 'scored' : 'evidence'}/${manifest}.json`;
  });
}
