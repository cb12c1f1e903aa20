import type { RagRow } from '../../../schemas/export-rows.ts';

/** A playbook of the harbour as an export would hold it. */
export function playbook(id: string, title: string, answer: string, more: Partial<RagRow> = {}): RagRow {
  return {
    id,
    title,
    content: `${title}\n\n${answer}`,
    category: more.warning === true ? 'partially_accepted' : 'accepted',
    warning: false,
    tags: ['openai-chat', 'desk'],
    validation_steps: [],
    task_key: id,
    tokens: 10,
    split: 'train',
    provenance: {
      source_file: 'desk.jsonl',
      locator: { line: 0 },
      line_offset: 0,
      sig_hash: 'a'.repeat(64),
      recorded_at: '2026-03-02T08:15:00Z',
      recorded_at_from: 'file',
    },
    ...more,
  };
}
