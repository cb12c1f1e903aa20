import { join, relative, sep } from 'node:path';
import type { KeptReleases } from '../../activities/release/world.ts';
import { startFile } from '../../adapters/files/new-file.ts';
import { tagCommand } from '../../domain/release/index.ts';
import { renderRelease } from '../../reports/release/render-release.ts';
import type { ReleaseFreeze } from '../../schemas/release-freeze.ts';
import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { acceptedManifest } from './read-manifest.ts';
import { releasePlaces } from './release-places.ts';

export interface KeepWhere {
  readonly root: string;
  readonly out: string | undefined;
  /** Folder that printed paths start from. */
  readonly shownFrom: string;
}

/**
 * Stores what a freeze came to: page and tables, Markdown, the manifest last, each whole; then, when it was accepted, the release counts for later
 * runs. One that was not accepted never takes the place of one that was.
 */
export function keepRelease(releases: KeptReleases, manifest: ReleaseManifest, { root, out, shownFrom }: KeepWhere): ReleaseFreeze {
  const { version, verdict, frozen_at, head, manifest_digest, dataset, splits, gates } = manifest;
  const first = releasePlaces(root, version, out, 'release');
  const isHeldBack = verdict !== 'accepted' && acceptedManifest(first.manifest) !== undefined;
  const places = isHeldBack ? releasePlaces(root, version, out, 'release-refused') : first;
  const command = verdict === 'accepted' ? tagCommand(manifest) : null;
  const name = isHeldBack ? 'release-freeze-refused' : 'release-freeze';
  const { beside, markdown } = renderRelease(manifest, command, name);
  for (const file of beside) writeWhole(join(places.reports, file.name), file.text);
  writeWhole(places.markdown, markdown);
  writeWhole(places.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  if (splits !== null) releases.enter({ schema: 'release/1', version, frozen_at, run_id: dataset.run_id, head, manifest_digest, splits });
  const shown = (path: string): string => {
    const short = relative(shownFrom, path).replaceAll(sep, '/');
    return short.startsWith('../') ? path : short;
  };
  return {
    schema: 'release-freeze/1',
    version,
    verdict,
    tag: version,
    tag_command: command,
    head,
    branch: manifest.branch,
    run_id: dataset.run_id,
    manifest_digest,
    duration_ms: gates.reduce((sum, { duration_ms }) => sum + duration_ms, 0),
    gates,
    paths: {
      manifest: shown(places.manifest),
      markdown: shown(places.markdown),
      html: shown(join(places.reports, `${name}.html`)),
      test_log: shown(places.testLog),
    },
  };
}

function writeWhole(path: string, text: string): void {
  const file = startFile(path);
  try {
    file.write(text);
    file.publish();
  } finally {
    file.discard();
  }
}
