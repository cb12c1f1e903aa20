import { receiptDigest } from '../../domain/receipts/index.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { FrozenDataset, FrozenFile, FrozenSplits, FrozenVersion } from '../../schemas/release-manifest.ts';
import { stageReceiptSchema } from '../../schemas/stage-receipt.ts';
import { EXPORT_SETS } from '../../schemas/vocabulary.ts';
import type { ReceiptWorld } from '../receipt-world.ts';
import { documentPath, LAST_RECEIPT, manifestPath } from './dataset.ts';
import type { Differences, PartProgress } from './differences.ts';

const FILE = 'a file';

/** Every file and dataset version that was frozen, held against the disk. Reads all bytes in bounded memory and changes nothing. */
export async function verifyDataset(
  world: ReceiptWorld,
  differences: Differences,
  dataset: FrozenDataset,
  progress: PartProgress,
): Promise<void> {
  const files = [...EXPORT_SETS.flatMap((set) => dataset.sets[set].files), ...dataset.quarantine.files];
  for (const [done, file] of files.entries()) {
    progress('export_file', done, files.length);
    await verifyFile(world, differences, file, `exports/${dataset.run_id}/`);
  }
  await verifyVersion(world, differences, 'evidence', dataset.evidence, progress);
  await verifyVersion(world, differences, 'scored', dataset.scored, progress);
  verifyReceipt(world, differences, dataset);
}

/** The file with the splits of the released tasks. */
export async function verifySplits(world: ReceiptWorld, differences: Differences, splits: FrozenSplits, version: string): Promise<void> {
  await verifyBytes(world, differences, 'splits', splits, `lake/releases/${version}/`);
}

async function verifyFile(world: ReceiptWorld, differences: Differences, file: FrozenFile, below: string): Promise<void> {
  if (!(await verifyBytes(world, differences, 'export_file', file, below))) return;
  differences.count({ rows: file.rows });
  if (!file.path.endsWith('.jsonl')) return;
  let rows = 0;
  for await (const lines of world.readLines(file.path)) rows += lines.length;
  differences.hold('export_file', file.path, `${file.rows} rows`, `${rows} rows`);
}

async function verifyBytes(
  world: ReceiptWorld,
  differences: Differences,
  part: 'export_file' | 'splits',
  { path, bytes, sha256 }: Pick<FrozenFile, 'path' | 'bytes' | 'sha256'>,
  below: string,
): Promise<boolean> {
  // Whoever edits a manifest chooses its paths.
  const isOwn = path.startsWith(below) && !path.split(/[/\\]/).includes('..');
  if (!differences.hold(part, path, `a path below ${below}`, isOwn ? `a path below ${below}` : 'one that leads elsewhere')) return false;
  const found = await world.digestFile(path);
  if (!differences.hold(part, path, FILE, found === undefined ? 'none' : FILE) || found === undefined) return false;
  differences.count({ files: 1, bytes: found.bytes });
  return (
    differences.hold(part, path, `${bytes} bytes`, `${found.bytes} bytes`) &&
    differences.hold(part, path, `sha256 ${sha256}`, `sha256 ${found.sha256}`)
  );
}

async function verifyVersion(
  world: ReceiptWorld,
  differences: Differences,
  kind: 'evidence' | 'scored',
  frozen: FrozenVersion,
  progress: PartProgress,
): Promise<void> {
  const path = manifestPath(kind, frozen.manifest);
  const { manifest, files, bytes, findings } = await world.checkVersion(kind, frozen.manifest, (done, total) =>
    progress('lake_file', done, total),
  );
  differences.count({ files: files + 1, bytes });
  const own = findings.filter(({ of }) => of === 'manifest');
  // What a manifest says that is not the one it is named after says nothing about its files.
  for (const { of, path: on, expected, found } of own.length > 0 ? own : findings)
    differences.hold(of === 'manifest' ? 'lake_manifest' : 'lake_file', on, expected, found);
  if (manifest === null) return;
  differences.hold('lake_manifest', path, stated(frozen), stated(manifest));
  // Rows of a file that is not whole are not worth reading, if they can be read at all.
  if (findings.length > 0) return;
  const [ofRows, ofContent] = [world.digests.startSha256(), world.digests.startSha256()];
  let rows = 0;
  for await (const batch of world.scanDigests(manifest)) {
    for (const { row_digest, content_digest } of batch) {
      ofRows.update(row_digest);
      ofContent.update(content_digest);
    }
    rows += batch.length;
  }
  differences.count({ rows });
  differences.hold(
    'dataset_digest',
    path,
    stated(frozen),
    stated({ rows, row_digest: ofRows.digest(), content_digest: ofContent.digest() }),
  );
}

function stated({ rows, row_digest, content_digest }: Omit<FrozenVersion, 'manifest'>): string {
  return `${rows} rows, row_digest ${row_digest}, content_digest ${content_digest}`;
}

function verifyReceipt(world: ReceiptWorld, differences: Differences, { run_id, receipt_digest }: FrozenDataset): void {
  const path = documentPath(run_id, LAST_RECEIPT);
  const text = readOrNothing(world, path);
  const receipt = typeof text === 'string' ? stageReceiptSchema.safeParse(jsonOf(text)).data : undefined;
  const found =
    receipt === undefined ? (text === undefined ? 'none' : 'no receipt') : `digest ${receiptDigest(receipt, world.digests.sha256)}`;
  differences.hold('receipt', path, `digest ${receipt_digest}`, found);
}

/** A run id that was edited may lead out of the workspace; then nothing is read. */
function readOrNothing(world: ReceiptWorld, path: string): string | null | undefined {
  try {
    return world.readText(path);
  } catch (error) {
    if (error instanceof LakeCorruptError) return undefined;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
