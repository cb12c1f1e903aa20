import type { Message, Provenance } from '../../../../schemas/evidence.ts';
import type { PreferenceRow, SftRow } from '../../../../schemas/export-rows.ts';

const provenance: Provenance = {
  source_file: 'desk/2026-03-02.jsonl',
  locator: { line: 7 },
  line_offset: 7,
  sig_hash: 'b'.repeat(64),
  recorded_at: '2026-03-02T06:40:00.000Z',
  recorded_at_from: 'record',
};

/** The harbour desk's one tool. */
export const TIDE_TABLE = {
  type: 'function',
  function: {
    name: 'tide_table',
    description: 'High and low water of a day.',
    parameters: { type: 'object', properties: { day: { type: 'integer' } }, required: ['day'] },
  },
};

export const system = (content: string): Message => ({ role: 'system', content });
export const user = (content: string): Message => ({ role: 'user', content });
export const assistant = (content: string): Message => ({ role: 'assistant', content });
export const tool = (tool_call_id: string, content: string): Message => ({ role: 'tool', content, tool_call_id });
export const calls = (content: string, ...asked: readonly (readonly [id: string, args: string])[]): Message => ({
  role: 'assistant',
  content,
  tool_calls: asked.map(([id, args]) => ({ id, name: 'tide_table', arguments: args })),
});

export function sftRow(messages: readonly Message[], more: Partial<SftRow> = {}): SftRow {
  return {
    id: 'a'.repeat(64),
    messages: [...messages],
    quality_score: 'accepted',
    task_key: 'tide-1',
    split: 'train',
    tokens: 12,
    provenance,
    ...more,
  };
}

export function pairRow(sides: Pick<PreferenceRow, 'prompt' | 'chosen' | 'rejected'>, more: Partial<PreferenceRow> = {}): PreferenceRow {
  return {
    id: 'pair-1',
    prompt_from: 'shared_prefix',
    reason: 'category',
    margin: 2,
    task_key: 'tide-1',
    split: 'train',
    chosen_id: 'c'.repeat(64),
    rejected_id: 'd'.repeat(64),
    chosen_category: 'accepted',
    rejected_category: 'rejected',
    provenance: { chosen: provenance, rejected: provenance },
    ...sides,
    ...more,
  };
}
