import { storedProvenance, type StoredEvidence, type StoredScore } from '../domain/receipts/index.ts';
import { isObject, type JsonValue } from '../domain/shared/json.ts';
import { parseStrictJson } from '../domain/shared/strict-json.ts';
import { judgeTrace, redactSource } from '../domain/trace/index.ts';
import type { ScoreReason } from '../schemas/scored-run.ts';
import type { SourceRow, Trace, TracedRecord, TraceLink } from '../schemas/trace.ts';
import type { Category } from '../schemas/vocabulary.ts';
import { evidenceLinks, exportFileLinks, exportRowLink, scoredLinks } from './trace-links.ts';
import { lookIntoExports, type ExportLook } from './trace-rows.ts';
import { broken, holds, sourceLinks } from './trace-source.ts';
import type { LakeDamage, ReadSource, StoredRow, TracedRun, TraceWorld } from './trace-world.ts';

/** What an id turned out to be. */
export interface TraceSubject {
  readonly asked: string;
  readonly kind: Trace['kind'];
  readonly id: string;
  /** The record; of a pair the chosen one and the rejected one. */
  readonly records: readonly { readonly role: TracedRecord['role']; readonly evidenceId: string }[];
}

const SHOWN_CHARS = 20_000;

/**
 * Follows a row from the export back to the line of the source it came from and holds every link: files and rows by their digests, the source by
 * reading the record again where it stood. A link that does not hold is a value; nothing that is wrong with the data makes it throw.
 */
export async function traceRow(
  world: TraceWorld,
  run: TracedRun,
  subject: TraceSubject,
  { isRunNamed }: { isRunNamed: boolean },
): Promise<Trace> {
  const ids = subject.records.map(({ evidenceId }) => evidenceId);
  const look = await lookIntoExports(run, ids);
  const latest = world.latestExport();
  const own = subject.kind === 'pair' ? look.rows.filter(({ id }) => id === subject.id) : look.rows;
  const links: TraceLink[] = [];
  if (own.length > 0 && !isRunNamed) links.push(latestLink(subject.id, run.runId, latest));
  links.push(...exportFileLinks({ rows: own, files: look.files }, subject.id));
  const records: TracedRecord[] = [];
  for (const { role, evidenceId } of subject.records) {
    const evidence = await run.evidence(evidenceId);
    if (evidence === undefined) {
      links.push(...missingLinks(evidenceId, await run.damage()));
      continue;
    }
    const scored = await run.scored(evidenceId);
    const source = await run.readSource(evidence.row);
    for (const row of own) if (row.evidenceId === evidenceId) links.push(exportRowLink(row, evidence.row, scored?.row));
    links.push(...scoredLinks(scored, evidence.row, world.sha256), ...evidenceLinks(evidence, world.sha256));
    links.push(...sourceLinks(evidence.row, source));
    records.push(describeRecord(role, evidence, scored, source, { ...look, rows: own }));
  }
  const { asked, kind, id } = subject;
  return { schema: 'trace/1', asked, kind, id, run_id: run.runId, latest_run_id: latest, ...judgeTrace(links), links, records };
}

/** A record that the lake no longer gives out: because of the files that are damaged, where any are. */
function missingLinks(of: string, damage: readonly LakeDamage[]): TraceLink[] {
  const remedy = 'Run `lauter distill run-all`: what is missing is made anew.';
  const row = broken({ link: 'evidence_row', of, path: 'lake/evidence' }, 'one evidence row', 'none', remedy);
  const files = damage.map(({ path, expected, found }) => {
    const link = path.startsWith('lake/scored/') ? 'scored_shard' : 'evidence_shard';
    return broken(
      { link, of, path },
      expected,
      found,
      `Remove ${path} and run \`lauter distill run-all\`: it is made anew from the source.`,
    );
  });
  return [...files, row];
}

function latestLink(of: string, runId: string, latest: string | null): TraceLink {
  const place = { link: 'latest_export', of, path: 'exports/latest' } as const;
  if (latest === runId) return holds(place, `run ${runId}`);
  const found = latest === null ? 'no accepted export' : `run ${latest}, in which it does not stand`;
  return broken(place, `run ${runId}`, found, 'Use the rows of exports/latest; `--run-id ID` traces a row of an older run as it was.');
}

function describeRecord(
  role: TracedRecord['role'],
  { row, file }: StoredRow<StoredEvidence>,
  scored: StoredRow<StoredScore> | undefined,
  source: ReadSource,
  look: ExportLook,
): TracedRecord {
  return {
    role,
    evidence_id: row.id,
    source: row.source,
    adapter: row.adapter,
    task: { key: row.task_key, text: row.task_text },
    shard_file: file,
    provenance: storedProvenance(row),
    source_line: row.line_offset + 1,
    scored:
      scored === undefined
        ? null
        : {
            category: scored.row.category as Category,
            rule: scored.row.rule,
            reasons: JSON.parse(scored.row.reasons) as ScoreReason[],
            scorer_version: scored.row.scorer_version,
            shard_file: scored.file,
          },
    exports: look.rows
      .filter(({ evidenceId }) => evidenceId === row.id)
      .map(({ evidenceId: _evidenceId, content: _content, ...exported }) => exported),
    left_out: look.leftOut.filter(({ evidenceId }) => evidenceId === row.id).map(({ evidenceId: _evidenceId, ...reason }) => reason),
    source_row: sourceRowOf(row, source),
  };
}

/** Only a record that is the one that was read is shown from the source; anything else is none of this row's business. */
function sourceRowOf(row: StoredEvidence, { now }: ReadSource): SourceRow {
  const isSame = 'record' in now && now.record.sigHash === row.sig_hash;
  const value: JsonValue = isSame ? now.record.signed : keptForm(row);
  return { from: isSame ? 'source' : 'evidence', ...redactSource(value, SHOWN_CHARS) };
}

/** What the evidence keeps of the record, which was redacted before it was stored. */
function keptForm(row: StoredEvidence): JsonValue {
  const nested = (text: string | null): JsonValue => (text === null ? null : parseStrictJson(text));
  const kept = { task: row.task_text, messages: nested(row.messages), artifacts: nested(row.artifacts), signals: nested(row.signals) };
  return isObject(kept) ? kept : null;
}
