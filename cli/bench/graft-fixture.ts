import type { OpenCorpus } from '../../activities/bench/open-corpus.ts';
import type { OpenQa } from '../../activities/bench/open-qa.ts';
import { sha256 } from '../../adapters/digest.ts';
import { graftQa, validateQa } from '../../domain/bench/index.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { QaProvenance, QaWorklistRow } from '../../schemas/bench-qa.ts';
import type { QaGraftReport } from '../../schemas/bench-qa-reports.ts';

/** A new fixture with everything that is written beside it. */
export interface GraftedFixture {
  readonly rows: readonly JsonObject[];
  readonly provenance: QaProvenance;
  readonly worklist: readonly QaWorklistRow[];
  readonly counts: Pick<QaGraftReport, 'from_corpus_hash' | 'to_corpus_hash' | 'mapped' | 'unmapped' | 'scoreable' | 'total'>;
}

/** Carries a fixture over to another corpus; its provenance goes on with one graft more. */
export function graftFixture({
  qa,
  from,
  to,
  name,
  at,
}: {
  readonly qa: OpenQa;
  readonly from: OpenCorpus | undefined;
  readonly to: OpenCorpus;
  readonly name: string;
  readonly at: string;
}): GraftedFixture {
  const { rows, mapped, unmapped, worklist } = graftQa({ rows: qa.rows, from: from?.rows ?? [], to: to.rows });
  const lines = rows.map((value, index) => ({ line: index + 1, value }));
  const request = { fixture: name, rows: lines, provenance: undefined, corpus: to, minScoreable: 0, allowMismatch: undefined };
  const { qa_content_hash: qaHash, scoreable, per_source: perSource, total } = validateQa(request, sha256);
  const fromHash = from?.contentHash ?? qa.provenance?.corpus_content_hash ?? null;
  const graft = {
    from_corpus_hash: fromHash,
    to_corpus_hash: to.contentHash,
    at_iso: at,
    method: 'content_sha256',
    mapped: [...mapped],
    unmapped: [...unmapped],
  };
  return {
    rows,
    worklist,
    provenance: {
      ...qa.provenance,
      fixture: name,
      version: name,
      corpus_version: to.version,
      corpus_schema_version: to.schemaVersion,
      corpus_content_hash: to.contentHash,
      jsonl_content_hash: to.jsonlHash,
      qa_content_hash: qaHash,
      event_count: to.rows.length,
      scoreable,
      stratification: perSource,
      grafts: [...(qa.provenance?.grafts ?? []), graft],
    },
    counts: {
      from_corpus_hash: fromHash,
      to_corpus_hash: to.contentHash,
      mapped: mapped.length,
      unmapped: unmapped.length,
      scoreable,
      total,
    },
  };
}
