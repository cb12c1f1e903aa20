import { readFileSync } from 'node:fs';
import { UsageError } from '../../domain/shared/errors.ts';
import { releaseManifestSchema, type ReleaseManifest } from '../../schemas/release-manifest.ts';

/** The manifest in a file, as it stands there. UsageError when it is none; whether it was edited, its digest has to say. */
export function readManifest(path: string): ReleaseManifest {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `reading the release manifest ${path}: expected a file, found ${(error as NodeJS.ErrnoException).code ?? 'none'}.`,
      'Name the release-manifest.json of a release; `lauter release freeze` printed where it is.',
    );
  }
  const parsed = releaseManifestSchema.safeParse(jsonOrNothing(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new UsageError(
    `reading the release manifest ${path}: expected a release-manifest/1, found another document${place}.`,
    'Take it from where it was committed, or name another file.',
  );
}

/** The accepted manifest that stands in a place already; undefined when there is none. */
export function acceptedManifest(path: string): ReleaseManifest | undefined {
  try {
    const manifest = readManifest(path);
    return manifest.verdict === 'accepted' ? manifest : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
