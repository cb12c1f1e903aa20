import { SourceChangedError } from '../../domain/shared/errors.ts';
import type { SourcePart } from '../../schemas/plan.ts';

/** Throws SourceChangedError when the bytes that were read, by their sha256, are not those that were planned. */
export function expectUnchanged(part: SourcePart, digest: string): void {
  if (digest === part.digest) return;
  throw new SourceChangedError(
    `reading ${part.source_file}, bytes ${part.start} to ${part.end}: expected the content the run was planned with (sha256 ${part.digest.slice(0, 12)}…), found another.`,
    'The file was changed while the run was going on. Run the same command again: it plans anew and reuses every finished shard.',
    { file: part.source_file },
  );
}
