import type { AcceptanceFacts, EvidenceFact, PairFact, ProvenanceFact, RowFact } from '../../../domain/acceptance/index.ts';

/**
 * A run over four letters to a bakery, by hand: one accepted, one rejected (the same question), one that nobody judged, and the first one once more.
 * All invariants hold; each test spoils what it looks at.
 */
export function bakeryFacts(changes: Partial<AcceptanceFacts> = {}): AcceptanceFacts {
  return {
    planted: {
      schema: 'acceptance-planted/1',
      sources: [
        { name: 'letters', adapter: 'openai-chat', is_labelled: true },
        { name: 'talks', adapter: 'claude-code', is_labelled: false },
      ],
      files: [
        {
          file: 'letters.jsonl',
          source: 'letters',
          records: 5,
          refused: { broken_json: 1 },
          attempts: [
            { line: 0, truth: 'yes', category: 'accepted' },
            { line: 1, truth: 'no', category: 'rejected' },
            { line: 2, truth: 'partly', category: 'partially_accepted' },
            { line: 3, truth: 'yes', category: 'accepted', is_duplicate: true },
          ],
        },
        {
          file: 'talk.jsonl',
          source: 'talks',
          records: 1,
          refused: {},
          attempts: [{ line: 0, truth: 'none', category: 'needs_human_review' }],
        },
      ],
      secrets: [{ kind: 'email', where: 'question', parts: ['baker', '@', 'example.com'] }],
    },
    signatures: [0, 1, 2, 3]
      .map((line) => ({
        file: 'letters.jsonl',
        attempt: { line, truth: 'yes' as const, category: 'accepted' as const },
        sig_hash: signature(line === 3 ? 0 : line),
      }))
      .concat({ file: 'talk.jsonl', attempt: { line: 0, truth: 'yes', category: 'accepted' }, sig_hash: signature(9) }),
    evidence: [RYE, SPELT, OATS, { ...RYE, locator: { line: 3 }, line_offset: 3, is_excluded: true }, TALK],
    malformed: [],
    scores: [
      { evidence_id: 'rye', category: 'accepted' },
      { evidence_id: 'spelt', category: 'rejected' },
      { evidence_id: 'oats', category: 'partially_accepted' },
      { evidence_id: 'talk', category: 'needs_human_review' },
    ],
    stated: [{ document: 'summary.json', categories: { accepted: 1, rejected: 1, partially_accepted: 1, needs_human_review: 1 } }],
    rescored: { stored: 'd1', again: 'd1', changed: [] },
    rag: [rowOf(RYE, 'accepted', { warning: false }), rowOf(OATS, 'partially_accepted', { warning: true, split: 'test' })],
    sft: [rowOf(RYE, 'accepted')],
    sftWithPartial: [rowOf(RYE, 'accepted'), rowOf(OATS, 'partially_accepted', { split: 'test' })],
    preference: [PAIR],
    quarantine: [
      { set: 'materialize', evidence_id: null, reason: 'broken_json', source_file: 'letters.jsonl' },
      { set: 'materialize', evidence_id: 'rye', reason: 'exact_duplicate', source_file: 'letters.jsonl' },
      ...['spelt', 'talk'].map((id) => ({ set: 'rag', evidence_id: id, reason: 'rejected', source_file: 'letters.jsonl' })),
      ...['spelt', 'oats', 'talk'].map((id) => ({ set: 'sft', evidence_id: id, reason: 'rejected', source_file: 'letters.jsonl' })),
      ...['oats', 'talk'].map((id) => ({ set: 'preference', evidence_id: id, reason: 'no_counterpart', source_file: 'letters.jsonl' })),
    ],
    reread: { untouched: [], planted: [{ what: 'a rejected row', line: 2, finding: 'line 2: quality_score' }] },
    traces: ['rag rye', 'rag oats', 'sft rye', 'preference pair'].map((name) => {
      const [set = '', id = ''] = name.split(' ');
      return { set, id, verdict: 'holds', detail: '' };
    }),
    leaks: { found: [], filesRead: 12, seenInSources: 1 },
    digests: [{ of: 'stage score', first: 'd1', second: 'd1' }],
    receipts: { faults: [], flips: [{ path: 'exports/rag.jsonl', is_named: true }] },
    ...changes,
  };
}

export const RYE = evidence('rye', 'letters.jsonl', 0, { value: 1 });
export const SPELT = evidence('spelt', 'letters.jsonl', 1, { value: 0 });
export const OATS = evidence('oats', 'letters.jsonl', 2, { value: 0.5, task_key: 'oats' });
export const TALK = evidence('talk', 'talk.jsonl', 0, { source: 'talks', sig_hash: signature(9), task_key: 'talk' });

export const PAIR: PairFact = {
  id: 'pair',
  chosen_id: 'rye',
  rejected_id: 'spelt',
  chosen_text: 'Rye rises overnight.',
  rejected_text: 'It does not rise.',
  margin: 1,
  task_key: 'bread',
  split: 'train',
  provenance: [provenanceOf(RYE), provenanceOf(SPELT)],
};

export function rowOf(row: EvidenceFact, quality: string, more: Partial<RowFact> = {}): RowFact {
  return {
    id: row.id,
    quality,
    warning: null,
    task_key: row.task_key,
    split: 'train',
    text: `All about ${row.id}.`,
    provenance: provenanceOf(row),
    ...more,
  };
}

function evidence(id: string, file: string, line: number, more: Partial<EvidenceFact>): EvidenceFact {
  return {
    id,
    source: 'letters',
    source_file: file,
    locator: { line },
    line_offset: line,
    sig_hash: signature(line),
    model: null,
    task_key: 'bread',
    system: 'You are the bakery.',
    value: null,
    is_excluded: false,
    ...more,
  };
}

function provenanceOf({ id, source_file, locator, line_offset, sig_hash }: EvidenceFact): ProvenanceFact {
  return { evidence_id: id, source_file, locator, line_offset, sig_hash };
}

function signature(nth: number): string {
  return String(nth).repeat(64);
}
