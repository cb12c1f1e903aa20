import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { Manifest } from '../../schemas/manifest.ts';
import { sha256, sha256Of, startSha256 } from '../digest.ts';
import { checkManifest } from './check-manifest.ts';
import { openDatabase, type Database, type DatabaseLimits } from './database.ts';
import type { KindName } from './kinds.ts';
import { lakeLayout, type LakeLayout } from './layout.ts';
import { rowsOf } from './rows.ts';
import { spillFolder } from './view-database.ts';

const LINE_FEED = 10;

/** The files of a workspace as the verification of receipts looks at them; nothing outside it is ever read. */
export function openReceiptWorld(workspace: string, limits: Omit<DatabaseLimits, 'tempDir'>) {
  const layout = lakeLayout(join(workspace, 'lake'));
  const streaming = <Batch>(scan: (database: Database) => AsyncIterable<Batch>) => scanOnce(layout, limits, scan);
  const placeOf = (path: string): string => inside(workspace, path);
  return {
    digests: { sha256, sha256Of, startSha256 },
    readText: (path: string) => readText(placeOf(path)),
    digestFile: (path: string) => digestFile(placeOf(path)),
    readLines: (path: string) => readLines(placeOf(path)),
    checkVersion: async (kind: string, digest: string, onFile: (done: number, total: number) => void) => {
      const { manifest, path: own, files, bytes, findings } = await checkManifest(layout, kind, digest, { onFile });
      const told = findings.map((finding) => ({
        of: finding.path === own ? ('manifest' as const) : ('shard' as const),
        ...finding,
        path: relative(workspace, finding.path).replaceAll(sep, '/'),
      }));
      return { manifest, files, bytes, findings: told };
    },
    scanEvidence: <Row extends object>(manifest: Manifest) => streaming((database) => scanParts<Row>(layout, database, manifest)),
    scanScored: <Row extends object>(manifest: Manifest) => streaming((database) => scanParts<Row>(layout, database, manifest)),
    scanDigests: (manifest: Manifest) => streaming((database) => scanDigests(layout, database, manifest)),
  };
}

/** A database for one scan; gone when the reader is done, also when it stops early. */
async function* scanOnce<Batch>(
  layout: LakeLayout,
  limits: Omit<DatabaseLimits, 'tempDir'>,
  scan: (database: Database) => AsyncIterable<Batch>,
): AsyncIterable<Batch> {
  const tempDir = spillFolder(layout);
  const database = await openDatabase({ ...limits, tempDir });
  try {
    yield* scan(database);
  } finally {
    database.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

/** Every row that is stored, file by file, so that only a batch of one file is in memory; also rows that the version excludes. */
async function* scanParts<Row extends object>(
  layout: LakeLayout,
  database: Database,
  manifest: Manifest,
): AsyncIterable<(Row & { part: string })[]> {
  for (const part of manifest.shards.flatMap(({ parts }) => parts)) {
    const rows = database.stream<Row>(`SELECT * FROM ${rowsOf(layout, manifest.kind as KindName, [part])}`);
    for await (const batch of rows) yield batch.map((row) => Object.assign(row, { part: `lake/${part.path}` }));
  }
}

const KEYS: Readonly<Record<string, string>> = { evidence: 'id', scored: 'evidence_id' };

function scanDigests(layout: LakeLayout, database: Database, { kind, shards, excluded }: Manifest) {
  const parts = shards.flatMap((shard) => shard.parts);
  return database.stream<{ row_digest: string; content_digest: string }>(
    `SELECT row_digest, content_digest FROM ${rowsOf(layout, kind as KindName, parts, excluded)} ORDER BY ${KEYS[kind] ?? 'id'}`,
  );
}

function inside(workspace: string, path: string): string {
  const absolute = resolve(workspace, path);
  if (absolute.startsWith(resolve(workspace) + sep)) return absolute;
  throw new LakeCorruptError(
    `following ${path}: expected a path below ${workspace}, found one outside.`,
    'A receipt was altered. Restore it, or start a new run with `lauter distill run-all`.',
  );
}

function readText(path: string): string | null | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const bytes = readFileSync(path);
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

async function digestFile(path: string): Promise<{ sha256: string; bytes: number } | undefined> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const digest = startSha256();
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: digest.digest(), bytes };
}

/** Lines of a file that we wrote, a batch for each MiB. */
async function* readLines(path: string): AsyncIterable<string[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(LINE_FEED);
    rest = bytes.subarray(end + 1);
    if (end > 0) yield bytes.toString('utf8', 0, end).split('\n');
  }
  if (rest.length > 0) yield [rest.toString('utf8')];
}
