import type { CorpusInit, CorpusVerification, OverlayEdit } from '../../schemas/bench-corpus-reports.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** A corpus that was built, by source, with what was left out and why. */
export function tellCorpusInit({ corpus_version: version, path, ...built }: CorpusInit): string {
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${plain(name)} ${count.toLocaleString('en')}`)
      .join(', ') || 'none';
  return [
    `corpus ${version}: ${built.event_count.toLocaleString('en')} events in ${plain(path)}`,
    `corpus_content_hash ${built.corpus_content_hash}`,
    '',
    textTable(
      ['source', 'events'],
      Object.entries(built.source_counts).map(([source, count]) => [plain(source), count.toLocaleString('en')]),
    ),
    '',
    `left out: ${counted(built.dropped_counts)}`,
    `redacted: ${counted(built.redaction_counts)}`,
    ...built.warnings.map((warning) => `warning: ${plain(warning)}`),
  ].join('\n');
}

/** `ok` and the hash, or every mismatch with its row. */
export function tellCorpusVerification({ ok, corpus_version: version, mismatches, ...found }: CorpusVerification): string {
  if (ok) {
    const overlay = found.overlay_count === 0 ? '' : `, ${found.overlay_count} adversarial`;
    const label = found.is_foreign ? ' (a label of the program that made it)' : '';
    return `ok ${plain(found.corpus_content_hash ?? '')}${label}\n${version}: ${found.event_count.toLocaleString('en')} events${overlay}`;
  }
  const lines = mismatches.map(({ check, file, line, event_id: eventId, expected, found: seen }) => {
    const place = `${file}${line === null ? '' : `:${line}`}${eventId === null ? '' : ` (${plain(eventId)})`}`;
    return `${place}, ${check}: expected ${plain(expected)}, found ${plain(seen)}`;
  });
  return [`${version}: ${mismatches.length.toLocaleString('en')} mismatches`, ...lines].join('\n');
}

/** What became of the overlay. */
export function tellOverlayEdit({
  corpus_version: version,
  action,
  event_id: eventId,
  overlay_count: count,
  overlay_hash: hash,
}: OverlayEdit): string {
  return `${plain(eventId)} ${action}: the overlay of ${version} holds ${count} events${hash === null ? '' : `, overlay_hash ${hash}`}`;
}
