import { formatDuration, shortenDigest } from '../../reports/shared/format.ts';
import type { ReleaseFreeze } from '../../schemas/release-freeze.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

const SHOWN_FINDINGS = 5;

/** A freeze for people: the gates, what speaks against it, where the manifest is, and how to go on. */
export function tellFreeze({ version, verdict, head, branch, run_id, gates, paths, tag_command, manifest_digest }: ReleaseFreeze): string {
  const against = gates.filter(({ state }) => state !== 'passed');
  return [
    `release ${version} of ${shortenDigest(head)}${branch === null ? '' : ` on ${plain(branch)}`}, run ${run_id}`,
    '',
    textTable(
      ['gate', 'state', 'took', ''],
      gates.map(({ gate, state, duration_ms, detail }) => [gate, state, formatDuration(duration_ms), plain(detail)]),
    ),
    ...against.flatMap(({ gate, findings }) => (findings.length === 0 ? [] : ['', `${gate}:`, ...shown(findings)])),
    '',
    `manifest  ${plain(paths.manifest)}  (sha256 ${shortenDigest(manifest_digest)})`,
    `page      ${plain(paths.html)}`,
    `tests     ${plain(paths.test_log)}`,
    '',
    tag_command === null
      ? `${verdict}: ${against.length} of ${gates.length} gates did not pass, so there is nothing to tag`
      : `accepted: every gate passed. Nothing was tagged; the tag is made by\n\n  ${tag_command}`,
  ].join('\n');
}

function shown(findings: readonly string[]): string[] {
  const more = findings.length - SHOWN_FINDINGS;
  return [
    ...findings.slice(0, SHOWN_FINDINGS).map((finding) => `  ${plain(finding)}`),
    ...(more > 0 ? [`  and ${more} more; the manifest lists them`] : []),
  ];
}
