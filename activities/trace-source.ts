import type { StoredEvidence } from '../domain/receipts/index.ts';
import type { Locator } from '../schemas/evidence.ts';
import type { TraceLink } from '../schemas/trace.ts';
import type { ReadSource, SourceRecord } from './trace-world.ts';

const RUN_AGAIN = 'Put back what the run read, or run `lauter distill run-all` so that the data follows the source as it is now.';

/** What stands in the source now against what was read: the file, the record in its place, and the id that evidence made of it has. */
export function sourceLinks(row: StoredEvidence, { path, plannedBytes, now }: ReadSource): TraceLink[] {
  const file = { link: 'source_file', of: row.id, path } as const;
  const record = { link: 'source_record', of: row.id, path } as const;
  const locator = JSON.parse(row.locator) as Locator;
  const at = describePlace(locator, row.line_offset);
  const whole = `the file that was read as ${row.source_file}`;
  const signed = `sig_hash ${row.sig_hash} at ${at}`;
  const size = plannedBytes === null ? whole : `${whole}, ${plannedBytes} bytes`;
  switch (now.state) {
    case 'found':
      return [holds(file, whole), holds(record, signed), idLink(row, path, now.record)];
    case 'elsewhere':
      return [
        holds(file, whole),
        broken(
          record,
          signed,
          `the same record at ${describePlace(now.record.locator, now.record.line)}`,
          `The record stands in another place of the file now. ${RUN_AGAIN}`,
        ),
        idLink(row, path, now.record),
      ];
    case 'moved': {
      const found = `${now.isGone ? 'no such file' : 'other content'}; the record stands in ${now.path}, at ${describePlace(now.record.locator, now.record.line)}`;
      const remedy = `The file was renamed, rotated or compressed. Move it back from ${now.path}, or run \`lauter distill run-all\` on it where it is.`;
      return [
        broken(file, whole, found, remedy),
        holds({ ...record, path: now.path }, `sig_hash ${row.sig_hash}`),
        idLink(row, now.path, now.record),
      ];
    }
    case 'packed':
      return [
        holds({ ...file, path: now.path }, `${whole}, packed since`),
        holds({ ...record, path: now.path }, `sig_hash ${row.sig_hash} at ${describePlace(now.record.locator, now.record.line)}`),
        idLink(row, now.path, now.record),
      ];
    case 'changed':
      return [
        now.bytes < (plannedBytes ?? 0) ? broken(file, size, `${now.bytes} bytes`, RUN_AGAIN) : holds(file, whole),
        broken(record, signed, `sig_hash ${now.record.sigHash}`, `The record was changed after it was read. ${RUN_AGAIN}`),
      ];
    case 'no_record': {
      const isShorter = plannedBytes !== null && now.bytes < plannedBytes;
      return [
        isShorter ? broken(file, size, `${now.bytes} bytes: the file shrank`, RUN_AGAIN) : holds(file, whole),
        broken(record, signed, 'no record there, nor elsewhere in the file', RUN_AGAIN),
      ];
    }
    case 'gone':
      return [
        unprovable(
          file,
          whole,
          'no such file, and none beside it that holds the record',
          'Put the file back where it was, and trace again.',
        ),
        unprovable(record, signed, 'nothing to hold it against', 'Put the file back where it was, and trace again.'),
      ];
    case 'unreadable':
      return [
        unprovable(
          file,
          whole,
          `a file that cannot be read: ${now.detail}`,
          'Make it readable, or put a whole copy back, and trace again.',
        ),
        unprovable(record, signed, 'nothing to hold it against', 'Make the file readable, and trace again.'),
      ];
    case 'unplanned':
      return [
        unprovable(
          file,
          'the plan of the run, which says how the file was read',
          'none that names the file',
          'Restore the folder of the run below lake/runs, or run `lauter distill run-all`.',
        ),
        unprovable(record, signed, 'nothing to hold it against', 'Restore the plan of the run, and trace again.'),
      ];
  }
}

/** A place for people: the line as editors count it, and the pointer or archive member. */
export function describePlace({ pointer, member }: Locator, lineOffset: number): string {
  const parts = [`line ${lineOffset + 1}`];
  if (pointer !== undefined && pointer !== '') parts.push(`pointer ${pointer}`);
  if (member !== undefined) parts.push(`member ${member}`);
  return parts.join(', ');
}

function idLink(row: StoredEvidence, path: string, record: SourceRecord): TraceLink {
  const place = { link: 'evidence_id', of: row.id, path } as const;
  const expected = `id ${row.id}`;
  if (record.evidenceId === row.id) return holds(place, expected);
  const remedy = 'The adapter now makes another attempt of this record. `lauter distill run-all` makes the evidence anew.';
  return broken(place, expected, `id ${record.evidenceId}`, remedy);
}

type Place = Pick<TraceLink, 'link' | 'of' | 'path'>;

/** A link that holds: what was expected is what was found. */
export function holds(place: Place, expected: string): TraceLink {
  return { ...place, state: 'holds', expected, found: expected, remedy: '' };
}

/** A link that does not. */
export function broken(place: Place, expected: string, found: string, remedy: string): TraceLink {
  return { ...place, state: 'broken', expected, found, remedy };
}

function unprovable(place: Place, expected: string, found: string, remedy: string): TraceLink {
  return { ...place, state: 'unprovable', expected, found, remedy };
}
