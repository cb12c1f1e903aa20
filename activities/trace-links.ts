import {
  digestStoredEvidence,
  digestStoredScore,
  storedProvenance,
  type StoredEvidence,
  type StoredScore,
} from '../domain/receipts/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { JsonObject, JsonValue } from '../domain/shared/json.ts';
import type { TraceLink } from '../schemas/trace.ts';
import type { ExportLook, FoundRow } from './trace-rows.ts';
import { broken, holds } from './trace-source.ts';
import type { StoredRow } from './trace-world.ts';

const WRITE_ANEW = 'Do not use this export. `lauter distill run-all` writes the sets anew.';

/** The files in which the rows stand, as the run wrote them; also a file without such a row that is not what it was, as the row may be missing there. */
export function exportFileLinks({ rows, files }: Pick<ExportLook, 'rows' | 'files'>, of: string): TraceLink[] {
  return files.flatMap(({ set, path, sha256, now }) => {
    const place = { link: 'export_file', of, path } as const;
    const expected = `sha256 ${sha256}`;
    if (now === null) return set === 'quarantine' ? [] : [broken(place, expected, 'no such file', WRITE_ANEW)];
    if (now !== sha256) return [broken(place, expected, `sha256 ${now}`, WRITE_ANEW)];
    return rows.some(({ file }) => file === path) ? [holds(place, expected)] : [];
  });
}

/** An exported row against the scored run that it was made of: its source, its category, its task. */
export function exportRowLink(row: FoundRow, evidence: StoredEvidence, scored: StoredScore | undefined): TraceLink {
  const { content, role, file, line, set } = row;
  const side = role === 'record' ? content.provenance : (content.provenance as JsonObject | undefined)?.[role];
  const category = set === 'sft' ? content.quality_score : role === 'record' ? content.category : content[`${role}_category`];
  const place = { link: 'export_row', of: row.id, path: `${file}:${line}` } as const;
  const expected = textOf({ provenance: storedProvenance(evidence), category: scored?.category ?? null, task_key: evidence.task_key });
  const found = textOf({ provenance: side ?? null, category: category ?? null, task_key: content.task_key ?? null });
  return expected === found ? holds(place, expected) : broken(place, expected, found, WRITE_ANEW);
}

/** The scored row: in a file that is whole, with the digest of what it holds, about the very record. */
export function scoredLinks(
  scored: StoredRow<StoredScore> | undefined,
  evidence: StoredEvidence,
  sha256: (text: string) => string,
): TraceLink[] {
  if (scored === undefined) {
    const place = { link: 'scored_row', of: evidence.id, path: 'lake/scored' } as const;
    return [broken(place, 'one scored row', 'none', 'Run `lauter distill run-all`: it scores what has no score.')];
  }
  const { row, file } = scored;
  const place = { link: 'scored_row', of: evidence.id, path: file } as const;
  const stored = textOf({ row_digest: row.row_digest, content_digest: row.content_digest, provenance: storedProvenance(evidence) });
  const found = textOf({ ...digestStoredScore(row, sha256), provenance: storedProvenance(row) });
  return [
    shardLink('scored_shard', evidence.id, scored),
    stored === found ? holds(place, stored) : broken(place, stored, found, makeAnew(file)),
  ];
}

/** The evidence row: in a file that is whole, with the digest of what it holds. */
export function evidenceLinks(evidence: StoredRow<StoredEvidence>, sha256: (text: string) => string): TraceLink[] {
  const { row, file } = evidence;
  const place = { link: 'evidence_row', of: row.id, path: file } as const;
  const stored = textOf({ row_digest: row.row_digest, content_digest: row.content_digest });
  const found = textOf({ ...digestStoredEvidence(row, sha256) });
  return [
    shardLink('evidence_shard', row.id, evidence),
    stored === found ? holds(place, stored) : broken(place, stored, found, makeAnew(file)),
  ];
}

function shardLink(link: 'evidence_shard' | 'scored_shard', of: string, { file, finding, isEntered }: StoredRow<object>): TraceLink {
  const place = { link, of, path: file } as const;
  if (finding !== null) return broken(place, finding.expected, finding.found, makeAnew(file));
  const expected = 'the file that manifest and entry of its shard state';
  return isEntered ? holds(place, expected) : broken(place, expected, 'an entry that is gone or states another file', makeAnew(file));
}

function makeAnew(file: string): string {
  return `Remove ${file} and run \`lauter distill run-all\`: it is made anew from the source.`;
}

function textOf(value: object): string {
  return canonicalJson(value as JsonValue);
}
