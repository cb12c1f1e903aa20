import { join } from 'node:path';
import { SourceError } from '../../domain/shared/errors.ts';
import { lakeLayout } from './layout.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeVersion, lakeViews } from './views.ts';

const LIMITS = { threads: 1, memoryMb: 512 };

/** An attempt as a corpus takes it in; `messages` is JSON text. */
export interface EvidenceOfLake {
  readonly id: string;
  readonly recorded_at: string;
  readonly messages: string;
}

/** Digest of the evidence of the current version: what it says, wherever it was read. SourceError when no run has left any. */
export function evidenceDigest(workspace: string): string {
  const { evidence } = lakeVersion(lakeLayout(join(workspace, 'lake')));
  if (evidence !== undefined && evidence.rows > 0) return evidence.content_digest;
  throw new SourceError(
    `reading the evidence of ${workspace}: expected some, found none.`,
    'Refine traces with `lauter distill run-all`, or name a file of events with --from.',
  );
}

/** Hands over the evidence of the current version in batches. */
export function scanEvidence(workspace: string, use: (rows: readonly EvidenceOfLake[]) => void): Promise<void> {
  return withViewDatabase(workspace, lakeViews(workspace), LIMITS, async (database) => {
    for await (const batch of database.stream<EvidenceOfLake>('SELECT id, recorded_at, messages FROM evidence')) use(batch);
  });
}
