import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { headSchema, type Head } from '../../schemas/manifest.ts';
import { checkManifest, readLakeDocument, type LakeFinding } from './check-manifest.ts';
import { lakeLayout } from './layout.ts';

/** What was looked at, and what is wrong with it. */
export interface LakeCheck {
  readonly heads: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly LakeFinding[];
}

/**
 * Follows every current version from its head over its manifest to its Parquet files and holds each against what is stated of it; see
 * {@link checkManifest}. Reads every byte; changes nothing.
 */
export async function checkLake(root: string): Promise<LakeCheck> {
  const layout = lakeLayout(root);
  const findings: LakeFinding[] = [];
  let [heads, bytes] = [0, 0];
  const seen = new Set<string>();
  for (const kind of headKinds(root)) {
    heads += 1;
    const head = readLakeDocument<Head>(layout.head(kind), headSchema, 'a head/1 document', findings);
    if (head === null) continue;
    const checked = await checkManifest(layout, kind, head.manifest, { seen });
    bytes += checked.bytes;
    findings.push(...checked.findings);
  }
  return { heads, files: seen.size, bytes, findings };
}

function headKinds(root: string): string[] {
  const folder = join(root, 'heads');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
