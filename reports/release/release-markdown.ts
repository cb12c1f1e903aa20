import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { escapeMarkdown, markdownCode } from '../shared/escape.ts';
import { writeTableMarkdown } from '../shared/table-markdown.ts';
import { writeVerdictMarkdown } from '../shared/verdict-markdown.ts';
import { describeRelease } from './release-sections.ts';
import { judgeRelease, releaseFacts } from './release-verdict.ts';

/** A freeze as Markdown: the sections of the page, fit to be committed beside the manifest. */
export function writeReleaseMarkdown(manifest: ReleaseManifest, command: string | null, name: string): string {
  const verdict = judgeRelease(manifest, command);
  return [
    `# ${verdict.word}: release ${markdownCode(manifest.version)}\n`,
    ...writeVerdictMarkdown(verdict),
    `${releaseFacts(manifest).map(escapeMarkdown).join(' · ')}\n`,
    ...describeRelease(manifest, name).map(
      ({ title, lead, table }) => `## ${title}\n\n${escapeMarkdown(lead)}\n\n${writeTableMarkdown(table)}`,
    ),
    `The manifest states its own digest: ${markdownCode(manifest.manifest_digest)}.\n`,
  ].join('\n');
}
