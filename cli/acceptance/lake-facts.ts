import { recordOfRow } from '../../activities/record.ts';
import type { EvidenceRow } from '../../activities/ports.ts';
import { sha256, startSha256 } from '../../adapters/digest.ts';
import { readVersionRows } from '../../adapters/lake/version-rows.ts';
import type { AcceptanceFacts, EvidenceFact, Place } from '../../domain/acceptance/index.ts';
import { digestStoredScore, storedProvenance, type StoredEvidence, type StoredScore } from '../../domain/receipts/index.ts';
import { SCORER_VERSION, type scoreEvidence } from '../../domain/score/index.ts';
import { evidenceSchema, type Message } from '../../schemas/evidence.ts';

/** The scoring rules; another hand may be handed in where a test wants to see the check fail. */
export type Scorer = typeof scoreEvidence;

type LakeFacts = Pick<AcceptanceFacts, 'evidence' | 'malformed' | 'scores' | 'rescored'>;
type Row = StoredEvidence & EvidenceRow & { readonly is_excluded: boolean };

/** What the lake holds of a run: read from its Parquet files, row by row. */
export async function lakeFacts(workspace: string, runId: string, partialMin: number, score: Scorer): Promise<LakeFacts> {
  const { evidence, scored } = await readVersionRows<Row, StoredScore>(workspace, runId);
  return {
    evidence: evidence.map(evidenceFact),
    malformed: evidence.flatMap((row) => {
      const parsed = evidenceSchema.safeParse(evidenceOf(row));
      const [issue] = parsed.error?.issues ?? [];
      return issue === undefined ? [] : [{ id: row.id, problem: `${issue.path.join('.')}: ${issue.message}` }];
    }),
    scores: scored.map(({ evidence_id, category }) => ({ evidence_id, category })),
    rescored: rescore(
      evidence.filter((row) => !row.is_excluded),
      scored,
      partialMin,
      score,
    ),
  };
}

function evidenceFact(row: Row): EvidenceFact {
  const { id, source, source_file, line_offset, sig_hash, model, task_key, outcome_value: value, is_excluded } = row;
  const turns = JSON.parse(row.messages) as Message[];
  const system = turns.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    id,
    source,
    source_file,
    locator: JSON.parse(row.locator) as Place,
    line_offset,
    sig_hash,
    model,
    task_key,
    system: system.join('\n'),
    value,
    is_excluded,
  };
}

/** The record as evidence/1 spells it. */
function evidenceOf(row: Row): unknown {
  const { id, source, adapter, day, model, provider, attempt, trial, parent_id, origin, generation } = row;
  return {
    id,
    source,
    adapter,
    provenance: storedProvenance(row),
    day,
    task: { key: row.task_key, id: row.task_id, text: row.task_text, hash: row.task_hash },
    messages: JSON.parse(row.messages) as unknown,
    ...(row.tools === null ? {} : { tools: JSON.parse(row.tools) as unknown }),
    artifacts: JSON.parse(row.artifacts) as unknown,
    outcome: { state: row.outcome_state, value: row.outcome_value, from: row.outcome_from },
    signals: JSON.parse(row.signals) as unknown,
    model,
    provider,
    usage: JSON.parse(row.usage) as unknown,
    attempt,
    trial,
    parent_id,
    origin,
    generation,
    redactions: JSON.parse(row.redactions) as unknown,
  };
}

/** The run scored its records while they were in memory; here they are scored once more, as they came back from the lake. */
function rescore(evidence: readonly Row[], scored: readonly StoredScore[], partialMin: number, score: Scorer): LakeFacts['rescored'] {
  const rowOf = new Map(evidence.map((row) => [row.id, row]));
  const [before, after] = [startSha256(), startSha256()];
  const changed: string[] = [];
  for (const stored of scored) {
    const row = rowOf.get(stored.evidence_id);
    const was = digestStoredScore(stored, sha256).row_digest;
    const is =
      row === undefined ? 'no evidence' : digestStoredScore({ ...placeOf(stored), ...scoreOf(row, partialMin, score) }, sha256).row_digest;
    before.update(was);
    after.update(is);
    if (was !== is) changed.push(stored.evidence_id);
  }
  return { stored: before.digest(), again: after.digest(), changed };
}

function scoreOf(row: Row, partialMin: number, score: Scorer) {
  const { category, rule, reasons } = score(recordOfRow(row), { partialMin });
  return { evidence_id: row.id, category, rule, reasons: JSON.stringify(reasons), scorer_version: SCORER_VERSION };
}

function placeOf({ source_file, line_offset, locator, sig_hash, recorded_at, recorded_at_from }: StoredScore) {
  return { source_file, line_offset, locator, sig_hash, recorded_at, recorded_at_from };
}
