import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { writePage } from '../shared/page.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import { describeRelease } from './release-sections.ts';
import { judgeRelease, releaseFacts } from './release-verdict.ts';

/** A freeze as one HTML file that needs nothing but itself; `name` is that of the page, without its ending. */
export function writeReleasePage(manifest: ReleaseManifest, command: string | null, name: string): string {
  const jsonName = `${name}.json`;
  return writePage({
    kind: 'Release freeze',
    subject: manifest.version,
    facts: releaseFacts(manifest),
    verdict: judgeRelease(manifest, command),
    sections: describeRelease(manifest, name).map(({ table, ...section }) => ({ ...section, body: writeTableHtml(table, jsonName) })),
    colophon: `Everything on this page also stands in ${jsonName} beside it. The manifest states its own digest, ${manifest.manifest_digest}.`,
  });
}
