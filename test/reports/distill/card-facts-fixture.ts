import type { CardFacts } from '../../../schemas/card-facts.ts';

/** Two sources of the harbour office, one of which may be used. Nine rows in all. */
export const harbourCard: CardFacts = {
  schema: 'card-facts/1',
  run_id: '20260302-0640-1a2b',
  verdict: 'accepted',
  sources: [
    { name: 'harbour-desk', adapter: 'openai-chat', files: 2, records: 12, evidence: 11, quarantined: 1, license: 'CC-BY-4.0' },
    { name: 'night-line', adapter: 'tau-bench', files: 1, records: 4, evidence: 4, quarantined: 0, license: null },
  ],
  categories: { accepted: 6, partially_accepted: 2, rejected: 4, needs_human_review: 3 },
  redactions: { email: 3, phone: 1 },
  sets: [
    {
      set: 'rag',
      rows: 4,
      content_digest: 'a1'.repeat(32),
      splits: { train: 3, validation: 0, test: 1 },
      file: 'rag/playbooks',
      formats: ['jsonl'],
      tokens: {
        total: 700,
        classes: [
          { up_to: 128, rows: 3 },
          { up_to: 256, rows: 0 },
          { up_to: null, rows: 1 },
        ],
      },
    },
    {
      set: 'sft',
      rows: 5,
      content_digest: 'b2'.repeat(32),
      splits: { train: 4, validation: 0, test: 1 },
      file: 'sft/instruction_response',
      formats: ['jsonl', 'parquet', 'arrow'],
      tokens: {
        total: 900,
        classes: [
          { up_to: 128, rows: 2 },
          { up_to: 256, rows: 3 },
          { up_to: null, rows: 0 },
        ],
      },
    },
    {
      set: 'preference',
      rows: 0,
      content_digest: 'c3'.repeat(32),
      splits: { train: 0, validation: 0, test: 0 },
      file: 'preference/chosen_rejected',
      formats: ['jsonl'],
      tokens: null,
    },
  ],
  forms: [
    { name: 'sft/openai', split: 'train', file: 'sft/openai/train.jsonl', rows: 4 },
    { name: 'sft/trl', split: 'train', file: 'sft/trl/train.jsonl', rows: 4 },
    { name: 'sft/trl', split: 'test', file: 'sft/trl/test.jsonl', rows: 1 },
  ],
  decontamination: null,
};
