/**
 * The tables of the lake. A shard is handed over as JSON lines; `read` names the columns as they stand in those lines, `select` what is stored.
 * Nested values are stored as JSON text of the same value, to the last digit; DuckDB spells exponents (1e21) and escapes (\u001F) its own way, so a
 * digest is recomputed from the value, not from the text.
 */
export interface Kind {
  /** Columns of the JSON lines with their DuckDB types. */
  readonly read: Readonly<Record<string, string>>;
  /** Stored columns: name → expression over the columns of `read`. */
  readonly select: Readonly<Record<string, string>>;
  /** Order of rows that come from a query; `place` unless stated. */
  readonly order?: string;
}

const PLACE = { shard: 'shard', place: 'place' };
const PLACE_TYPES = { shard: 'VARCHAR', place: 'INTEGER' };
const DIGESTS = { row_digest: 'row_digest', content_digest: 'content_digest' };
const DIGEST_TYPES = { row_digest: 'VARCHAR', content_digest: 'VARCHAR' };

const PROVENANCE_TYPE =
  'STRUCT(source_file VARCHAR, locator JSON, line_offset BIGINT, sig_hash VARCHAR, recorded_at VARCHAR, recorded_at_from VARCHAR)';
const PROVENANCE = {
  source_file: 'provenance.source_file',
  line_offset: 'provenance.line_offset',
  pointer: "provenance.locator->>'$.pointer'",
  locator: 'CAST(provenance.locator AS VARCHAR)',
  sig_hash: 'provenance.sig_hash',
  recorded_at: 'provenance.recorded_at',
  recorded_at_from: 'provenance.recorded_at_from',
};

export const KINDS = {
  evidence: {
    read: {
      id: 'VARCHAR',
      source: 'VARCHAR',
      adapter: 'VARCHAR',
      provenance: PROVENANCE_TYPE,
      day: 'VARCHAR',
      task: 'STRUCT("key" VARCHAR, id VARCHAR, "text" VARCHAR, hash VARCHAR)',
      messages: 'JSON',
      tools: 'JSON',
      artifacts: 'JSON',
      outcome: 'STRUCT(state VARCHAR, "value" DOUBLE, "from" VARCHAR)',
      signals: 'JSON',
      model: 'VARCHAR',
      provider: 'VARCHAR',
      usage: 'JSON',
      attempt: 'INTEGER',
      trial: 'INTEGER',
      parent_id: 'VARCHAR',
      origin: 'VARCHAR',
      generation: 'INTEGER',
      redactions: 'JSON',
      ...DIGEST_TYPES,
      ...PLACE_TYPES,
    },
    select: {
      id: 'id',
      source: 'source',
      adapter: 'adapter',
      ...PROVENANCE,
      day: 'day',
      task_key: 'task.key',
      task_id: 'task.id',
      task_text: 'task.text',
      task_hash: 'task.hash',
      messages: 'CAST(messages AS VARCHAR)',
      tools: 'CAST(tools AS VARCHAR)',
      artifacts: 'CAST(artifacts AS VARCHAR)',
      outcome_state: 'outcome.state',
      outcome_value: 'outcome.value',
      outcome_from: 'outcome.from',
      signals: 'CAST(signals AS VARCHAR)',
      model: 'model',
      provider: 'provider',
      usage: 'CAST(usage AS VARCHAR)',
      attempt: 'attempt',
      trial: 'trial',
      parent_id: 'parent_id',
      origin: 'origin',
      generation: 'generation',
      redactions: 'CAST(redactions AS VARCHAR)',
      ...DIGESTS,
      ...PLACE,
    },
  },
  /** Records that never became evidence. */
  refused: {
    read: {
      source: 'VARCHAR',
      reason: 'VARCHAR',
      detail: 'VARCHAR',
      source_file: 'VARCHAR',
      locator: 'JSON',
      line_offset: 'BIGINT',
      sig_hash: 'VARCHAR',
      ...PLACE_TYPES,
    },
    select: {
      source: 'source',
      reason: 'reason',
      detail: 'detail',
      source_file: 'source_file',
      locator: 'CAST(locator AS VARCHAR)',
      line_offset: 'line_offset',
      sig_hash: 'sig_hash',
      ...PLACE,
    },
  },
  scored: {
    read: {
      evidence_id: 'VARCHAR',
      source: 'VARCHAR',
      provenance: PROVENANCE_TYPE,
      task_key: 'VARCHAR',
      category: 'VARCHAR',
      rule: 'VARCHAR',
      reasons: 'JSON',
      scorer_version: 'VARCHAR',
      model: 'VARCHAR',
      day: 'VARCHAR',
      ...DIGEST_TYPES,
      ...PLACE_TYPES,
    },
    select: {
      evidence_id: 'evidence_id',
      source: 'source',
      ...PROVENANCE,
      task_key: 'task_key',
      category: 'category',
      rule: 'rule',
      reasons: 'CAST(reasons AS VARCHAR)',
      scorer_version: 'scorer_version',
      model: 'model',
      day: 'day',
      ...DIGESTS,
      ...PLACE,
    },
  },
  /**
   * What each scored record could become in each set, before anything is decided across records. The rows themselves are the lines `rag_line` and
   * `sft_line` of the texts of the same key; `_key` columns are 128 bits of a digest, for telling equal texts.
   */
  candidates: {
    read: {
      evidence_id: 'VARCHAR',
      provenance: PROVENANCE_TYPE,
      task_key: 'VARCHAR',
      draw: 'UINTEGER',
      category: 'VARCHAR',
      value: 'DOUBLE',
      rag_refusal: 'VARCHAR',
      rag_line: 'INTEGER',
      rag_key: 'UUID',
      rag_digest: 'VARCHAR',
      rag_tokens: 'INTEGER',
      sft_refusal: 'VARCHAR',
      sft_line: 'INTEGER',
      sft_key: 'UUID',
      sft_digest: 'VARCHAR',
      sft_tokens: 'INTEGER',
      detail: 'VARCHAR',
      preference_refusal: 'VARCHAR',
      system_key: 'UUID',
      answer_key: 'UUID',
      ...PLACE_TYPES,
    },
    select: {
      evidence_id: 'evidence_id',
      ...PROVENANCE,
      task_key: 'task_key',
      draw: 'draw',
      category: 'category',
      value: 'value',
      rag_refusal: 'rag_refusal',
      rag_line: 'rag_line',
      rag_key: 'rag_key',
      rag_digest: 'rag_digest',
      rag_tokens: 'rag_tokens',
      sft_refusal: 'sft_refusal',
      sft_line: 'sft_line',
      sft_key: 'sft_key',
      sft_digest: 'sft_digest',
      sft_tokens: 'sft_tokens',
      detail: 'detail',
      preference_refusal: 'preference_refusal',
      system_key: 'system_key',
      answer_key: 'answer_key',
      ...PLACE,
    },
  },
  /** By what near copies are told: the signatures of the rows of a record. That of SFT is null where it is the same as that of RAG. */
  signatures: {
    read: { rag: 'VARCHAR', sft: 'VARCHAR', ...PLACE_TYPES },
    select: { rag: 'from_base64(rag)', sft: 'from_base64(sft)', ...PLACE },
  },
  /** What was decided across records, for every record that is not an exact duplicate. A refusal that is null lets the row in. */
  decisions: {
    read: {},
    select: {
      shard: 'shard',
      place: 'place',
      evidence_id: 'evidence_id',
      cluster: 'cluster',
      split: 'split',
      is_straddled: 'is_straddled',
      rag_refusal: 'rag_refusal',
      rag_line: 'rag_line',
      sft_refusal: 'sft_refusal',
      sft_line: 'sft_line',
      preference_refusal: 'preference_refusal',
    },
    order: 'shard, place',
  },
  /** The preference pairs that were formed. */
  pairs: {
    read: {
      chosen_id: 'VARCHAR',
      rejected_id: 'VARCHAR',
      task_key: 'VARCHAR',
      cluster: 'VARCHAR',
      reason: 'VARCHAR',
      margin: 'DOUBLE',
      place: 'INTEGER',
    },
    select: {
      chosen_id: 'chosen_id',
      rejected_id: 'rejected_id',
      task_key: 'task_key',
      cluster: 'cluster',
      reason: 'reason',
      margin: 'margin',
      place: 'place',
    },
  },
  /** (shard, place) of rows that readers leave out. */
  excluded: { read: {}, select: { shard: 'shard', place: 'place' }, order: 'shard, place' },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
