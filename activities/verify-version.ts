import { digestStoredEvidence, digestStoredScore, type RowDigests } from '../domain/receipts/index.ts';
import type { Manifest } from '../schemas/manifest.ts';
import { evidenceVersionSchema, stageVersionSchema, type EvidenceVersionDocument } from '../schemas/run-documents.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import { AS_WRITTEN, readDocument, textOf } from './receipt-documents.ts';
import type { ReceiptLinks } from './receipt-links.ts';
import type { ReceiptWorld, VerifyProgress } from './receipt-world.ts';

const KINDS = { materialize: 'evidence', score: 'scored' } as const;

/**
 * The dataset version that a stage names: the manifest under the name of its content, its Parquet files as they were written, every row with the
 * digest of what it holds, and the digests over all of them that manifest and receipt state.
 */
export async function verifyVersion(
  world: ReceiptWorld,
  links: ReceiptLinks,
  receipt: StageReceipt,
  stage: 'materialize' | 'score',
  progress: VerifyProgress,
): Promise<void> {
  const kind = KINDS[stage];
  const output = receipt.outputs[0];
  const digest = /^lake\/manifests\/(?:evidence|scored)\/([0-9a-f]{64})\.json$/.exec(output?.path ?? '')?.[1];
  const versionPath = `lake/runs/${receipt.run_id}/${stage}-version.json`;
  const versionPlace = { link: 'run_document', stage, path: versionPath } as const;
  const version = readDocument(world, links, versionPlace, DOCUMENTS[stage]);
  if (version !== undefined && digest !== undefined) links.hold(versionPlace, `manifest ${digest}`, `manifest ${version.manifest}`);
  if (version !== undefined && stage === 'materialize')
    links.hold(versionPlace, textOf(receipt.inputs), textOf(inputsIn(version as EvidenceVersionDocument)));
  if (digest === undefined || output === undefined) return;
  const checked = await world.checkVersion(kind, digest, (done, total) => progress({ stage, done, total, rows: 0 }));
  links.count({ files: checked.files + 1, bytes: checked.bytes });
  const own = checked.findings.filter(({ of }) => of === 'manifest');
  // What a manifest says that is not the one it is named after says nothing about its files.
  for (const { of, path, expected, found } of own.length > 0 ? own : checked.findings)
    links.hold({ link: of, stage, path }, expected, found);
  if (checked.manifest === null || own.length > 0) return;
  const { manifest } = checked;
  const place = { link: 'manifest', stage, path: output.path } as const;
  const text = world.readText(output.path);
  links.hold(place, AS_WRITTEN, text === `${JSON.stringify(manifest, null, 2)}\n` ? AS_WRITTEN : 'another spelling of it');
  links.hold(place, `row_digest ${output.digest}, ${output.rows} rows`, `row_digest ${manifest.row_digest}, ${manifest.rows} rows`);
  links.hold(
    { link: 'stage_digest', stage, path: output.path },
    `content_digest ${receipt.digest}`,
    `content_digest ${manifest.content_digest}`,
  );
  // Rows of a file that is not whole are not worth reading, if they can be read at all.
  if (checked.findings.length > 0) return;
  await verifyRows(world, links, manifest, stage, progress);
  await verifyDatasetDigests(world, links, manifest, { stage, path: output.path });
}

const NAME = 'what the stage left for those after it';
const DOCUMENTS = {
  materialize: { name: NAME, schema: evidenceVersionSchema },
  score: { name: NAME, schema: stageVersionSchema },
} as const;

/** The files that were read, as the receipt lists them. */
function inputsIn({ counts }: EvidenceVersionDocument): object[] {
  const files = counts.files as readonly { readonly file?: string; readonly records: number; readonly digest?: string }[];
  return files.map(({ file, records, digest }) => ({ path: file, rows: records, digest }));
}

async function verifyRows(
  world: ReceiptWorld,
  links: ReceiptLinks,
  manifest: Manifest,
  stage: 'materialize' | 'score',
  progress: VerifyProgress,
): Promise<void> {
  const { sha256 } = world.digests;
  const total = manifest.shards.reduce((sum, shard) => sum + shard.rows, 0);
  let rows = 0;
  const hold = (id: string, part: string, stored: RowDigests, found: RowDigests): void => {
    rows += 1;
    if (stored.row_digest === found.row_digest && stored.content_digest === found.content_digest) return;
    const [expected, other] =
      stored.row_digest === found.row_digest ? [stored.content_digest, found.content_digest] : [stored.row_digest, found.row_digest];
    links.hold({ link: 'row', stage, path: part }, `row ${id} with the digest ${expected}`, `row ${id} with the digest ${other}`);
  };
  if (stage === 'materialize') {
    for await (const batch of world.scanEvidence(manifest)) {
      for (const row of batch) hold(row.id, row.part, row, digestStoredEvidence(row, sha256));
      progress({ stage, done: rows, total, rows });
    }
  } else {
    for await (const batch of world.scanScored(manifest)) {
      for (const row of batch) hold(row.evidence_id, row.part, row, digestStoredScore(row, sha256));
      progress({ stage, done: rows, total, rows });
    }
  }
  links.count({ rows });
  links.hold({ link: 'dataset_digest', stage, path: `lake/${manifest.kind}` }, `${total} stored rows`, `${rows} stored rows`);
}

async function verifyDatasetDigests(
  world: ReceiptWorld,
  links: ReceiptLinks,
  manifest: Manifest,
  place: { readonly stage: 'materialize' | 'score'; readonly path: string },
): Promise<void> {
  const [ofRows, ofContent] = [world.digests.startSha256(), world.digests.startSha256()];
  let rows = 0;
  for await (const batch of world.scanDigests(manifest)) {
    for (const { row_digest, content_digest } of batch) {
      ofRows.update(row_digest);
      ofContent.update(content_digest);
      rows += 1;
    }
  }
  const at = { link: 'dataset_digest', ...place } as const;
  links.hold(at, `${manifest.rows} rows`, `${rows} rows`);
  links.hold(at, `row_digest ${manifest.row_digest}`, `row_digest ${ofRows.digest()}`);
  links.hold(at, `content_digest ${manifest.content_digest}`, `content_digest ${ofContent.digest()}`);
}
