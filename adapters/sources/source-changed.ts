import { statSync } from 'node:fs';
import { SourceChangedError } from '../../domain/shared/errors.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import { readChunks } from '../byte-chunks.ts';
import { startSha256 } from '../digest.ts';

/** Throws SourceChangedError when the bytes that were read, by their sha256, are not those that were planned. */
export function expectUnchanged(part: SourcePart, digest: string): void {
  if (digest === part.digest) return;
  throw new SourceChangedError(
    `reading ${part.source_file}, bytes ${part.start} to ${part.end}: expected the content the run was planned with (sha256 ${part.digest.slice(0, 12)}…), found another.`,
    'The file was changed while the run was going on. Run the same command again: it plans anew and reuses every finished shard.',
    { file: part.source_file },
  );
}

/** The same for a whole file, which is read for it: what stands at the end of one may say what it holds, so that nothing may have been added either. */
export async function expectPlanned(part: SourcePart): Promise<void> {
  const digest = startSha256();
  const whole = { ...part, end: statSync(part.path).size };
  for await (const chunk of readChunks(whole)) digest.update(chunk);
  expectUnchanged(part, digest.digest());
}
